"""The figures are right where their values are known."""

import random

import pytest

from feeds.simulated.observation import SHAPE_TICKS, Observation
from feeds.simulated.statistics import (
    autocorrelation,
    facts,
    kurtosis,
    log_returns,
    quantiles,
    thin_before_move,
)
from feeds.simulated.verdicts import EXPECTATIONS, verdicts


def noise(count: int) -> list[float]:
    draw = random.Random(5)
    return [draw.gauss(0.0, 1.0) for _ in range(count)]


def random_walk(seconds: int) -> Observation:
    """A market without any of the facts."""
    draw = random.Random(5)
    mids = [100_000.0]
    for change in noise(seconds - 1):
        mids.append(mids[-1] + 5.0 * change)
    return Observation(
        "WALK",
        mids=mids,
        spreads=[1] * seconds,
        touch_lots=[10] * seconds,
        bid_lots=[100] * seconds,
        ask_lots=[100] * seconds,
        volumes=[draw.randint(1, 9) for _ in range(seconds)],
        signs=[draw.choice((1, -1)) for _ in range(seconds)],
        shape=[1.0] * SHAPE_TICKS,
    )


def test_kurtosis_of_known_laws() -> None:
    assert kurtosis([1.0, -1.0] * 10) == pytest.approx(1.0)
    assert kurtosis([0.0] * 98 + [1.0, -1.0]) == pytest.approx(50.0)
    assert kurtosis(noise(20_000)) == pytest.approx(3.0, abs=0.2)
    assert kurtosis([2.0, 2.0]) == 3.0


def test_autocorrelation_of_a_series_with_known_memory() -> None:
    value, series = 0.0, []
    for shock in noise(20_000):
        value = 0.6 * value + shock
        series.append(value)
    assert autocorrelation(series, 1) == pytest.approx(0.6, abs=0.03)
    assert autocorrelation(series, 3) == pytest.approx(0.216, abs=0.05)
    assert autocorrelation([1.0] * 10, 1) == 0.0


def test_quantiles_are_values_of_the_series() -> None:
    assert quantiles(range(101)) == (5.0, 25.0, 50.0, 75.0, 95.0)


def test_log_returns_go_from_each_price_to_the_next() -> None:
    assert log_returns([100.0, 110.0, 99.0]) == pytest.approx([0.09531, -0.10536], abs=1e-5)


def test_depth_before_a_move_is_that_of_the_side_in_its_way() -> None:
    seen = random_walk(1_000)
    seen.mids = [100.0] * 500 + [101.0] * 500
    seen.ask_lots[499] = 20
    assert thin_before_move(seen) == pytest.approx(1.0, abs=0.1)
    seen.mids = [100.0 + (n >= 500) for n in range(1_000)]
    assert min(range(1_000), key=seen.ask_lots.__getitem__) == 499
    one_in_twenty = thin_before_move(seen)
    assert one_in_twenty < 1.0


def test_a_random_walk_is_found_out() -> None:
    outside = {each.name for each in verdicts(facts(random_walk(3_600))) if not each.within}
    assert {
        "kurtosis of returns over 1 s",
        "memory of sizes, 1 s",
        "memory of sides, 1 order",
        "near depth before large moves",
        "volume goes with volatility",
    } <= outside
    assert len(outside) < len(EXPECTATIONS)


def test_too_short_an_observation_is_refused() -> None:
    with pytest.raises(ValueError, match="600 or more"):
        facts(random_walk(599))
