"""How orders end or shrink, and what that means for the orders that they belong with."""

from engine.core import events as e
from engine.core.events import EndCause, ResizeCause
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_state import NaiveState


def end(x: NaiveState, order: NaiveOrder, cause: EndCause) -> None:
    """An order is gone; whatever was linked to it lives on alone."""
    x.live.remove(order)
    if x.rests(order):
        x.book.remove(order)
    if order in x.firing:
        x.firing.remove(order)
    unlink(order)
    x.say_done(order, cause)
    if cause is EndCause.FILLED:
        leave_entry(x, order)


def unlink(order: NaiveOrder) -> None:
    if order.linked is not None:
        order.linked.linked = None
        order.linked = None


def leave_entry(x: NaiveState, order: NaiveOrder) -> None:
    """An exit has fired or is filled: its entry opens no more."""
    if order.parent is not None and order.parent in x.live:
        end(x, order.parent, EndCause.EXITED)


def resize(x: NaiveState, order: NaiveOrder, cause: ResizeCause) -> None:
    x.say(
        e.OrderResized,
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        lots=order.lots,
        open_lots=order.open,
        cause=cause,
    )


def follow_fill(x: NaiveState, order: NaiveOrder, lots: int) -> None:
    """What a fill of this order means for others of its owner."""
    other = order.linked
    if other is not None:
        if order.open == 0 or other.open <= lots:
            end(x, other, EndCause.LINKED_FILLED)
        else:
            other.lose(lots)
            resize(x, other, ResizeCause.LINKED_FILLED)
    for mine in x.orders_of(order.account, order.symbol):
        if mine.reduce_only and not mine.protects and mine.open:
            cut_to_position(x, mine)


def cut_to_position(x: NaiveState, order: NaiveOrder) -> None:
    """A reduce-only order is never larger than what there is to reduce."""
    closable = x.closable(order.account, order.symbol, order.side)
    if closable == 0:
        end(x, order, EndCause.POSITION_GONE)
    elif order.open > closable:
        order.lose(order.open - closable)
        resize(x, order, ResizeCause.POSITION)
