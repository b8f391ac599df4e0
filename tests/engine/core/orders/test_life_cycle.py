"""An order's states follow one table, and every run of the exchange keeps to it."""

from typing import get_args

import pytest

from engine.core.commands import OrderType
from engine.core.events import Event, OrderDone
from engine.core.exchange import Exchange
from engine.core.orders.life_cycle import (
    ENDS,
    TRANSITIONS,
    WAITING_TYPES,
    Happening,
    LifeCycleError,
    OrderState,
    follow,
    follow_all,
    happenings,
)
from tests.engine.journal.swarms import swarm

LENGTH = 250


def test_every_state_but_the_first_is_reached_and_ends_have_no_way_out() -> None:
    assert set(TRANSITIONS.values()) == set(OrderState) - {OrderState.PENDING}
    assert {state for state, _ in TRANSITIONS} == set(OrderState) - set(ENDS)
    assert {happening for _, happening in TRANSITIONS} == set(Happening)


@pytest.mark.parametrize("state", ENDS)
@pytest.mark.parametrize("happening", Happening)
def test_nothing_happens_to_an_order_that_has_ended(
    state: OrderState, happening: Happening
) -> None:
    with pytest.raises(LifeCycleError, match=f"an order that is {state.value} cannot be"):
        follow(state, happening)


def test_an_order_that_waits_does_not_trade() -> None:
    for happening in (Happening.FILL, Happening.PREVENTED, Happening.REFILLED):
        assert (OrderState.WAITING, happening) not in TRANSITIONS


def test_types_that_watch_a_price_wait_first() -> None:
    at_once = {OrderType.LIMIT, OrderType.MARKET, OrderType.ICEBERG}
    assert set(OrderType) - at_once == set(WAITING_TYPES)


def test_every_event_with_an_order_of_its_own_is_read() -> None:
    named = {kind for kind in get_args(Event) if "order_id" in kind.__struct_fields__}
    silent = {kind.__name__ for kind in named if kind.__name__ == "CommandRejected"}
    assert silent == {"CommandRejected"}
    for kind in named:
        if kind.__name__ != "CommandRejected":
            assert kind in happenings.__globals__["_READERS"]


@pytest.mark.parametrize("seed", range(300, 324))
def test_whatever_is_sent_every_order_keeps_to_the_table(seed: int) -> None:
    exchange = Exchange()
    states: dict[int, OrderState] = {}
    ended: list[int] = []
    for _, _, events in swarm(exchange, seed, LENGTH):
        for event in events:
            follow_all(states, event)
        ended.extend(event.order_id for event in events if isinstance(event, OrderDone))
    alive = {order_id for order_id, state in states.items() if state not in ENDS}
    assert alive == {order_id for order_id in states if exchange.order(order_id) is not None}
    assert sorted(ended) == sorted(states.keys() - alive)
    for order_id in alive:
        order = exchange.order(order_id)
        assert order is not None
        waits = states[order_id] is OrderState.WAITING
        assert order.waiting == waits
        filled = states[order_id] is OrderState.PARTIALLY_FILLED
        assert filled == (order.filled_lots > 0)
