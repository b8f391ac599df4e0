"""How a portfolio stands, read from the exchange for the advisory limits.

A position is what was traded and is open, on margin or owned. Coins that were not bought here, such
as deposited ones, count as a position of the first market in which they are bought, unless they
are money: the base currency, or one in which something here is settled.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.core.commands import PlaceOco, PlaceOrder, Side
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH
from engine.core.orders.order import Order
from engine.monitor import Facts, PositionFact
from tui_exchange.command_line.actions import OrderCommand, orders_of
from tui_exchange.risk.valuing import Valuer, unmarked

Correlations = Mapping[tuple[str, str], float]
Marks = Callable[[str, str], tuple[int | None, int | None]]
"""Equity at the start of the day and at its highest, by portfolio and base currency."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Facts, and how far they can be relied on.

    Attributes:
        missing: What nothing converts to the base currency: no figure counts it.
        sure: Everything is valued, and at prices that are recent.
    """

    facts: Facts
    currency: str
    missing: tuple[str, ...]
    sure: bool


def standing_of(
    exchange: Exchange,
    account: str,
    marks: Marks,
    correlations: Correlations,
    without_order: int | None = None,
) -> Standing:
    """How a portfolio stands now.

    Args:
        without_order: A live order that is about to be replaced and does not count.
    """
    equity = exchange.equity(account)
    valuer = Valuer(exchange, equity.currency)
    held = held_lots(exchange, account, valuer)
    buying, selling = _under_way(exchange, account, without_order)
    positions = []
    for symbol in dict.fromkeys((*held, *buying, *selling)):
        lot_value = valuer.lot_value(symbol)
        if lot_value is not None:
            positions.append(
                PositionFact(
                    symbol,
                    held.get(symbol, 0),
                    lot_value,
                    buying.get(symbol, 0),
                    selling.get(symbol, 0),
                )
            )
    lost = unmarked(exchange, account)
    missing = tuple(dict.fromkeys((*equity.missing, *valuer.missing, *lost)))
    # Equity without a part of it looks like a loss: none is told then.
    start, peak = (None, None) if missing else marks(account, equity.currency)
    facts = Facts(equity.quanta, start, peak, tuple(positions), correlations)
    return Standing(facts, equity.currency, missing, not (missing or equity.stale))


def held_lots(exchange: Exchange, account: str, valuer: Valuer) -> dict[str, int]:
    """The open positions by symbol, signed; owned coins by the market in which they are bought."""
    held: dict[str, int] = {}
    bought: dict[str, int] = defaultdict(int)
    for symbol, position in exchange.positions(account).items():
        if not position.lots:
            continue
        terms = exchange.instrument(symbol)
        if exchange.margin_mode(account, symbol) is CASH:
            if valuer.at_par(terms.base):
                continue
            bought[terms.base] += position.lots * exchange.scale(symbol).base_quanta_per_lot
        held[symbol] = position.lots
    for symbol, base in _coins(exchange):
        unit = exchange.scale(symbol).base_quanta_per_lot
        left = (exchange.balance(account, base)[0] - bought[base]) // unit
        if left > 0 and symbol not in held and not valuer.at_par(base):
            held[symbol] = left
    return held


def _coins(exchange: Exchange) -> Iterator[tuple[str, str]]:
    """The first market of each asset that can be owned and is no money, with the asset."""
    terms = [exchange.instrument(symbol) for symbol in exchange.symbols()]
    seen = {one.settlement for one in terms}
    for one in terms:
        if one.asset_class.owned and one.base not in seen:
            seen.add(one.base)
            yield one.symbol, one.base


def _under_way(
    exchange: Exchange, account: str, without_order: int | None
) -> tuple[dict[str, int], dict[str, int]]:
    """Lots by symbol that orders would still buy and sell, beyond what only closes."""
    found: dict[Side, dict[str, int]] = {Side.BUY: {}, Side.SELL: {}}
    for order in exchange.open_orders(account):
        lots = order.unfilled_lots - order.closing_lots
        if lots > 0 and order.order_id != without_order and _opens(order):
            by_symbol = found[order.side]
            by_symbol[order.symbol] = by_symbol.get(order.symbol, 0) + lots
    for sent in exchange.on_the_way(account):
        if isinstance(sent.command, OrderCommand):
            for placed in _opening(sent.command):
                by_symbol = found[placed.side]
                by_symbol[placed.symbol] = by_symbol.get(placed.symbol, 0) + placed.lots
    return found[Side.BUY], found[Side.SELL]


def _opens(order: Order) -> bool:
    """Exits and what follows a position only close it; of two of which one fills, one counts."""
    exits = order.reduce_only or order.follows or order.parent_id is not None
    linked = order.linked
    return not exits and (linked is None or linked.order_id > order.order_id)


def _opening(command: OrderCommand) -> tuple[PlaceOrder, ...]:
    orders = orders_of(command)[:1] if isinstance(command, PlaceOco) else orders_of(command)
    return tuple(order for order in orders if not order.reduce_only)
