"""How far this machine's clock is from a venue's, as far as messages can tell.

A message cannot arrive before it was sent, and over a minute the fastest of many takes little. So a
latency below zero means that our clock is behind by that much at least, and when even the fastest
takes longer than any network does, it is ahead.
"""

WINDOW_NS = 60_000_000_000
SUSPECT_AHEAD_NS = 2_000_000_000
"""No network that brings live prices takes so long at its best."""


class ClockSkew:
    """The fastest message of the last minute or two."""

    __slots__ = ("_before_ns", "_fastest_ns", "_since_ns")

    def __init__(self) -> None:
        self._since_ns = 0
        self._fastest_ns: int | None = None
        self._before_ns: int | None = None

    def seen(self, now_ns: int, latency_ns: int) -> None:
        """A message took this long, by both clocks."""
        if now_ns - self._since_ns > WINDOW_NS:
            self._before_ns, self._fastest_ns = self._fastest_ns, None
            self._since_ns = now_ns
        if self._fastest_ns is None or latency_ns < self._fastest_ns:
            self._fastest_ns = latency_ns

    def excess_ns(self) -> int | None:
        """By how much our clock is ahead, or behind as a negative number; None when it is right as
        far as can be told."""
        known = [each for each in (self._fastest_ns, self._before_ns) if each is not None]
        fastest_ns = min(known, default=0)
        return fastest_ns if fastest_ns < 0 or fastest_ns > SUSPECT_AHEAD_NS else None
