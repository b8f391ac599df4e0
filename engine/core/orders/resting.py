"""Coming to rest in the book and leaving it, and the quoting uptime that depends on both."""

from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.state import State


def rest(state: State, market: Market, order: Order) -> None:
    """Put an order at the back of its queue; an iceberg shows its first slice."""
    display_lots = order.display_lots
    if display_lots is not None and order.open_lots > display_lots:
        order.hidden_lots += order.open_lots - display_lots
        order.open_lots = display_lots
    open_lots = order.open_lots
    level = market.book.add(order)
    filled = order.lots - open_lots - order.hidden_lots
    order.standing = state.now_ns, level.lots - open_lots, level.traded, filled, 0, 0
    order.fee_book.quoting.rested(state.now_ns, order.side)


def take_out(state: State, market: Market, order: Order) -> None:
    """Take a resting order out of the book; its whole quantity is open again."""
    mirror = market.mirror
    if mirror.falls or mirror.kept:
        mirror.left(market.book.side(order.side), order)
    market.book.remove(order)
    order.open_lots += order.hidden_lots
    order.hidden_lots = 0
    order.fee_book.quoting.left(state.now_ns, order.side)
