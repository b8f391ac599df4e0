"""What the risk functions take, and the one way in which they refuse it.

Money is a float in whatever unit the caller counts in, the same for everything in a call; returns
are simple (0.01 is one per cent), oldest first, one column an asset, NaN where there was no price.
"""

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

HORIZON_DAYS_MAX = 365


class RiskInputError(ValueError):
    """A number or shape from which no risk can be computed; the sentence says what could."""


def checked_level(level: float) -> float:
    """A confidence level: 0.95 leaves the worst 5% of outcomes beyond.

    Raises:
        RiskInputError: Not strictly between 0.5 and 1.
    """
    if not 0.5 < level < 1.0:
        raise RiskInputError(f"a level of {level} is not between 0.5 and 1; take 0.95 or 0.99")
    return level


def checked_days(days: int) -> int:
    """A horizon in days.

    Raises:
        RiskInputError: Less than one day or more than a year.
    """
    if not 1 <= days <= HORIZON_DAYS_MAX:
        raise RiskInputError(f"{days} days is no horizon; take 1 to {HORIZON_DAYS_MAX}")
    return days


def checked_returns(returns: FloatArray) -> FloatArray:
    """A matrix of returns.

    Raises:
        RiskInputError: Not two-dimensional, or without a row or a column.
    """
    if returns.ndim != 2 or not returns.size:
        raise RiskInputError(f"returns of shape {returns.shape} are no table of (days, assets)")
    return returns
