"""Reduce-only: an order that never has more open than there is of the position to reduce."""

from engine.core.accounts import Position
from engine.core.events import EndCause, ResizeCause
from engine.core.orders.ending import shrink, withdraw
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def fit(order: Order) -> None:
    """Cut a new order to the position that it reduces.

    Raises:
        Refusal: There is nothing on that side to reduce.
    """
    position = order.owner.positions.get(order.symbol)
    closable = 0 if position is None else position.closable(order.side)
    if not closable:
        what = "short" if order.side.value == "buy" else "long"
        raise Refusal(
            Reason.NO_POSITION,
            f"there is no {what} position in {order.symbol} that a {order.side.value} order could"
            " reduce",
        )
    order.lots = order.open_lots = min(order.lots, closable)
    if order.display_lots is not None:
        order.display_lots = min(order.display_lots, order.lots)


def cut_all(state: State, position: Position) -> None:
    """Cut the orders that may only reduce a position to what it is now, oldest first."""
    most = 0
    for order in tuple(position.reducing.values()):
        if order.order_id not in state.orders:
            continue
        closable = position.closable(order.side)
        surplus = order.unfilled_lots - closable
        if surplus > 0 and closable:
            shrink(state, order, surplus, ResizeCause.POSITION)
        elif surplus > 0:
            withdraw(state, order, EndCause.POSITION_GONE)
            continue
        most = max(most, order.unfilled_lots)
    position.reducing_lots_max = most
    position.reducing_long = position.lots > 0
