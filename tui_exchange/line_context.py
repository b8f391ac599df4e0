"""What the command line may know of the portfolio and its markets, read from the exchange."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR

from engine.core.commands import Side, TriggerSource
from engine.core.exchange import Exchange
from engine.core.fees import worst_ppm
from engine.core.margin_terms import CASH, CROSS
from engine.core.orders.order import Order
from engine.core.units import PPM
from tui_exchange.command_line.context import Level, Market, WorkingOrder
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.read_models.valuation import value_in
from tui_exchange.settings import Settings


class LineContext:
    """The current portfolio at the moment of asking; implements `command_line.context.Context`.

    Args:
        symbols: What can be traded now.
        aliases: Command lines by lower-case name.
    """

    def __init__(
        self,
        exchange: Exchange,
        portfolio: Portfolio,
        settings: Settings,
        symbols: Sequence[str],
        aliases: Mapping[str, str],
        focus: str | None,
        client_id_base: str,
        now_ns: int,
    ) -> None:
        self._exchange = exchange
        self._portfolio = portfolio
        self._settings = settings
        self._symbols = symbols
        self.aliases = aliases
        self.focus = focus
        self.client_id_base = client_id_base
        self.now_ns = now_ns

    @property
    def account(self) -> str:
        """Whose orders these are; another one once the line has switched to it."""
        return self._portfolio.account

    @property
    def risk_ppm(self) -> int:
        """One risk unit as a share of equity."""
        return int(self._settings.guards.risk_per_trade_percent * PPM / 100)

    def symbols(self) -> Sequence[str]:
        """Every symbol that can be traded."""
        return self._symbols

    def market(self, symbol: str) -> Market:
        """One of `symbols()` as it is now."""
        exchange = self._exchange
        terms, scale = exchange.instrument(symbol), exchange.scale(symbol)
        bid, ask = exchange.best_bid(symbol), exchange.best_ask(symbol)
        last = exchange.last_trade(symbol)
        lots, cost_quanta, sellable = self._holding(symbol)
        fees = exchange.fee_standing(self.account, symbol)
        return Market(
            instrument=terms,
            scale=scale,
            bid_ticks=None if bid is None else bid[0],
            ask_ticks=None if ask is None else ask[0],
            last_ticks=None if last is None else last[0],
            mark_ticks=exchange.price(symbol, TriggerSource.MARK),
            index_ticks=exchange.price(symbol, TriggerSource.INDEX),
            position_lots=lots,
            position_cost_quanta=cost_quanta,
            closing_lots=self._closing(symbol, lots),
            buying_power_quanta=self._buying_power(symbol),
            sellable_lots=sellable,
            maker_ppm=fees.maker_ppm,
            taker_ppm=fees.taker_ppm,
            worst_fee_ppm=worst_ppm(exchange.fee_schedule(symbol)),
            size_cap_lots=self._cap(symbol),
            margined=self._margined(symbol),
            leveraged_margin_ppm=self._leveraged_margin_ppm(symbol),
        )

    def depth(self, symbol: str, side: Side) -> Sequence[Level]:
        """(price_ticks, lots, orders) of each level of a side, best first."""
        return self._exchange.depth(symbol, side)

    def equity_quanta(self, symbol: str) -> int | None:
        """The account's equity in the settlement currency of `symbol`; None when not known."""
        equity = self._portfolio.equity_quanta()
        if equity is None:
            return None
        settlement = self._exchange.instrument(symbol).settlement
        return value_in(self._exchange, self._portfolio.base_currency, equity, settlement)

    def working_orders(self) -> Sequence[WorkingOrder]:
        """The account's live orders, oldest first."""
        tag_of = self._portfolio.tag_of
        return [
            _working(order, tag_of(order)) for order in self._exchange.open_orders(self.account)
        ]

    def _holding(self, symbol: str) -> tuple[int, int, int | None]:
        """(position lots, its cost, lots that can be sold or None where selling needs none)."""
        position = self._exchange.position(self.account, symbol)
        lots = 0 if position is None else position.lots
        cost_quanta = 0 if position is None else position.cost_quanta
        terms = self._exchange.instrument(symbol)
        if not terms.asset_class.owned or self._margined(symbol):
            return lots, cost_quanta, None
        owned, held = self._exchange.balance(self.account, terms.base)
        unit = self._exchange.scale(symbol).base_quanta_per_lot
        if lots <= 0:
            lots, cost_quanta = max(0, owned) // unit, 0
        return lots, cost_quanta, max(0, owned - held) // unit

    def _margined(self, symbol: str) -> bool:
        return self._exchange.margin_mode(self.account, symbol) is not CASH

    def _buying_power(self, symbol: str) -> int:
        """What new orders may hold; unrealised profit counts where it answers for margin."""
        currency = self._exchange.instrument(symbol).settlement
        pool = self._exchange.pool(self.account, currency)
        mode = self._exchange.margin_mode(self.account, symbol)
        return max(0, pool.available_quanta if mode is CROSS else pool.spendable_quanta)

    def _leveraged_margin_ppm(self, symbol: str) -> int | None:
        """Initial margin at a leverage that differs from the instrument's own, rounded up."""
        chosen = self._exchange.leverage_ppm(self.account, symbol)
        if chosen == PPM * PPM // self._exchange.instrument(symbol).initial_margin_ppm:
            return None
        return -(-PPM * PPM // chosen)

    def _closing(self, symbol: str, position_lots: int) -> int:
        """Lots that working orders against the position are still to close."""
        orders = self._exchange.open_orders(self.account, symbol)
        against = Side.SELL if position_lots > 0 else Side.BUY
        return sum(order.closing_lots for order in orders if order.side is against)

    def _cap(self, symbol: str) -> int | None:
        largest = self._settings.guards.order_size_max.get(symbol)
        if largest is None:
            return None
        lots = largest / self._exchange.scale(symbol).lot_size
        return int(lots.to_integral_value(ROUND_FLOOR))


def _working(order: Order, tag: str) -> WorkingOrder:
    return WorkingOrder(
        order_id=order.order_id,
        symbol=order.symbol,
        side=order.side,
        price_ticks=order.price_ticks or None,
        lots=order.lots,
        filled_lots=order.filled_lots,
        order_type=order.order_type,
        waits=order.waiting,
        trigger_ticks=order.trigger_ticks,
        trigger_on=order.command.trigger_on,
        follows=order.follows,
        tag=tag,
    )
