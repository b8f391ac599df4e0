"""Closed forms against published numbers, and simulation against closed forms."""

import math

import numpy as np
import pytest

from engine.quant.portfolio import (
    RiskInputError,
    cornish_fisher_tail,
    covariance_of,
    normal_tail,
    sample_tail,
    simulated_pnl,
)

PATHS = 100_000
DAY = 10_000 * 0.2 / math.sqrt(250)
"""McNeil, Frey, Embrechts: 10,000 in a stock with a yearly volatility of 20%."""
HULL = np.array(
    [
        [0.0001227, 0.0000768, 0.0000767, -0.0000095],
        [0.0000768, 0.0002010, 0.0001817, 0.0000394],
        [0.0000767, 0.0001817, 0.0001950, 0.0000407],
        [-0.0000095, 0.0000394, 0.0000407, 0.0001909],
    ]
)
"""Hull's covariances of four indexes, and below what is held in them, in thousands of dollars."""
HELD = np.array([4000.0, 3000.0, 1000.0, 2000.0])


def drawn(degrees: float | None, days: int = 1, seed: int = 7) -> np.ndarray:
    exposures, variance = np.array([10_000.0]), np.array([[0.2**2 / 250]])
    return simulated_pnl(exposures, variance, days, PATHS, np.random.default_rng(seed), degrees)


@pytest.mark.parametrize(
    ("level", "value_at_risk"),
    [(0.90, 162.1), (0.95, 208.1), (0.975, 247.9), (0.99, 294.3), (0.995, 325.8)],
)
def test_the_normal_column_of_a_textbook(level: float, value_at_risk: float) -> None:
    """A. McNeil, R. Frey, P. Embrechts, "Quantitative Risk Management" (2005), table 2.1."""
    assert normal_tail(DAY, level).value_at_risk == pytest.approx(value_at_risk, abs=0.05)


@pytest.mark.parametrize(("level", "value_at_risk"), [(0.95, 190.7), (0.99, 335.1)])
def test_the_t_column_of_the_same_textbook(level: float, value_at_risk: float) -> None:
    """Four degrees of freedom, scaled to the same variance; here by simulation."""
    assert sample_tail(drawn(4.0), level).value_at_risk == pytest.approx(value_at_risk, rel=0.02)


def test_hull_four_indexes() -> None:
    """J. Hull, "Options, Futures, and Other Derivatives", model-building approach: 217,757."""
    sigma = math.sqrt(HELD @ HULL @ HELD)
    assert sigma == pytest.approx(93.60, abs=0.01)
    assert normal_tail(sigma, 0.99).value_at_risk == pytest.approx(217.757, abs=0.02)


def test_hull_two_shares_over_ten_days() -> None:
    """The same book: 220,227 a day, 1,622,657 over ten days, with its quantile rounded to 2.33."""
    covariance = covariance_of(np.array([0.02, 0.01]), np.array([[1.0, 0.3], [0.3, 1.0]]))
    held = np.array([10e6, 5e6])
    sigma = math.sqrt(held @ covariance @ held)
    assert sigma == pytest.approx(220_227, abs=1)
    ten = normal_tail(sigma, 0.99, 10)
    assert ten.value_at_risk == pytest.approx(1_622_657 * 2.3263 / 2.33, rel=1e-4)


def test_the_mean_is_taken_off_a_loss() -> None:
    plain, drifting = normal_tail(1.0, 0.95, 4), normal_tail(1.0, 0.95, 4, mean=0.1)
    assert drifting.value_at_risk == pytest.approx(plain.value_at_risk - 0.4)
    assert drifting.expected_shortfall == pytest.approx(plain.expected_shortfall - 0.4)


@pytest.mark.parametrize("level", [0.95, 0.99])
@pytest.mark.parametrize("days", [1, 10])
def test_normal_simulation_agrees_with_the_closed_form(level: float, days: int) -> None:
    random = np.random.default_rng(11)
    found = sample_tail(simulated_pnl(HELD, HULL, days, PATHS, random), level)
    expected = normal_tail(math.sqrt(HELD @ HULL @ HELD), level, days)
    assert found.value_at_risk == pytest.approx(expected.value_at_risk, rel=0.02)
    assert found.expected_shortfall == pytest.approx(expected.expected_shortfall, rel=0.02)


