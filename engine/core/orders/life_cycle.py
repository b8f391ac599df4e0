"""The life of an order as a table: what can happen to it in each state, and its state afterwards.

    pending ─ accepted ─┬─ partially filled ─ filled
                        └─ cancelled, expired, rejected
    pending ─ waiting ─ triggered, which then is as accepted
    pending ─ rejected, without an id

Whatever the table does not name cannot happen: an event that would do it is a defect of the
exchange, and following it raises. The four states behind a life (`ENDS`) have no way out.
"""

from collections.abc import Callable
from enum import Enum
from typing import Any

from engine.core.events import (
    Event,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderEnd,
    OrderFilled,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    SelfTradePrevented,
    TriggerMoved,
)
from engine.core.orders.terms import TERMS


class OrderState(Enum):
    """Where an order is between being sent and its end."""

    PENDING = "pending"
    """Sent; the exchange has not answered."""
    ACCEPTED = "accepted"
    """Live, and nothing of it has traded."""
    WAITING = "waiting"
    """Live outside the book, until the price it watches reaches its trigger."""
    TRIGGERED = "triggered"
    """Its trigger was reached; nothing of it has traded yet."""
    PARTIALLY_FILLED = "partially_filled"
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"
    """Refused when it was sent, or unaffordable when it came to trade."""


class Happening(Enum):
    """What can happen to an order."""

    ACCEPTED = "accepted"
    PARKED = "parked"
    """Accepted to wait for its trigger."""
    AMENDED = "amended"
    RESIZED = "resized"
    """Its quantity was changed by the exchange."""
    REFILLED = "refilled"
    """An iceberg shows its next slice."""
    TRAILED = "trailed"
    """Its trigger followed the price."""
    TRIGGERED = "triggered"
    PREVENTED = "prevented"
    """It met an order of its own group and did not trade."""
    FILL = "fill"
    """It had a share in a trade."""
    FILLED = "filled"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    REJECTED = "rejected"


class LifeCycleError(Exception):
    """An event says of an order what cannot happen to it."""


WAITING_TYPES = tuple(kind for kind, terms in TERMS.items() if terms.trigger or terms.trailing)
"""The types that begin by waiting."""

ENDS = (OrderState.FILLED, OrderState.CANCELLED, OrderState.EXPIRED, OrderState.REJECTED)
"""The states in which an order is over."""

_IN_MARKET = {
    Happening.AMENDED: None,
    Happening.RESIZED: None,
    Happening.PREVENTED: None,
    Happening.FILL: OrderState.PARTIALLY_FILLED,
    Happening.CANCELLED: OrderState.CANCELLED,
    Happening.EXPIRED: OrderState.EXPIRED,
    Happening.REJECTED: OrderState.REJECTED,
}
"""In the book, or about to enter it; None leaves the state as it is."""

_WAYS: dict[OrderState, dict[Happening, OrderState | None]] = {
    OrderState.PENDING: {
        Happening.ACCEPTED: OrderState.ACCEPTED,
        Happening.PARKED: OrderState.WAITING,
        Happening.REJECTED: OrderState.REJECTED,
    },
    OrderState.ACCEPTED: {**_IN_MARKET, Happening.REFILLED: None},
    OrderState.WAITING: {
        Happening.AMENDED: None,
        Happening.RESIZED: None,
        Happening.TRAILED: None,
        Happening.TRIGGERED: OrderState.TRIGGERED,
        Happening.CANCELLED: OrderState.CANCELLED,
        Happening.EXPIRED: OrderState.EXPIRED,
    },
    OrderState.TRIGGERED: _IN_MARKET,
    OrderState.PARTIALLY_FILLED: {
        **_IN_MARKET,
        Happening.REFILLED: None,
        Happening.FILLED: OrderState.FILLED,
    },
}

TRANSITIONS: dict[tuple[OrderState, Happening], OrderState] = {
    (state, happening): state if after is None else after
    for state, ways in _WAYS.items()
    for happening, after in ways.items()
}
"""(state, what happens) to the state afterwards; what is not here cannot happen."""


def follow(state: OrderState, happening: Happening) -> OrderState:
    """The state after something happened.

    Raises:
        LifeCycleError: It cannot happen in this state.
    """
    after = TRANSITIONS.get((state, happening))
    if after is None:
        raise LifeCycleError(f"an order that is {state.value} cannot be {happening.value}")
    return after


def happenings(event: Event) -> tuple[tuple[int, Happening], ...]:
    """(order_id, what happened to it) of each order that an event is about; mostly none or one."""
    read = _READERS.get(type(event))
    return () if read is None else read(event)


def follow_all(states: dict[int, OrderState], event: Event) -> None:
    """Bring the states of orders up to date; one that is new to `states` is pending before.

    Raises:
        LifeCycleError: What the event says cannot happen; names the order and the command.
    """
    for order_id, happening in happenings(event):
        try:
            states[order_id] = follow(states.get(order_id, OrderState.PENDING), happening)
        except LifeCycleError as error:
            raise LifeCycleError(f"order {order_id} at command {event.seq}: {error}") from error


def _accepted(event: OrderAccepted) -> tuple[tuple[int, Happening], ...]:
    waits = event.order.order_type in WAITING_TYPES
    return ((event.order_id, Happening.PARKED if waits else Happening.ACCEPTED),)


def _prevented(event: SelfTradePrevented) -> tuple[tuple[int, Happening], ...]:
    pair = (event.resting_order_id, event.incoming_order_id)
    return tuple((order_id, Happening.PREVENTED) for order_id in pair)


def _done(event: OrderDone) -> tuple[tuple[int, Happening], ...]:
    return ((event.order_id, _ENDINGS[event.end]),)


def _always(happening: Happening) -> Callable[[Any], tuple[tuple[int, Happening], ...]]:
    return lambda event: ((event.order_id, happening),)


_ENDINGS = {end: Happening(end.value) for end in OrderEnd}

_READERS: dict[type, Callable[[Any], tuple[tuple[int, Happening], ...]]] = {
    OrderAccepted: _accepted,
    OrderAmended: _always(Happening.AMENDED),
    OrderResized: _always(Happening.RESIZED),
    OrderRefilled: _always(Happening.REFILLED),
    TriggerMoved: _always(Happening.TRAILED),
    OrderTriggered: _always(Happening.TRIGGERED),
    SelfTradePrevented: _prevented,
    OrderFilled: _always(Happening.FILL),
    OrderDone: _done,
}
