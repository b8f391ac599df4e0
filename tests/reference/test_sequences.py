"""Random sequences are worth something only if they bring about what they are meant to test."""

from typing import get_args

import pytest

from engine.core.events import (
    CommandRejected,
    EndCause,
    Event,
    HaltCause,
    InstrumentHalted,
    OrderDone,
    OrderRejected,
    OrderResized,
    ResizeCause,
)
from engine.core.exchange import Exchange
from engine.core.reasons import Reason
from tests.reference.directing import Director
from tests.reference.sequences import seeded, waited_ns
from tests.reference.world import opening

NOT_IN_SWARMS = {Reason.INSTRUMENT_IN_USE, Reason.NOT_TRADABLE}
"""Terms are never replaced in a swarm, and all its instruments are traded: scripts do the rest."""

LUCK = {EndCause.MARGIN_MISSING}
"""What takes several coincidences; a golden script has it for certain."""


@pytest.fixture(scope="module")
def told() -> list[Event]:
    """All that many swarms say."""
    events: list[Event] = []
    for seed in range(208):
        on, steps = seeded(seed, 200)
        exchange, director, now_ns = Exchange(), Director(on), 0
        for command in opening(on):
            events += exchange.apply(command, now_ns)
        for step in steps:
            now_ns += waited_ns(step)
            out = exchange.apply(director.command(step, now_ns), now_ns)
            director.learn(out)
            events += out
    return events


def test_swarms_bring_about_every_event(told: list[Event]) -> None:
    assert {type(event) for event in told} == set(get_args(Event))


def test_swarms_end_and_resize_orders_in_every_way(told: list[Event]) -> None:
    ends = {event.cause for event in told if isinstance(event, OrderDone)}
    assert set(EndCause) - ends <= LUCK
    assert {event.cause for event in told if isinstance(event, OrderResized)} == set(ResizeCause)


def test_swarms_halt_for_every_cause(told: list[Event]) -> None:
    assert {event.cause for event in told if isinstance(event, InstrumentHalted)} == set(HaltCause)


def test_swarms_meet_every_refusal(told: list[Event]) -> None:
    refusals = (OrderRejected, CommandRejected)
    met = {event.reason for event in told if isinstance(event, refusals)}
    assert set(Reason) - met == NOT_IN_SWARMS
