"""Historical simulation: today's exposures on each of the past days.

    pnl(t) = sum over assets of exposure x return(t)

Only days on which every asset has a return count, so that the days stay days that happened. More
than one day comes about by the root-time rule (VaR of h days = VaR of one day x sqrt(h), Basel
Committee, "Amendment to the capital accord to incorporate market risks", 1996), which holds for
independent days; overlapping windows would need a history that a young portfolio lacks.

Source: J. Hull, "Options, Futures, and Other Derivatives", chapter "Value at risk and expected
shortfall".
"""

import math

import numpy as np

from engine.quant.portfolio.inputs import (
    FloatArray,
    RiskInputError,
    checked_days,
    checked_returns,
)
from engine.quant.portfolio.tail import Tail, sample_tail


def past_pnl(exposures: FloatArray, returns: FloatArray) -> FloatArray:
    """What the exposures would have made on each complete day; shape (complete days,).

    Raises:
        RiskInputError: Not one exposure for each column of returns.
    """
    checked_returns(returns)
    if exposures.shape != returns.shape[1:]:
        raise RiskInputError(
            f"{exposures.size} exposures do not go with {returns.shape[1]} series of returns"
        )
    complete = ~np.isnan(returns).any(axis=1)
    pnl: FloatArray = returns[complete] @ exposures
    return pnl


def historical_tail(pnl: FloatArray, level: float, days: int = 1) -> Tail:
    """The tail of past daily outcomes, over `days` by the root-time rule.

    Args:
        pnl: One day's profit or loss an entry, as `past_pnl` gives it.

    Raises:
        RiskInputError: As of `sample_tail`, or a horizon out of range.
    """
    return sample_tail(pnl, level).scaled(math.sqrt(checked_days(days)))
