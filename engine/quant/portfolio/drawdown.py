"""How far a value stands below its highest, now and at worst.

    drawdown(t) = 1 - value(t) / max(value(s), s <= t)          0.25 is a quarter below the peak

Source: M. Magdon-Ismail, A. Atiya, "Maximum drawdown", Risk 17 (2004).
"""

from dataclasses import dataclass

import numpy as np

from engine.quant.portfolio.inputs import FloatArray, RiskInputError


@dataclass(frozen=True, slots=True)
class Drawdown:
    """Shares of the peak, positive; indexes count samples from the oldest."""

    current: float
    since: int
    """The last sample that stood at the peak which `current` is measured from."""
    maximum: float
    peak: int
    trough: int
    """The worst fall went from the sample `peak` to the sample `trough`."""


def drawdown(values: FloatArray) -> Drawdown:
    """The fall from the peak of a value over time.

    Args:
        values: Oldest first, positive at the start; a value below 0 is a fall of more than 1.

    Raises:
        RiskInputError: No values, one that is not finite, or a start that is not positive.
    """
    if values.ndim != 1 or not values.size or not bool(np.isfinite(values).all()):
        raise RiskInputError("a drawdown needs a row of finite values")
    if values[0] <= 0.0:
        raise RiskInputError(f"a drawdown from {values[0]} has no meaning; start above 0")
    peaks = np.maximum.accumulate(values)
    falls = 1.0 - values / peaks
    trough = int(falls.argmax())
    return Drawdown(
        current=float(falls[-1]),
        since=_last_at(values, float(peaks[-1]), values.size),
        maximum=float(falls[trough]),
        peak=_last_at(values, float(peaks[trough]), trough + 1),
        trough=trough,
    )


def _last_at(values: FloatArray, peak: float, end: int) -> int:
    return int(np.flatnonzero(values[:end] == peak)[-1])
