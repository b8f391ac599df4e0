"""What a benchmark reports, and what it is measured against."""

from dataclasses import dataclass
from enum import Enum

SECONDS_OF = {"µs": 1e-6, "ms": 1e-3, "s": 1.0}


class Bound(Enum):
    """On which side of its target a figure should be."""

    AT_LEAST = "≥"
    AT_MOST = "≤"


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure has to reach."""

    bound: Bound
    value: float

    def met_by(self, value: float) -> bool:
        """Whether a value is on the right side, the target itself included."""
        return value >= self.value if self.bound is Bound.AT_LEAST else value <= self.value


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number."""

    what: str
    value: float
    unit: str
    """`/s` for a rate; `µs`, `ms` or `s` for a time; or a plain unit such as `KB`."""
    target: Target | None = None

    def loops(self, loops_per_s: float) -> float | None:
        """How many turns of the calibration loop one unit of this work costs; None for no time."""
        if self.unit == "/s":
            return loops_per_s / self.value
        if self.unit in SECONDS_OF:
            return self.value * SECONDS_OF[self.unit] * loops_per_s
        return None


class BenchmarkFailed(Exception):
    """A benchmark could not be run; the sentence says why and what to do."""


def at_least(value: float) -> Target:
    """A target that higher figures meet."""
    return Target(Bound.AT_LEAST, value)


def at_most(value: float) -> Target:
    """A target that lower figures meet."""
    return Target(Bound.AT_MOST, value)
