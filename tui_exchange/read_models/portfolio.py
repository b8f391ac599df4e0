"""Orders, positions and money of the current portfolio, read from the exchange when a pane asks.

Everything is told in the base currency of the portfolio; currencies at par with it count as it.
"""

from collections.abc import Callable, Iterable

from engine.core.accounts import Position
from engine.core.commands import OrderType, Profile
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH
from engine.core.mirror.mirror import MirrorState
from engine.core.orders.order import Order
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.read_models.orders import Label, order_view
from tui_exchange.read_models.valuation import at_par, mark_ticks, value_in
from tui_exchange.views import AccountView, BalanceView, OrderView, PositionView


class Portfolio:
    """The current portfolio as the panes see it.

    Args:
        tag_of: Tag by order id.
        note_of: Note by order id.
    """

    def __init__(
        self,
        exchange: Exchange,
        current: CurrentPortfolio,
        tag_of: Label,
        note_of: Label,
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._tag_of = tag_of
        self._note_of = note_of

    @property
    def account(self) -> str:
        """The current portfolio's name at the exchange."""
        return self._current.account

    @property
    def base_currency(self) -> str:
        """In which the portfolio's equity and profit are told."""
        known = self.account in self._exchange.accounts()
        profile = self._exchange.profile(self.account) if known else Profile()
        return profile.base_currency

    def working_orders(self) -> tuple[OrderView, ...]:
        """Every live order, oldest first."""
        return tuple(
            order_view(self._exchange, order, self._tag_of, self._note_of)
            for order in self._exchange.open_orders(self.account)
        )

    def tag_of(self, order: Order) -> str:
        """An order's label: the last one written to it, else the one it was sent with."""
        tag = self._tag_of(order.order_id)
        return order.tag if tag is None else tag

    def positions(self) -> tuple[PositionView, ...]:
        """Every open position."""
        held = self._exchange.positions(self.account)
        return tuple(self._position(symbol, held[symbol]) for symbol in held if held[symbol].lots)

    def mark_ticks(self, symbol: str) -> int | None:
        """The price at which an instrument is valued now: on margin, the exchange's own mark."""
        if not self._is_paid_in_full(symbol):
            mark = self._exchange.oracle(symbol).mark_ticks
            if mark is not None:
                return mark
        believed = self._exchange.mirror_state(symbol) is not MirrorState.DOWN
        return mark_ticks(self._exchange, symbol, believed)

    def equity_quanta(self) -> int | None:
        """Everything owned at the marks of now; None where a needed price is unknown.

        What was lent is not owned: what of it was spent is owed.
        """
        total, lent = 0, self._exchange.lent(self.account)
        for currency, (balance_quanta, _) in self._exchange.balances(self.account).items():
            value = self._value(currency, balance_quanta - lent.get(currency, 0))
            if value is None:
                return None
            total += value
        for symbol, position in self._exchange.positions(self.account).items():
            if position.lots and not self._is_paid_in_full(symbol):
                profit = self._unrealised(symbol, position)
                if profit is None:
                    return None
                total += profit
            if position.isolated is not None:
                settlement = self._exchange.instrument(symbol).settlement
                total += self._value(settlement, position.isolated.balance_quanta) or 0
        return total

    def account_view(self) -> AccountView:
        """The portfolio's money."""
        balances = self._balances()
        par = [entry for entry in balances if at_par(entry.currency, self.base_currency)]
        held = self._exchange.positions(self.account)
        lent = self._exchange.lent(self.account)
        at_hand = sum(lent.get(entry.currency, 0) for entry in par)
        return AccountView(
            name=self.account,
            base_currency=self.base_currency,
            equity_quanta=self.equity_quanta(),
            free_quanta=max(0, sum(entry.free_quanta for entry in par) - at_hand),
            held_quanta=sum(entry.held_quanta for entry in par),
            realised_quanta=self._paid(held, lambda position: position.realised_quanta),
            unrealised_quanta=_sum(self._unrealised(s, p) for s, p in held.items() if p.lots),
            fees_quanta=self._paid(held, lambda position: position.fees_quanta),
            started_quanta=self.started_quanta(),
            lent_quanta=sum(self._value(each, quanta) or 0 for each, quanta in lent.items()),
            balances=balances,
            killed=self._exchange.killed(self.account),
        )

    def started_quanta(self) -> int:
        """What was deposited, at the marks of now; a currency without a price counts as nothing.

        Valued at the same marks as equity, so that equity less this is what trading earned, and
        not what the currencies did that were given.
        """
        total = 0
        for (currency, _), given in self._exchange.deposited(self.account).items():
            total += self._value(currency, given) or 0
        return total

    def _position(self, symbol: str, position: Position) -> PositionView:
        scale = self._exchange.scale(symbol)
        mark = self.mark_ticks(symbol)
        value = None if mark is None else scale.signed_value_quanta(mark, position.lots)
        followed = not self._is_paid_in_full(symbol)
        return PositionView(
            symbol=symbol,
            lots=position.lots,
            entry=scale.entry_decimal(position.cost_quanta, position.lots),
            mark_ticks=mark,
            value_quanta=None if mark is None else scale.notional_quanta(mark, position.lots),
            unrealised_quanta=None if value is None else value - position.cost_quanta,
            realised_quanta=position.realised_quanta,
            fees_quanta=position.fees_quanta,
            take_profit_ticks=self._exit_ticks(symbol, OrderType.TAKE_PROFIT),
            stop_loss_ticks=self._exit_ticks(symbol, OrderType.STOP),
            opened_ns=position.opened_ns,
            largest_lots=position.largest_lots,
            worst_quanta=position.worst_quanta if followed else None,
            best_quanta=position.best_quanta if followed else None,
            funding_quanta=position.funding_quanta,
        )

    def _exit_ticks(self, symbol: str, order_type: OrderType) -> int | None:
        """The trigger of one of the exits that are attached to a position."""
        orders = self._exchange.open_orders(self.account, symbol)
        exits = (order for order in orders if order.follows and order.order_type is order_type)
        return next((order.trigger_ticks for order in exits), None)

    def _unrealised(self, symbol: str, position: Position) -> int | None:
        """In the base currency."""
        mark = self.mark_ticks(symbol)
        if mark is None:
            return None
        scale, terms = self._exchange.scale(symbol), self._exchange.instrument(symbol)
        profit = scale.signed_value_quanta(mark, position.lots) - position.cost_quanta
        return self._value(terms.settlement, profit)

    def _paid(self, held: dict[str, Position], amount: Callable[[Position], int]) -> int:
        """The sum of an amount over all positions, in the base currency where it has a price."""
        total = 0
        for symbol, position in held.items():
            settlement = self._exchange.instrument(symbol).settlement
            total += self._value(settlement, amount(position)) or 0
        return total

    def _balances(self) -> tuple[BalanceView, ...]:
        balances = self._exchange.balances(self.account)
        return tuple(
            BalanceView(currency, balance, held, self._spendable(currency))
            for currency, (balance, held) in balances.items()
            if balance or held
        )

    def _spendable(self, currency: str) -> int:
        """What may be spent of a currency: what nothing holds, less what cross positions lose."""
        return self._exchange.pool(self.account, currency).spendable_quanta

    def _is_paid_in_full(self, symbol: str) -> bool:
        """The asset itself is owned, and counts among the balances."""
        return self._exchange.margin_mode(self.account, symbol) is CASH

    def _value(self, currency: str, quanta: int) -> int | None:
        """At the marks of now; by way of a third currency at the prices of the exchange."""
        value = value_in(self._exchange, currency, quanta, self.base_currency)
        if value is not None:
            return value
        rate = self._exchange.rate(currency, self.base_currency)
        return None if rate is None else rate.of(quanta)


def _sum(values: Iterable[int | None]) -> int | None:
    """The sum, or None when a term is unknown."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total