def test_ten_fat_days_are_less_than_one_made_longer() -> None:
    one = sample_tail(drawn(4.0), 0.99).scaled(math.sqrt(10))
    ten = sample_tail(drawn(4.0, days=10), 0.99)
    assert normal_tail(DAY, 0.99, 10).value_at_risk < ten.value_at_risk < one.value_at_risk


def test_a_simulated_horizon_is_the_sum_of_its_days() -> None:
    """One normal vector scaled by the days' variances is as good as the days drawn apart."""
    apart = sum(drawn(4.0, seed=seed) for seed in range(5))
    whole, parts = sample_tail(drawn(4.0, days=5), 0.99), sample_tail(apart, 0.99)
    assert whole.value_at_risk == pytest.approx(parts.value_at_risk, rel=0.03)


def test_a_bad_day_is_bad_for_all() -> None:
    """Uncorrelated t moves still share their tails: the square of one goes with that of another."""
    unit = np.eye(2) * 1e-8
    seeds = np.random.default_rng(3), np.random.default_rng(3)
    one = simulated_pnl(np.array([1.0, 0.0]), unit, 1, PATHS, seeds[0], 6.0)
    other = simulated_pnl(np.array([0.0, 1.0]), unit, 1, PATHS, seeds[1], 6.0)
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.02
    assert np.corrcoef(np.abs(one), np.abs(other))[0, 1] > 0.1


def test_a_long_loses_at_most_what_it_is_worth() -> None:
    pnl = simulated_pnl(np.array([100.0]), np.eye(1), 1, 1_000, np.random.default_rng(5), 3.0)
    assert pnl.min() == -100.0


def test_without_skew_and_fat_tails_the_expansion_is_the_normal() -> None:
    assert cornish_fisher_tail(3.0, 0.0, 0.0, 0.99, 10) == normal_tail(3.0, 0.99, 10)


def test_the_expansion_on_a_gamma_sum() -> None:
    """Losses 2 less a gamma of shape 16: skewness 1/2, excess kurtosis 3/8, by simulation."""
    sample = np.random.default_rng(9).gamma(16.0, 1.0, 1_000_000) - 16.0
    for level in (0.95, 0.99):
        found = cornish_fisher_tail(4.0, -0.5, 0.375, level)
        expected = sample_tail(-sample, level)
        assert found.value_at_risk == pytest.approx(expected.value_at_risk, rel=0.01)
        assert found.expected_shortfall == pytest.approx(expected.expected_shortfall, rel=0.01)


def test_the_expected_shortfall_is_the_mean_of_the_quantiles_beyond() -> None:
    levels = 0.95 + 0.05 * (np.arange(4_000) + 0.5) / 4_000
    beyond = [cornish_fisher_tail(1.0, -0.4, 1.5, level).value_at_risk for level in levels]
    found = cornish_fisher_tail(1.0, -0.4, 1.5, 0.95).expected_shortfall
    assert found == pytest.approx(np.mean(beyond), rel=1e-3)


def test_the_same_seed_draws_the_same() -> None:
    assert np.array_equal(drawn(4.0), drawn(4.0))


def test_what_cannot_be_drawn_is_refused() -> None:
    random = np.random.default_rng(1)
    with pytest.raises(RiskInputError, match="shape"):
        simulated_pnl(np.ones(2), np.eye(3), 1, 10, random)
    with pytest.raises(RiskInputError, match="above 2"):
        simulated_pnl(np.ones(2), np.eye(2), 1, 10, random, degrees=2.0)
    with pytest.raises(RiskInputError, match="paths"):
        simulated_pnl(np.ones(2), np.eye(2), 1, 0, random)
    with pytest.raises(RiskInputError, match="horizon"):
        simulated_pnl(np.ones(2), np.eye(2), 0, 10, random)
    with pytest.raises(RiskInputError, match="standard deviation"):
        normal_tail(-1.0, 0.95)
