"""The premium: how far a perpetual trades from its index, noted now and then, weighed by time."""

import msgspec

from engine.core.units import prorate_half_even

PPB = 1_000_000_000


class Premium(msgspec.Struct):
    """What was noted in the present interval; each premium holds until the next one is noted.

    Attributes:
        latest_ppb: The one that holds now, in billionths of the index; None before the first.
        since_ns: Until when it is counted in.
        weighted: The sum of each premium times the nanoseconds for which it held.
        covered_ns: For how much of the interval any premium held.
    """

    latest_ppb: int | None = None
    since_ns: int = 0
    weighted: int = 0
    covered_ns: int = 0

    def note(self, at_ns: int, premium_ppb: int) -> None:
        """A premium holds from now on."""
        self._count_until(at_ns)
        self.latest_ppb = premium_ppb

    def mean_ppb(self, at_ns: int) -> int:
        """The time-weighted mean so far; without any time, the latest; 0 before the first."""
        if self.latest_ppb is None:
            return 0
        held_ns = max(0, at_ns - self.since_ns)
        covered_ns = self.covered_ns + held_ns
        if not covered_ns:
            return self.latest_ppb
        return prorate_half_even(self.weighted + self.latest_ppb * held_ns, 1, covered_ns)

    def begin(self, at_ns: int) -> None:
        """A new interval begins, in which the latest premium holds on."""
        self.weighted = self.covered_ns = 0
        self.since_ns = at_ns

    def _count_until(self, at_ns: int) -> None:
        if self.latest_ppb is not None:
            held_ns = at_ns - self.since_ns
            self.weighted += self.latest_ppb * held_ns
            self.covered_ns += held_ns
        self.since_ns = at_ns


def premium_ppb(mark_ticks: int, index_ticks: int) -> int:
    """How far a mark lies above its index, in billionths of the index, half even."""
    return prorate_half_even((mark_ticks - index_ticks) * PPB, 1, index_ticks)
