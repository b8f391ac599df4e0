"""Orders come in clusters, at the rate that was asked for, and on sides that remember."""

import statistics
from itertools import pairwise

import pytest

from feeds.simulated.draws import Draws
from feeds.simulated.flow import RATE_MAX_HZ, Arrival, Arrivals, Takers


def arrivals(trades_hz: float, seconds: float, activity: float = 1.0) -> list[tuple[float, int]]:
    """(time, +1 for a buy) of each order; children of parents take sides in turn."""
    process = Arrivals(trades_hz, Draws(3, "flow"))
    found: list[tuple[float, int]] = []
    now_s, turn = 0.0, 1
    while True:
        wait_s, kind = process.wait(activity)
        now_s += wait_s
        if now_s >= seconds:
            return found
        if kind is None:
            continue
        turn = -turn if kind is Arrival.CHILD else turn
        sign = {Arrival.CHILD: turn, Arrival.BUY: 1, Arrival.SELL: -1}[kind]
        process.excite(sign)
        found.append((now_s, sign))


def test_the_mean_rate_is_what_was_asked_for() -> None:
    assert len(arrivals(5.0, 4_000.0)) / 4_000.0 == pytest.approx(5.0, rel=0.1)


def test_orders_cluster() -> None:
    counts = [0] * 2_000
    for at_s, _ in arrivals(5.0, 2_000.0):
        counts[int(at_s)] += 1
    assert statistics.pvariance(counts) > 1.5 * statistics.fmean(counts)


def test_an_order_makes_its_own_side_likelier() -> None:
    process = Arrivals(5.0, Draws(3, "flow"))
    assert process.lean == 0.0
    process.excite(1)
    assert process.lean > 0.2
    process.excite(-1)
    assert process.lean == pytest.approx(0.0)


def test_the_rate_has_a_limit_however_wild_the_market() -> None:
    assert len(arrivals(20.0, 60.0, activity=100.0)) <= 60.0 * RATE_MAX_HZ * 1.2


def test_a_parent_keeps_its_side_and_lean_decides_for_new_ones() -> None:
    takers = Takers(100, Draws(3, "takers"))
    signs = [takers.sign(0.0) for _ in range(20_000)]
    near = statistics.fmean(a * b for a, b in pairwise(signs))
    far = statistics.fmean(a * b for a, b in zip(signs, signs[50:], strict=False))
    assert near > 0.15
    assert far > 0.02
    buyers = Takers(100, Draws(3, "takers"))
    assert statistics.fmean(buyers.sign(3.0) for _ in range(2_000)) > 0.8


def test_what_is_expected_of_the_next_side_is_its_mean() -> None:
    takers = Takers(100, Draws(4, "takers"))
    gaps = []
    for _ in range(20_000):
        expected = takers.expected_sign(0.4)
        gaps.append(takers.sign(0.4) - expected)
    assert statistics.fmean(gaps) == pytest.approx(0.0, abs=0.02)


def test_the_farthest_lean_leaves_nothing_to_chance_and_breaks_nothing() -> None:
    takers = Takers(100, Draws(5, "takers"))
    assert {takers.sign(lean=-5_000.0) for _ in range(200)} == {-1}
    takers = Takers(100, Draws(5, "takers"))
    assert {takers.sign(lean=5_000.0) for _ in range(200)} == {1}
