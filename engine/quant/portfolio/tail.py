"""Value at risk and expected shortfall of a sample of outcomes.

Losses are positive. At level c, of n outcomes, with the losses L sorted from the worst:

- value at risk is the sample quantile by linear interpolation between order statistics (type 7 of
  R. Hyndman, Y. Fan, "Sample quantiles in statistical packages", 1996: numpy's default), that is
  at position (n - 1)(1 - c) from the worst;
- expected shortfall is the mean of the worst n(1 - c) outcomes, the last of them counted with the
  fraction that is left (R. Rockafellar, S. Uryasev, "Conditional value-at-risk for general loss
  distributions", 2002; C. Acerbi, D. Tasche, "On the coherence of expected shortfall", 2002). It
  is coherent in samples too, and never below the value at risk.
"""

from dataclasses import dataclass

import numpy as np

from engine.quant.portfolio.inputs import FloatArray, RiskInputError, checked_level


@dataclass(frozen=True, slots=True)
class Tail:
    """How bad it gets, in the unit of the outcomes; losses positive, a negative one is a gain."""

    value_at_risk: float
    """The loss that is not exceeded with the probability of the level."""
    expected_shortfall: float
    """The mean loss in the cases beyond."""

    def scaled(self, factor: float) -> "Tail":
        """The same tail in other units, or over another horizon by the root-time rule."""
        return Tail(self.value_at_risk * factor, self.expected_shortfall * factor)


def sample_tail(pnl: FloatArray, level: float) -> Tail:
    """The tail of equally likely outcomes.

    Args:
        pnl: Profits (positive) and losses (negative), in any order; shape (n,).
        level: 0.95 or 0.99.

    Raises:
        RiskInputError: No outcomes, one that is not finite, or a level out of range.
    """
    if pnl.ndim != 1 or not pnl.size or not bool(np.isfinite(pnl).all()):
        raise RiskInputError("a tail needs a row of finite outcomes; drop the missing ones first")
    share = 1.0 - checked_level(level)
    count = share * pnl.size
    whole = int(count)
    kept = min(pnl.size, whole + 2)
    worst = -np.sort(np.partition(pnl, kept - 1)[:kept])
    beyond = float(worst[:whole].sum()) + (count - whole) * float(worst[min(whole, kept - 1)])
    return Tail(_interpolated(worst, (pnl.size - 1) * share), beyond / count)


def _interpolated(worst: FloatArray, position: float) -> float:
    low = int(position)
    high = min(low + 1, worst.size - 1)
    return float(worst[low] + (position - low) * (worst[high] - worst[low]))
