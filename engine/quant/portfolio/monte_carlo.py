"""Monte Carlo: correlated daily moves, normal or Student t, over the horizon itself.

A day's moves are N(0, covariance), or multivariate t with nu degrees of freedom scaled to the same
covariance: a normal vector times sqrt((nu - 2) / chi2(nu)), one chi2 a day for all assets, so that
bad days are bad for all of them at once. Moves of the days are added, and none takes a price below
nothing. Given the chi2 of its days, the sum of h moves is normal, so a path needs one normal vector
and h chi2 instead of h vectors; that is exact, not an approximation.

Nothing is scaled by the root of time: ten t days have thinner tails than one t day made longer.

Source: A. McNeil, R. Frey, P. Embrechts, "Quantitative Risk Management" (2005), 3.2 (normal
variance mixtures); P. Glasserman, "Monte Carlo Methods in Financial Engineering" (2003), chapter 9.
"""

import numpy as np

from engine.quant.portfolio.covariance import square_root
from engine.quant.portfolio.inputs import FloatArray, RiskInputError, checked_days

PATHS_MAX = 1_000_000


def simulated_pnl(
    exposures: FloatArray,
    covariance: FloatArray,
    days: int,
    paths: int,
    random: np.random.Generator,
    degrees: float | None = None,
) -> FloatArray:
    """The profit or loss on each path at the end of the horizon; shape (paths,).

    Args:
        exposures: Signed value of each asset; shape (k,).
        covariance: Of daily simple returns; shape (k, k). A slightly indefinite one is repaired.
        degrees: Degrees of freedom of the t, above 2; None for normal moves.

    Raises:
        RiskInputError: Shapes that do not match, no paths, or two degrees of freedom or fewer.
    """
    _check(exposures, covariance, paths, degrees)
    moves = random.standard_normal((paths, exposures.size)) @ square_root(covariance).T
    moves *= np.sqrt(_variances(checked_days(days), paths, random, degrees))[:, None]
    np.maximum(moves, -1.0, out=moves)
    pnl: FloatArray = moves @ exposures
    return pnl


def _variances(
    days: int, paths: int, random: np.random.Generator, degrees: float | None
) -> FloatArray:
    """Each path's variance over the horizon, in days of ordinary variance."""
    if degrees is None:
        return np.full(paths, float(days))
    drawn = (degrees - 2.0) / random.chisquare(degrees, (paths, days))
    total: FloatArray = drawn.sum(axis=1)
    return total


def _check(
    exposures: FloatArray, covariance: FloatArray, paths: int, degrees: float | None
) -> None:
    if covariance.shape != (exposures.size, exposures.size):
        raise RiskInputError(
            f"{exposures.size} exposures do not go with a covariance of shape {covariance.shape}"
        )
    if not 1 <= paths <= PATHS_MAX:
        raise RiskInputError(f"{paths} paths cannot be drawn; take 1 to {PATHS_MAX}")
    if degrees is not None and not degrees > 2.0:
        raise RiskInputError(f"t with {degrees} degrees of freedom has no variance; take above 2")
