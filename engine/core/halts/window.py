"""The recent extremes of an instrument's trades."""

from collections import deque


class Window:
    """The lowest and highest trade of the recent past, each in constant time.

    Only trades that may yet become an extreme are kept: those with no later one beyond them.
    """

    __slots__ = ("highs", "lows")

    def __init__(self) -> None:
        self.lows: deque[tuple[int, int]] = deque()
        """(ts_ns, price_ticks), prices ascending."""
        self.highs: deque[tuple[int, int]] = deque()
        """(ts_ns, price_ticks), prices descending."""

    def add(self, ts_ns: int, price_ticks: int) -> None:
        """A trade happened."""
        while self.lows and self.lows[-1][1] >= price_ticks:
            self.lows.pop()
        self.lows.append((ts_ns, price_ticks))
        while self.highs and self.highs[-1][1] <= price_ticks:
            self.highs.pop()
        self.highs.append((ts_ns, price_ticks))

    def forget(self, until_ns: int) -> None:
        """Trades of this time or earlier do not count any more."""
        for trades in (self.lows, self.highs):
            while trades and trades[0][0] <= until_ns:
                trades.popleft()

    def lowest(self, otherwise: int) -> int:
        """The lowest price; `otherwise` when there was no trade."""
        return self.lows[0][1] if self.lows else otherwise

    def highest(self, otherwise: int) -> int:
        """The highest price; `otherwise` when there was no trade."""
        return self.highs[0][1] if self.highs else otherwise

    def clear(self) -> None:
        """Begin anew."""
        self.lows.clear()
        self.highs.clear()
