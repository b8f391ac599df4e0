"""What an incoming order does to the book, and what it would get if it came.

Orders that a fill leaves as they are, except for what it took, are matched in one go. An order of
the same owner group, an iceberg, and an order whose fill changes others are met one at a time.
"""

from engine.core.book import Level
from engine.core.book.order_book import LOWEST_RANK
from engine.core.commands import SelfTrade, Side
from engine.core.execution import execute
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.orders.self_trade import prevent, yields
from engine.core.state import State

DECREMENT_BOTH = SelfTrade.DECREMENT_BOTH


def sweep(state: State, market: Market, order: Order, limit_ticks: int | None) -> bool:
    """Trade an incoming order up to a price; None for any.

    Returns:
        False when self-trade prevention stopped it: what is open must be cancelled.
    """
    book = market.book
    side, group = order.side, order.group
    while True:
        fills = book.match(side, order.open_lots, limit_ticks, group)
        if fills:
            execute(state, market, order, fills)
        if not order.open_lots:
            return True
        resting = book.front(side, limit_ticks)
        if resting is None:
            return True
        if resting.group == group:
            assert isinstance(resting, Order), "displayed quantity has no group"
            if not prevent(state, market, order, resting):
                return False
            continue
        lots = min(order.open_lots, resting.open_lots)
        book.reduce(resting, lots)
        execute(state, market, order, [(resting, lots)])
        if not order.open_lots:
            return True


def reach(
    market: Market,
    side: Side,
    lots: int,
    limit_ticks: int | None,
    group: int,
    mode: SelfTrade,
) -> tuple[int, int]:
    """What an incoming order would get at once: hidden quantity counts, own orders do not.

    Returns:
        (lots, value): at most `lots`, and the sum of price_ticks times lots over them.
    """
    facing = market.book.facing(side)
    floor = LOWEST_RANK if limit_ticks is None else limit_ticks * facing.sign
    found = value = 0
    for rank in reversed(facing.ranks):
        if not lots or rank < floor:
            break
        part, cut = _reach_level(facing.levels[rank], lots, group, mode)
        found += part
        value += part * rank * facing.sign
        lots -= part + cut
    return found, value


def _reach_level(level: Level, wanted: int, group: int, mode: SelfTrade) -> tuple[int, int]:
    """What an incoming order would get at one price, and what its own orders would take off it."""
    shown = hidden = cut = 0
    for order in level:
        if shown + cut >= wanted:
            break
        own_lots = order.open_lots + order.hidden_lots
        left = wanted - shown - cut
        if order.group != group:
            shown += order.open_lots
            hidden += order.hidden_lots
        elif mode is DECREMENT_BOTH:
            cut += min(own_lots, left)
        elif not yields(mode, own_lots, left):
            return shown, wanted - shown
    return min(wanted - cut, shown + hidden), cut
