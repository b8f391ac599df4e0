"""What an incoming order does to the book.

Orders that a fill leaves as they are, except for what it took, are matched in one go. An order of
the same owner group, an iceberg, and an order whose fill changes others are met one at a time.
"""

from engine.core.execution import execute
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.orders.self_trade import prevent
from engine.core.state import State


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
        book.take(resting, lots)
        execute(state, market, order, [(resting, lots)])
        if not order.open_lots:
            return True
