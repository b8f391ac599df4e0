"""Two orders of which only one fills."""

from engine.core.events import EndCause, ResizeCause
from engine.core.orders.ending import shrink, withdraw
from engine.core.orders.order import Order
from engine.core.state import State


def link(first: Order, second: Order) -> None:
    """Tie two orders to each other; from now on neither is matched with others at once."""
    first.linked, second.linked = second, first
    first.wary = second.wary = True


def follow_fill(state: State, order: Order, lots: int) -> None:
    """A linked order was filled: the other one has as much less to do, or ends with it."""
    other = order.linked
    assert other is not None, "only a linked order is followed"
    if order.unfilled_lots and lots < other.unfilled_lots:
        shrink(state, other, lots, ResizeCause.LINKED_FILLED)
    else:
        withdraw(state, other, EndCause.LINKED_FILLED)
