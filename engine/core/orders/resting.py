"""Coming to rest in the book and leaving it, and what depends on both: a place in a queue, and the
quoting uptime."""

from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.state import State


def rest(state: State, market: Market, order: Order) -> None:
    """Put an order at the back of its queue, all of it open; an iceberg shows its first slice."""
    now_ns = state.now_ns
    open_lots = order.open_lots
    filled_lots = order.lots - open_lots
    if order.command.display_lots is not None:
        open_lots = _show_first_slice(order)
    level = market.book.add(order)
    order.standing = now_ns, level.lots - open_lots, level.traded, filled_lots, 0, 0
    order.fee_book.quoting.rested(now_ns, order.side)


def take_out(state: State, market: Market, order: Order) -> None:
    """Take a resting order out of the book; its whole quantity is open again."""
    mirror = market.mirror
    if mirror.falls or mirror.kept:
        mirror.left(market.book.side(order.side), order)
    market.book.remove(order)
    if order.hidden_lots:
        order.open_lots += order.hidden_lots
        order.hidden_lots = 0
    order.fee_book.quoting.left(state.now_ns, order.side)


def _show_first_slice(order: Order) -> int:
    """Hide what is beyond the first slice of an iceberg; returns what it shows."""
    assert order.display_lots is not None, "an iceberg has a slice"
    assert not order.hidden_lots, "an order that comes to rest is open as a whole"
    if order.open_lots > order.display_lots:
        order.hidden_lots = order.open_lots - order.display_lots
        order.open_lots = order.display_lots
    return order.open_lots
