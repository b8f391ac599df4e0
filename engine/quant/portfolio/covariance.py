"""Covariances and correlations of returns whose histories differ in length and have holes.

Every pair of assets uses the days that both have. The sample covariance takes means off and divides
by n - 1. The exponentially weighted one takes no mean and weighs a day that is a days old with
lambda^a, the weights of the days that count adding up to one (RiskMetrics, lambda 0.94 for days).

Pairs of different days need not fit together: the matrix may be impossible (indefinite). Then its
negative eigenvalues are cut off and the diagonal is put back (R. Rebonato, P. Jäckel, "The most
general methodology to create a valid correlation matrix", 1999, spectral decomposition).

A pair that never had a day in common counts as uncorrelated; an asset without two returns has no
variance (NaN), and the caller leaves it out.

Source: J.P. Morgan/Reuters, "RiskMetrics Technical Document" (1996), 5.2 and 8.
"""

import numpy as np

from engine.quant.portfolio.inputs import FloatArray, RiskInputError, checked_returns

DAILY_DECAY = 0.94
"""RiskMetrics' lambda for days."""


def sample_covariance(returns: FloatArray) -> FloatArray:
    """The unbiased covariance, pair by pair; shape (k, k)."""
    filled, present = _filled(returns)
    count = present.T @ present
    sums = filled.T @ present
    with np.errstate(divide="ignore", invalid="ignore"):
        matrix = (filled.T @ filled - sums * sums.T / count) / (count - 1.0)
    matrix[count < 2] = np.nan
    return _completed(matrix)


def ewma_covariance(returns: FloatArray, decay: float = DAILY_DECAY) -> FloatArray:
    """The exponentially weighted covariance with mean zero, pair by pair; shape (k, k).

    Args:
        returns: Oldest first; a row that is missing still ages what came before.
        decay: Lambda, the weight of a day relative to the day after it.

    Raises:
        RiskInputError: A decay that is not strictly between 0 and 1.
    """
    if not 0.0 < decay < 1.0:
        raise RiskInputError(f"a decay of {decay} is not between 0 and 1; 0.94 is usual")
    filled, present = _filled(returns)
    weights = decay ** np.arange(returns.shape[0] - 1, -1, -1.0)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        matrix = ((filled * weights).T @ filled) / ((present * weights).T @ present)
    return _completed(matrix)


def volatilities(covariance: FloatArray) -> FloatArray:
    """Standard deviations per period; shape (k,)."""
    return np.sqrt(np.diag(covariance))


def correlations(covariance: FloatArray) -> FloatArray:
    """The valid correlation matrix nearest in spectrum; assets that never move have none (0)."""
    sigma = volatilities(covariance)
    scale = np.divide(1.0, sigma, out=np.zeros_like(sigma), where=sigma > 0)
    matrix = covariance * np.outer(scale, scale)
    np.fill_diagonal(matrix, 1.0)
    return nearest_correlation(matrix)


def nearest_correlation(matrix: FloatArray) -> FloatArray:
    """The matrix itself if it is possible, otherwise its spectral repair."""
    values, vectors = np.linalg.eigh(matrix)
    if values[0] >= 0.0:
        return matrix
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    root /= np.sqrt((root * root).sum(axis=1))[:, None]
    repaired: FloatArray = np.clip(root @ root.T, -1.0, 1.0)
    np.fill_diagonal(repaired, 1.0)
    return repaired


def covariance_of(sigma: FloatArray, correlation: FloatArray) -> FloatArray:
    """Volatilities and correlations put together again."""
    return correlation * np.outer(sigma, sigma)


def fully_correlated(sigma: FloatArray) -> FloatArray:
    """The covariance when every correlation is one: only one risk is left, and no diversification.

    A long and a short then hedge each other wholly; it is not the worst case of a hedged book.
    """
    return np.outer(sigma, sigma)


def square_root(covariance: FloatArray) -> FloatArray:
    """A matrix A with A A' = covariance; works for singular ones, where Cholesky's fails."""
    values, vectors = np.linalg.eigh(covariance)
    root: FloatArray = vectors * np.sqrt(np.maximum(values, 0.0))
    return root


def _filled(returns: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Returns with 0 for the missing ones, and 1 where there is one."""
    present = (~np.isnan(checked_returns(returns))).astype(np.float64)
    return np.nan_to_num(returns, nan=0.0), present


def _completed(matrix: FloatArray) -> FloatArray:
    """Pairs that never met are uncorrelated; variances stay missing."""
    diagonal = np.diag(matrix).copy()
    complete = np.nan_to_num(matrix, nan=0.0)
    np.fill_diagonal(complete, diagonal)
    return complete
