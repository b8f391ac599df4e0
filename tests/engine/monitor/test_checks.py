"""Orders and portfolios held against the advisory limits."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.monitor import (
    Action,
    Breach,
    Facts,
    LimitName,
    PositionFact,
    Proposal,
    Response,
    check,
    default_limits,
    passing_lots,
    watch,
)
from tests.engine.monitor.books import UNIT

LIMITS = default_limits()
EQUITY = 10_000 * UNIT
LOT = 100 * UNIT
"""What a lot is worth: with 25% of equity, 25 lots make the largest position."""


def facts(
    *held: tuple[str, int], equity: int = EQUITY, **others: int | dict[tuple[str, str], float]
) -> Facts:
    positions = tuple(PositionFact(symbol, lots, LOT) for symbol, lots in held)
    return Facts(equity, positions=positions, **others)  # type: ignore[arg-type]


def buy(lots: int, symbol: str = "BTC", stop: int | None = None) -> Proposal:
    return Proposal(symbol, lots, LOT, stop)


def only(breaches: tuple[Breach, ...]) -> Breach:
    (breach,) = breaches
    return breach


def test_a_position_may_be_as_large_as_its_limit() -> None:
    assert check(LIMITS, buy(25), facts()) == ()
    found = only(check(LIMITS, buy(26), facts()))
    assert (found.name, found.value, found.passing_lots) == (LimitName.POSITION_SIZE, 26, 25)
    assert found.sentence == (
        "BTC would be 26% of equity; the limit is 25%: 25 lots would pass (26 lots asked)"
    )


def test_what_is_held_counts_and_a_flip_may_close_and_open() -> None:
    assert only(check(LIMITS, buy(10), facts(("BTC", 20)))).passing_lots == 5
    assert check(LIMITS, buy(45), facts(("BTC", -20))) == ()
    assert only(check(LIMITS, buy(46), facts(("BTC", -20)))).passing_lots == 45


def test_what_only_closes_always_passes() -> None:
    ruined = facts(("BTC", 400), equity=-UNIT, day_start_quanta=EQUITY, peak_quanta=EQUITY)
    assert check(LIMITS, Proposal("BTC", -400, LOT, LOT), ruined) == ()
    assert check(LIMITS, Proposal("BTC", -401, LOT, LOT), ruined) != ()


def test_a_lost_day_lets_only_closing_pass() -> None:
    lost = facts(("BTC", -3), equity=9_000 * UNIT, day_start_quanta=EQUITY)
    found = only(check(LIMITS, buy(5), lost))
    assert (found.name, found.value, found.passing_lots) == (LimitName.DAILY_LOSS, 10, 3)
    assert found.sentence == (
        "the loss of the day is 10%; the limit is 10%: 3 lots would pass (5 lots asked)"
    )
    spared = replace(lost, equity_quanta=9_000 * UNIT + 1)
    assert check(LIMITS, buy(5), spared) == ()


def test_a_drawdown_lets_nothing_new_pass() -> None:
    fallen = facts(equity=7_499 * UNIT, peak_quanta=EQUITY)
    found = only(check(LIMITS, buy(1), fallen))
    assert (found.name, found.value) == (LimitName.DRAWDOWN_STOP, Decimal("25.01"))
    assert found.sentence.endswith("the limit is 25%: no size passes (1 lot asked)")


def test_a_position_too_many() -> None:
    held = [(f"S{at}", 1) for at in range(20)]
    full = facts(*held)
    found = only(check(LIMITS, buy(1), full))
    assert (found.name, found.value, found.passing_lots) == (LimitName.OPEN_POSITIONS, 21, 0)
    assert check(LIMITS, buy(1, "S3"), full) == ()
    assert check(LIMITS, buy(1), facts(*held[1:], ("flat", 0))) == ()


def test_the_risk_of_a_trade_is_what_its_stop_loses() -> None:
    """2% of equity are 200; a lot that loses 20 at its stop may be had ten times."""
    assert check(LIMITS, buy(10, stop=20 * UNIT), facts()) == ()
    found = only(check(LIMITS, buy(11, stop=20 * UNIT), facts()))
    assert (found.name, found.value) == (LimitName.RISK_PER_TRADE, Decimal("2.2"))
    assert found.passing_lots == 10
    assert only(check(LIMITS, buy(16, stop=20 * UNIT), facts(("BTC", -5)))).passing_lots == 15
    assert check(LIMITS, buy(25), facts()) == ()


def test_a_position_that_doubles_another_is_warned_of_and_a_hedge_is_not() -> None:
    held = facts(("ETH", 5), ("SOL", 5), correlations={("BTC", "ETH"): 0.8, ("BTC", "SOL"): 0.9})
    found = only(check(LIMITS, buy(1), held))
    assert (found.name, found.value) == (LimitName.CORRELATION, Decimal("0.9"))
    assert found.sentence.startswith("BTC moves with SOL, which is held: correlation 0.9")
    assert check(LIMITS, Proposal("BTC", -1, LOT), held) == ()
    short = facts(("ETH", -5), correlations={("BTC", "ETH"): 0.8})
    assert check(LIMITS, Proposal("BTC", -1, LOT), short) != ()
    assert check(LIMITS, buy(1, "ADA"), held) == ()


def test_a_limit_that_is_off_says_nothing_and_one_that_blocks_says_so() -> None:
    off = LIMITS.with_setting(LimitName.POSITION_SIZE, response=Response.OFF)
    assert check(off, buy(99), facts()) == ()
    assert watch(off, facts(("BTC", 99))) == ()
    block = LIMITS.with_setting(LimitName.POSITION_SIZE, response=Response.BLOCK)
    assert only(check(block, buy(99), facts())).response is Response.BLOCK


def test_without_equity_nothing_passes_and_nothing_fails_to_be_said() -> None:
    found = check(LIMITS, buy(5, stop=UNIT), facts(("BTC", -2), equity=0))
    assert [breach.value for breach in found] == [None, None]
    assert passing_lots(found, 5) == 2
    assert "equity is gone" in found[0].sentence


def test_several_limits_are_told_in_order_and_the_smallest_size_passes_all() -> None:
    found = check(LIMITS, buy(40, stop=20 * UNIT), facts(day_start_quanta=EQUITY))
    assert [breach.name for breach in found] == [LimitName.POSITION_SIZE, LimitName.RISK_PER_TRADE]
    assert passing_lots(found, 40) == 10
    assert passing_lots((), 40) == 40


@given(
    held=st.integers(-60, 60),
    lots=st.integers(1, 120),
    side=st.sampled_from([1, -1]),
    equity=st.integers(-1, 30_000),
    price=st.integers(1, 300),
    stop=st.none() | st.integers(1, 50),
    peak=st.integers(1, 30_000),
)
def test_the_size_that_passes_is_the_largest_that_does(
    held: int, lots: int, side: int, equity: int, price: int, stop: int | None, peak: int
) -> None:
    state = facts(("BTC", held), equity=equity * UNIT, peak_quanta=peak * UNIT)
    risk = None if stop is None else stop * UNIT
    order = Proposal("BTC", side * lots, price * UNIT, risk)
    best = passing_lots(check(LIMITS, order, state), lots)
    assert 0 <= best <= lots
    if best:
        assert check(LIMITS, replace(order, signed_lots=side * best), state) == ()
    if best < lots:
        assert check(LIMITS, replace(order, signed_lots=side * (best + 1)), state) != ()


def test_watching_names_what_is_broken_and_what_to_do() -> None:
    limits = LIMITS.with_setting(LimitName.POSITION_SIZE, action=Action.REDUCE).with_setting(
        LimitName.DRAWDOWN_STOP, action=Action.HALT
    )
    state = facts(("BTC", -30), ("ETH", 25), peak_quanta=20_000 * UNIT, day_start_quanta=EQUITY)
    large, fallen = watch(limits, state)
    assert (large.symbol, large.action, large.passing_lots) == ("BTC", Action.REDUCE, 25)
    assert large.sentence == "BTC is 30% of equity; the limit is 25%; 25 lots would be within it"
    assert (fallen.name, fallen.action, fallen.symbol) == (
        *(LimitName.DRAWDOWN_STOP, Action.HALT),
        None,
    )
    assert fallen.sentence == "the drawdown is 50%; the limit is 25%"


def test_a_portfolio_within_its_limits_is_left_alone() -> None:
    assert watch(LIMITS, facts(("BTC", 25), day_start_quanta=EQUITY, peak_quanta=EQUITY)) == ()
    assert watch(LIMITS, facts()) == ()


def test_too_many_positions_are_seen_while_they_are_open() -> None:
    held = [(f"S{at}", 1) for at in range(21)]
    assert only(watch(LIMITS, facts(*held))).sentence == (
        "21 positions are open; the limit is 20 positions"
    )


def test_an_order_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="0 lots"):
        Proposal("BTC", 0, LOT)
    with pytest.raises(ValueError, match="does not lose"):
        Proposal("BTC", 1, LOT, 0)
