"""Value at risk and expected shortfall in closed form: normal, and Cornish-Fisher.

With z the normal quantile of 1 - c (negative), phi its density, sigma and mean those of one day:

    normal          VaR = -(mean h + z sigma sqrt h),   ES = -mean h + sigma sqrt h phi(z) / (1 - c)
    Cornish-Fisher  z is replaced by q(z) = z + (z^2 - 1) S/6 + (z^3 - 3z) K/24 - (2z^3 - 5z) S^2/36

where S is skewness and K excess kurtosis. The expected shortfall integrates q over the tail, for
which the truncated normal moments are known. Over h independent days S falls by sqrt h and K by h.
q is a quantile only for moderate S and K (|S| < 0.5 and 0 < K < 4 are safe); beyond, it turns.

Sources: J. Hull, "Options, Futures, and Other Derivatives"; A. McNeil, R. Frey, P. Embrechts,
"Quantitative Risk Management" (2005), 2.2; E. Cornish, R. Fisher, "Moments and cumulants in the
specification of distributions" (1937); D. Maillard, "A user's guide to the Cornish Fisher
expansion" (2012).
"""

import math
from statistics import NormalDist

from engine.quant.portfolio.inputs import RiskInputError, checked_days, checked_level
from engine.quant.portfolio.tail import Tail

_NORMAL = NormalDist()


def normal_tail(sigma: float, level: float, days: int = 1, mean: float = 0.0) -> Tail:
    """The tail of normal outcomes.

    Args:
        sigma: Standard deviation of one day's outcome, in money.
        mean: Mean of one day's outcome; 0 for short horizons, where it is lost in the noise.

    Raises:
        RiskInputError: A negative sigma, or a level or horizon out of range.
    """
    return cornish_fisher_tail(sigma, 0.0, 0.0, level, days, mean)


def cornish_fisher_tail(
    sigma: float,
    skewness: float,
    excess_kurtosis: float,
    level: float,
    days: int = 1,
    mean: float = 0.0,
) -> Tail:
    """The tail of nearly normal outcomes whose asymmetry and fat tails are known.

    Args:
        sigma: Standard deviation of one day's outcome, in money.
        skewness: Of one day; negative when the large moves are losses.
        excess_kurtosis: Of one day; 0 for the normal.

    Raises:
        RiskInputError: A negative sigma, or a level or horizon out of range.
    """
    if not sigma >= 0.0:
        raise RiskInputError(f"a standard deviation of {sigma} does not exist; it is at least 0")
    share = 1.0 - checked_level(level)
    root = math.sqrt(checked_days(days))
    skew, kurtosis = skewness / root, excess_kurtosis / (root * root)
    z = _NORMAL.inv_cdf(share)
    hazard = _NORMAL.pdf(z) / share
    quantile = _expansion(z, z * z - 1, z**3, skew, kurtosis)
    beyond = _expansion(-hazard, -z * hazard, -(z * z + 2) * hazard, skew, kurtosis)
    spread, drift = sigma * root, mean * root * root
    return Tail(-(drift + spread * quantile), -(drift + spread * beyond))


def _expansion(one: float, two: float, three: float, skew: float, kurtosis: float) -> float:
    """The polynomial in z, z^2 - 1 and z^3, or in their means over the tail."""
    return (
        one
        + two * skew / 6
        + (three - 3 * one) * kurtosis / 24
        - (2 * three - 5 * one) * skew * skew / 36
    )
