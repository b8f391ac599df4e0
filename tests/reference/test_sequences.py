"""Random sequences are worth something only if they bring about what they are meant to test."""

from typing import get_args

import pytest

from engine.core import events as e
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
from tests.reference.sequences import margined, seeded, waited_ns
from tests.reference.world import opening

NOT_IN_SWARMS = {
    Reason.INSTRUMENT_IN_USE,
    Reason.NOT_TRADABLE,
    Reason.PORTFOLIO_ARCHIVED,
    Reason.PORTFOLIO_IN_USE,
    Reason.LIMIT_EXCEEDED,
}
"""Terms are never replaced in a swarm, all its instruments are traded, and its portfolios have no
limits: scripts do the rest."""

SCRIPTED = {
    e.PortfolioConfigured,
    e.PortfolioReset,
    e.PortfolioArchived,
    e.LimitsSet,
    e.LiquidationStarted,
    e.PositionLiquidated,
    e.PositionDeleveraged,
    e.LiquidationEnded,
    e.CollateralSold,
    e.LotsClosed,
    e.InsurancePaid,
    e.LossSocialised,
    e.MarginWarning,
    e.OracleSet,
    e.OracleChanged,
    e.FundingSet,
    e.FundingPaid,
    e.FundingSettled,
    e.BorrowFeePaid,
    e.CurrencySet,
}
"""What swarms need not bring about: scripts have it."""

LUCK = {
    EndCause.MARGIN_MISSING,
    EndCause.LIQUIDATION,
    EndCause.LIMIT_EXCEEDED,
    EndCause.RESET,
}
"""What takes several coincidences, or scripts; a golden script has it for certain."""


@pytest.fixture(scope="module")
def told() -> list[Event]:
    """All that many swarms say."""
    events: list[Event] = []
    swarms = [seeded(seed, 200) for seed in range(208)]
    swarms += [margined(seed, 200) for seed in range(24)]
    for on, steps in swarms:
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
    assert set(get_args(Event)) - {type(event) for event in told} <= SCRIPTED


def test_swarms_end_and_resize_orders_in_every_way(told: list[Event]) -> None:
    ends = {event.cause for event in told if isinstance(event, OrderDone)}
    assert set(EndCause) - ends <= LUCK
    assert {event.cause for event in told if isinstance(event, OrderResized)} == set(ResizeCause)


def test_swarms_halt_for_every_cause(told: list[Event]) -> None:
    assert {event.cause for event in told if isinstance(event, InstrumentHalted)} == set(HaltCause)


def test_swarms_meet_every_refusal(told: list[Event]) -> None:
    refusals = (OrderRejected, CommandRejected)
    met = {event.reason for event in told if isinstance(event, refusals)}
    assert set(Reason) - met <= NOT_IN_SWARMS
