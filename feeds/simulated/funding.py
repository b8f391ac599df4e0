"""The funding rate of a perpetual, from what it costs above or below its index.

Every second one premium is sampled: how far the prices at which a usual order would trade lie
beyond the index. The rate of an interval is the mean of its premiums, later ones weighing more, and
an interest component that closes most of the gap to it:

    rate = mean + clamp(interest - mean, -0.05 %, 0.05 %)

Source: Binance Futures support pages, "Introduction to Binance Futures Funding Rates".
"""

INTERVAL_NS = 8 * 3600 * 10**9
"""Funding is paid at 00:00, 08:00 and 16:00 UTC."""
INTEREST = 0.0001
_CLAMP = 0.0005
_RATE_MAX = 0.02


class Funding:
    """One perpetual's, of the interval that runs.

    Attributes:
        next_ns: When it is paid.
    """

    __slots__ = ("_samples", "_weighted", "next_ns")

    def __init__(self, start_ns: int) -> None:
        """The premiums before `start_ns` are not known: the first interval is that much shorter."""
        self.next_ns = start_ns - start_ns % INTERVAL_NS + INTERVAL_NS
        self._samples = 0
        self._weighted = 0.0

    def sample(self, ts_ns: int, bid: float, ask: float, index: float) -> None:
        """Another premium.

        Args:
            bid, ask: What a usual order would get and pay.
        """
        if ts_ns >= self.next_ns:
            self.next_ns += INTERVAL_NS
            self._samples, self._weighted = 0, 0.0
        premium = (max(0.0, bid - index) - max(0.0, index - ask)) / index
        self._samples += 1
        self._weighted += self._samples * premium

    @property
    def rate(self) -> float:
        """What longs will pay shorts, as a fraction of the position's value for one interval."""
        weights = self._samples * (self._samples + 1) / 2.0
        mean = self._weighted / weights if weights else 0.0
        rate = mean + min(_CLAMP, max(-_CLAMP, INTEREST - mean))
        return min(_RATE_MAX, max(-_RATE_MAX, rate))
