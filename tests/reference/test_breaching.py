"""The engine does what its twin does beyond the breach of an account's margin."""

import pytest

from engine.core import events as e
from engine.core.events import Event, LiquidationOutcome, OracleStatus, ReducedBy
from engine.core.exchange import Exchange
from engine.core.reasons import Reason
from tests.reference.agreement import run_both
from tests.reference.directing import Director
from tests.reference.naive_money import INSURANCE
from tests.reference.sequences import breaching, waited_ns
from tests.reference.world import opening

SEEDS = (39, 55, 78, 354, 656)
"""Together these bring about all that `test_everything_happens_beyond_a_breach` asks for."""
LENGTH = 140


@pytest.mark.parametrize("seed", SEEDS)
def test_the_engine_agrees_with_its_twin_beyond_a_breach(seed: int) -> None:
    run_both(*breaching(seed, LENGTH))


def test_everything_happens_beyond_a_breach() -> None:
    """Else the seeds would be worth nothing."""
    told = [event for seed in SEEDS for event in _told(seed)]
    wanted = {
        e.BorrowFeePaid,
        e.FundingPaid,
        e.InsurancePaid,
        e.LiquidationStarted,
        e.LossSocialised,
        e.MarginWarning,
        e.PortfolioReset,
        e.PositionDeleveraged,
    }
    assert wanted <= {type(event) for event in told}
    assert _of(told, e.PositionLiquidated, "by") == set(ReducedBy)
    outcomes = _of(told, e.LiquidationEnded, "outcome")
    assert {LiquidationOutcome.HEALTHY, LiquidationOutcome.CLOSED} <= outcomes
    assert Reason.LIMIT_EXCEEDED in _of(told, e.OrderRejected, "reason")
    assert _of(told, e.OracleChanged, "status") == set(OracleStatus)
    assert INSURANCE in _of(told, e.OrderAccepted, "account"), "the fund sells what it took over"
    assert INSURANCE in _of(told, e.PositionDeleveraged, "against"), "and may not carry it"
    assert INSURANCE in _of(told, e.LossSocialised, "debtor")


def _of(told: list[Event], kind: type, field: str) -> set[object]:
    return {getattr(event, field) for event in told if isinstance(event, kind)}


def _told(seed: int) -> list[Event]:
    """All that a swarm says."""
    on, steps = breaching(seed, LENGTH)
    exchange, director, now_ns, told = Exchange(), Director(on), 0, list[Event]()
    for command in opening(on):
        told += exchange.apply(command, now_ns)
    for step in steps:
        now_ns += waited_ns(step)
        events = exchange.apply(director.command(step, now_ns), now_ns)
        director.learn(events)
        told += events
    return told
