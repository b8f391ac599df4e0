"""Prices of this session by the minute, and of each day, until a report makes returns of them.

The session looks at its markets once a second; numerical libraries are not needed for that. Closes
of days outlive the program in `daily_prices.json` of the profile, written at most every ten minutes
by a worker thread.
"""

from pathlib import Path

from feeds.messages import Candle
from tui_exchange.risk.kept_file import KeptFile

FILE_NAME = "daily_prices.json"
MINUTE_NS = 60_000_000_000
DAY_NS = 86_400_000_000_000
MINUTES_MAX = 1_440
DAYS_MAX = 400
SYMBOLS_MAX = 256

Sample = tuple[str, int, float]
"""A symbol, a time and its price then."""


class PriceLog:
    """What prices were.

    Args:
        folder: Of the profile; None forgets everything at the end.

    Attributes:
        volumes: What was traded in the last whole day that a venue told of, in the unit of sizes.
    """

    def __init__(self, folder: Path | None) -> None:
        kind = dict[str, dict[int, float]]
        self._file = KeptFile(folder, FILE_NAME, kind, "the daily prices")
        self._days = self._file.read() or {}
        self._fresh: dict[tuple[int, str], Sample] = {}
        self._history = self._kept_days()
        self.volumes: dict[str, float] = {}

    @property
    def problem(self) -> str:
        """Empty, or a sentence: the prices could not be read or cannot be kept."""
        return self._file.problem

    def take(self, symbol: str, ts_ns: int, price: float) -> None:
        """A price now; the last of a minute stays."""
        self._fresh[ts_ns // MINUTE_NS, symbol] = (symbol, ts_ns, price)
        while len(self._fresh) > MINUTES_MAX * SYMBOLS_MAX // 8:
            del self._fresh[next(iter(self._fresh))]
        self._close_of_day(symbol, ts_ns // DAY_NS, price)

    def take_candle(self, candle: Candle) -> None:
        """A whole day that a venue tells of; other intervals say nothing that is not seen live."""
        if candle.interval_ns != DAY_NS or not candle.closed:
            return
        price, volume = float(candle.close), float(candle.volume)
        if price > 0:
            self._close_of_day(candle.symbol, candle.open_ns // DAY_NS, price)
            self._history.append((candle.symbol, candle.open_ns, price))
        if volume > 0:
            self.volumes[candle.symbol] = volume

    def drain(self) -> tuple[tuple[Sample, ...], tuple[Sample, ...]]:
        """What nobody took yet: closes of earlier days, and prices of this session."""
        history, fresh = tuple(self._history), tuple(self._fresh.values())
        self._history, self._fresh = [], {}
        return history, fresh

    def keep(self) -> None:
        """Write the closes of days; may run in a thread of its own."""
        self._file.write({symbol: dict(days) for symbol, days in dict(self._days).items()})

    def _kept_days(self) -> list[Sample]:
        return [
            (symbol, day * DAY_NS, price)
            for symbol, days in self._days.items()
            for day, price in sorted(days.items())
            if price > 0
        ]

    def _close_of_day(self, symbol: str, day: int, price: float) -> None:
        days = self._days.get(symbol)
        if days is None:
            if len(self._days) >= SYMBOLS_MAX:
                return
            days = self._days[symbol] = {}
        days[day] = price
        while len(days) > DAYS_MAX:
            del days[min(days)]
