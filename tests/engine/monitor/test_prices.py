"""The memory of prices."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.monitor.book import pair_correlations
from engine.monitor.prices import (
    DAY_NS,
    MINUTE_NS,
    SYMBOLS_MAX,
    Grid,
    PriceSamples,
    carry,
)
from engine.quant.portfolio import RiskInputError

DAY_0 = 20_000 * DAY_NS


def daily(
    prices: dict[int, float], symbol: str = "A", into: PriceSamples | None = None
) -> PriceSamples:
    samples = into or PriceSamples()
    for day, price in prices.items():
        samples.take(symbol, DAY_0 + day * DAY_NS, price)
    return samples


def column(samples: PriceSamples, grid: Grid = Grid.DAY, symbol: str = "A") -> list[float]:
    found = samples.returns([symbol], grid).column(symbol)
    return [] if found is None else found.tolist()


def test_the_last_price_of_a_period_counts() -> None:
    samples = PriceSamples()
    for ts_ns, price in [(0, 90.0), (10, 100.0), (MINUTE_NS, 105.0), (MINUTE_NS + 1, 110.0)]:
        samples.take("A", DAY_0 + ts_ns, price)
    assert column(samples, Grid.MINUTE) == pytest.approx([0.1])
    assert column(samples, Grid.DAY) == []


def test_over_a_weekend_a_price_stands_still_and_then_moves_at_once() -> None:
    samples = daily({0: 100.0, 3: 110.0})
    assert column(samples) == pytest.approx([0.0, 0.0, 0.1])


def test_over_a_long_hole_nothing_is_known() -> None:
    samples = daily({0: 100.0, 1: 101.0, 20: 200.0, 21: 202.0})
    assert column(samples) == pytest.approx([0.01, 0.0, 0.0, 0.0, 0.0, 0.01])


def test_what_comes_late_changes_only_its_own_day() -> None:
    samples = daily({0: 100.0, 1: 110.0, 2: 121.0})
    samples.take("A", DAY_0, 100.0)
    samples.take("A", DAY_0 + DAY_NS, 108.0)
    assert column(samples) == pytest.approx([0.08, 121 / 108 - 1])


def test_what_is_older_than_the_memory_is_forgotten_and_not_let_in_again() -> None:
    samples = daily({0: 100.0, Grid.DAY.slots: 110.0, Grid.DAY.slots + 1: 121.0})
    samples.take("A", DAY_0, 1.0)
    assert column(samples) == pytest.approx([0.1])


def test_series_are_aligned_and_lengths_may_differ() -> None:
    samples = daily({day: 100.0 + day for day in range(10)})
    daily(dict.fromkeys(range(6, 10), 50.0), "B", samples)
    found = samples.returns(["B", "A", "unknown", "A"], Grid.DAY)
    assert found.keys == ("B", "A")
    assert found.table.shape == (9, 2)
    assert np.isnan(found.table[:, 0]).tolist() == [True] * 6 + [False] * 3


def test_a_history_fills_the_past_and_what_was_seen_live_follows() -> None:
    samples = PriceSamples()
    samples.seed("A", Grid.DAY, [(DAY_0 + day * DAY_NS, 100.0 * 1.01**day) for day in range(50)])
    samples.take("A", DAY_0 + 50 * DAY_NS, 100.0 * 1.01**50)
    samples.seed("A", Grid.DAY, [(DAY_0 + 50 * DAY_NS, 1.0)])
    assert column(samples) == pytest.approx([0.01] * 50)
    assert column(samples, Grid.MINUTE) == []


def test_days_serve_when_there_are_enough_and_minutes_otherwise() -> None:
    samples = daily({day: 100.0 + day for day in range(30)})
    assert samples.best_returns(["A"], rows_min=29).rows_per_day == 1.0
    assert samples.best_returns(["A"], rows_min=31).rows_per_day == 1_440.0


def test_of_too_many_symbols_the_silent_one_is_forgotten() -> None:
    samples = PriceSamples()
    for at in range(SYMBOLS_MAX):
        samples.take(f"S{at}", DAY_0 + at, 1.0)
    samples.take("S0", DAY_0 + DAY_NS, 1.0)
    samples.take("new", DAY_0 + DAY_NS, 1.0)
    assert len(samples.symbols) == SYMBOLS_MAX
    assert "S1" not in samples.symbols
    assert {"S0", "new"} <= set(samples.symbols)


@pytest.mark.parametrize(
    ("ts_ns", "price"), [(0, 0.0), (0, -1.0), (0, float("nan")), (0, float("inf")), (-1, 1.0)]
)
def test_what_is_no_price_is_refused_and_leaves_no_trace(ts_ns: int, price: float) -> None:
    samples = PriceSamples()
    with pytest.raises(RiskInputError):
        samples.take("A", ts_ns, price)
    assert samples.symbols == ()


@given(
    column=st.lists(st.none() | st.integers(1, 9), min_size=1, max_size=30),
    hole_max=st.integers(0, 4),
)
def test_prices_are_carried_as_far_as_said(column: list[int | None], hole_max: int) -> None:
    prices = np.array([[np.nan if price is None else float(price)] for price in column])
    for at, found in enumerate(carry(prices, hole_max)[:, 0]):
        near = [price for price in column[max(0, at - hole_max) : at + 1] if price is not None]
        assert found == near[-1] if near else np.isnan(found)


def test_correlations_of_prices_come_in_sorted_pairs_when_there_is_enough() -> None:
    random = np.random.default_rng(4)
    path = np.cumprod(1.0 + 0.02 * random.standard_normal(80))
    samples = daily(dict(enumerate(100.0 * path)))
    daily(dict(enumerate(7.0 * path)), "B", samples)
    daily({75: 1.0, 79: 2.0}, "new", samples)
    found = pair_correlations(
        samples.returns(["A", "B", "new"], Grid.DAY), {"b": "B", "a": "A", "new": "new", "x": "X"}
    )
    assert found == {("a", "b"): pytest.approx(1.0)}
