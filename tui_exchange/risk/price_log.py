"""Prices by the minute and by the day, until a report makes returns of them.

The session looks at its markets once a second; numerical libraries are not needed for that. The
closes of days and of the last minutes outlive the program in `prices.json` of the profile.
"""

from pathlib import Path

import msgspec

from feeds.messages import Candle
from tui_exchange.risk.kept_file import KeptFile

FILE_NAME = "prices.json"
MINUTE_NS = 60_000_000_000
DAY_NS = 86_400_000_000_000
MINUTES_KEPT = 240
FRESH_MAX = 50_000
DAYS_KEPT = 400
SYMBOLS_MAX = 256

Sample = tuple[str, int, float]
"""A symbol, a time and its price then: a statistic, never money."""
Closes = dict[str, dict[int, float]]
"""Price by number of the minute or day since 1970, by symbol."""


class KeptPrices(msgspec.Struct, frozen=True):
    """What the file has."""

    days: Closes = {}
    minutes: Closes = {}


class News(msgspec.Struct, frozen=True):
    """Samples that nobody took yet: closes of days, of earlier minutes, and prices since."""

    days: tuple[Sample, ...]
    minutes: tuple[Sample, ...]
    fresh: tuple[Sample, ...]


class PriceLog:
    """What prices were.

    Args:
        folder: Of the profile; None forgets everything at the end.

    Attributes:
        volumes: What was traded in the last whole day that a venue told of, in the unit of sizes.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = KeptFile(folder, FILE_NAME, KeptPrices, "past prices")
        kept = self._file.read() or KeptPrices()
        self._days, self._minutes = kept.days, kept.minutes
        self._new_days = _samples(kept.days, DAY_NS)
        self._new_minutes = _samples(kept.minutes, MINUTE_NS)
        self._fresh: dict[tuple[int, str], Sample] = {}
        self.volumes: dict[str, float] = {}

    @property
    def problem(self) -> str:
        """Empty, or a sentence: the prices could not be read or cannot be kept."""
        return self._file.problem

    def take(self, symbol: str, ts_ns: int, price: float) -> None:
        """A price now; the last of a minute stays."""
        minute = ts_ns // MINUTE_NS
        self._fresh[minute, symbol] = (symbol, ts_ns, price)
        if len(self._fresh) > FRESH_MAX:
            del self._fresh[next(iter(self._fresh))]
        _close(self._minutes, symbol, minute, price, MINUTES_KEPT)
        _close(self._days, symbol, ts_ns // DAY_NS, price, DAYS_KEPT)

    def take_candle(self, candle: Candle) -> None:
        """A whole day that a venue tells of; other intervals say nothing that is not seen live."""
        if candle.interval_ns != DAY_NS or not candle.closed:
            return
        price, volume = float(candle.close), float(candle.volume)
        if price > 0:
            _close(self._days, candle.symbol, candle.open_ns // DAY_NS, price, DAYS_KEPT)
            self._new_days.append((candle.symbol, candle.open_ns, price))
        if volume > 0:
            self.volumes[candle.symbol] = volume

    def drain(self) -> News:
        """What nobody took yet."""
        news = News(tuple(self._new_days), tuple(self._new_minutes), tuple(self._fresh.values()))
        self._new_days, self._new_minutes, self._fresh = [], [], {}
        return news

    def keep(self) -> None:
        """Write the closes."""
        self._file.write(KeptPrices(self._days, self._minutes))


def _samples(closes: Closes, period_ns: int) -> list[Sample]:
    return [
        (symbol, number * period_ns, price)
        for symbol, by_number in closes.items()
        for number, price in sorted(by_number.items())
        if price > 0 and number >= 0
    ]


def _close(closes: Closes, symbol: str, number: int, price: float, kept: int) -> None:
    by_number = closes.get(symbol)
    if by_number is None:
        if len(closes) >= SYMBOLS_MAX:
            return
        by_number = closes[symbol] = {}
    by_number[number] = price
    if len(by_number) > kept:
        del by_number[min(by_number)]
