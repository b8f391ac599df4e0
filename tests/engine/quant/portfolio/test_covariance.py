"""Covariances of series that differ in length and have holes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.quant.portfolio import (
    RiskInputError,
    correlations,
    covariance_of,
    ewma_covariance,
    fully_correlated,
    nearest_correlation,
    sample_covariance,
    square_root,
    volatilities,
)

SEEDS = st.integers(0, 10_000)


def table(seed: int, rows: int = 60, columns: int = 4, holes: float = 0.0) -> np.ndarray:
    random = np.random.default_rng(seed)
    returns = random.standard_normal((rows, columns)) * 0.02
    returns[random.random((rows, columns)) < holes] = np.nan
    return returns


@given(seed=SEEDS)
def test_whole_series_give_what_numpy_gives(seed: int) -> None:
    returns = table(seed)
    assert sample_covariance(returns) == pytest.approx(np.cov(returns, rowvar=False), rel=1e-9)


@given(seed=SEEDS)
def test_each_pair_uses_the_days_that_both_have(seed: int) -> None:
    returns = table(seed, holes=0.4)
    matrix = sample_covariance(returns)
    for i in range(4):
        for j in range(4):
            both = ~np.isnan(returns[:, [i, j]]).any(axis=1)
            expected = np.cov(returns[both, i], returns[both, j])[0, 1]
            assert matrix[i, j] == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(seed=SEEDS, decay=st.sampled_from([0.9, 0.94, 0.97]))
def test_a_new_day_moves_the_weighted_variance_as_riskmetrics_says(seed: int, decay: float) -> None:
    """The old variance times lambda and the new square, both over the weights that they carry."""
    returns = table(seed, columns=1)
    before, after = ewma_covariance(returns[:-1], decay), ewma_covariance(returns, decay)
    weights = [(1 - decay**days) / (1 - decay) for days in (len(returns) - 1, len(returns))]
    expected = (decay * before * weights[0] + returns[-1] ** 2) / weights[1]
    assert after == pytest.approx(expected, rel=1e-9)


@given(seed=SEEDS)
def test_correlations_are_possible_whatever_is_missing(seed: int) -> None:
    matrix = correlations(sample_covariance(table(seed, rows=12, columns=6, holes=0.5)))
    assert np.linalg.eigvalsh(matrix)[0] > -1e-9
    assert np.diag(matrix) == pytest.approx(np.ones(6))
    assert np.abs(matrix).max() <= 1.0


def test_an_impossible_matrix_is_repaired_and_a_possible_one_kept() -> None:
    impossible = np.array([[1.0, 0.9, 0.7], [0.9, 1.0, -0.9], [0.7, -0.9, 1.0]])
    repaired = nearest_correlation(impossible)
    assert np.linalg.eigvalsh(impossible)[0] < 0
    assert np.linalg.eigvalsh(repaired)[0] > -1e-12
    assert np.sign(repaired).tolist() == np.sign(impossible).tolist()
    possible = np.array([[1.0, 0.5], [0.5, 1.0]])
    assert np.array_equal(nearest_correlation(possible), possible)


def test_series_that_never_meet_are_uncorrelated() -> None:
    returns = table(1, rows=40, columns=2)
    returns[:20, 0] = returns[20:, 1] = np.nan
    assert sample_covariance(returns)[0, 1] == 0.0
    assert ewma_covariance(returns)[0, 1] == 0.0


def test_one_return_has_no_variance() -> None:
    returns = table(1, columns=2)
    returns[1:, 0] = np.nan
    assert np.isnan(volatilities(sample_covariance(returns))).tolist() == [True, False]


def test_parts_make_the_whole_again() -> None:
    matrix = sample_covariance(table(2))
    again = covariance_of(volatilities(matrix), correlations(matrix))
    assert again == pytest.approx(matrix)
    root = square_root(matrix)
    assert root @ root.T == pytest.approx(matrix)


def test_with_correlations_of_one_volatilities_add_up() -> None:
    sigma, held = np.array([0.02, 0.05]), np.array([100.0, 300.0])
    assert held @ fully_correlated(sigma) @ held == pytest.approx((2.0 + 15.0) ** 2)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(RiskInputError, match="table"):
        sample_covariance(np.ones(4))
    with pytest.raises(RiskInputError, match="decay"):
        ewma_covariance(np.ones((4, 2)), 1.0)
