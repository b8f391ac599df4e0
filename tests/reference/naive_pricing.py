"""What was said of marks, indexes and funding, and when."""

from dataclasses import dataclass, field

from engine.core.commands import ConfigureFunding, ConfigureOracle
from engine.core.events import OracleStatus

MINUTE_NS = 60 * 10**9


@dataclass(frozen=True)
class Said:
    """A price that somebody stated."""

    ticks: int
    at_ns: int
    confidence_ppm: int = 0


@dataclass
class NaiveOracle:
    terms: ConfigureOracle
    status: OracleStatus = OracleStatus.OK
    mark: Said | None = None
    """What was stated as the mark, whether or not it is the mark."""
    index: Said | None = None
    """What was stated as the index itself."""
    sources: dict[str, Said] = field(default_factory=dict)


@dataclass
class NaiveFunding:
    terms: ConfigureFunding
    next_ns: int
    """The next boundary."""
    stated_ppb: int | None = None
    """What the venue published last."""
    damped_ppb: int = 0
    premiums: list[tuple[int, int]] = field(default_factory=list)
    """(since when, premium in billionths), in order: each holds until the next."""


def next_multiple(now_ns: int, period_ns: int) -> int:
    """The first multiple of a period after a time."""
    return (now_ns // period_ns + 1) * period_ns
