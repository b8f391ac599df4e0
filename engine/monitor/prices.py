"""A bounded memory of prices, one a minute and one a day, from which returns are made.

Each symbol has two rings: the last price seen in each of the past 1,440 minutes and in each of the
past 400 UTC days. A price is written into the slot of its time, so a hole is a slot that was never
written, and what arrives late changes only the past that it belongs to.

Returns carry the last price over short holes (a market that is closed over a weekend does not move,
and moves at once when it opens) but not over long ones, after which the first return is missing.
Prices are kept as floats: only statistics are made of them, never money.
"""

from collections.abc import Iterable
from enum import Enum

import numpy as np

from engine.monitor.book import Returns
from engine.quant.portfolio import FloatArray, RiskInputError

MINUTE_NS = 60_000_000_000
DAY_NS = 86_400_000_000_000
SYMBOLS_MAX = 256
"""Of more, the one that was silent longest is forgotten."""
_NEVER = -1


class Grid(Enum):
    """How often a sample is kept."""

    MINUTE = "minute"
    DAY = "day"

    @property
    def period_ns(self) -> int:
        """The length of a slot."""
        return MINUTE_NS if self is Grid.MINUTE else DAY_NS

    @property
    def slots(self) -> int:
        """How many samples are kept."""
        return 1_440 if self is Grid.MINUTE else 400

    @property
    def hole_max(self) -> int:
        """Over how many missing samples a price is carried: half an hour, or a long weekend."""
        return 30 if self is Grid.MINUTE else 4

    @property
    def rows_per_day(self) -> float:
        """Samples in a day."""
        return DAY_NS / self.period_ns


class _Ring:
    """The samples of one symbol on one grid; where a slot's number is another's, it is a hole."""

    __slots__ = ("last", "numbers", "prices")

    def __init__(self, slots: int) -> None:
        self.numbers = np.full(slots, _NEVER, dtype=np.int64)
        self.prices = np.zeros(slots)
        self.last = _NEVER

    def put(self, number: int, price: float) -> None:
        at = number % self.numbers.size
        if number >= self.numbers[at]:
            self.numbers[at] = number
            self.prices[at] = price
            self.last = max(self.last, number)

    def has(self, number: int) -> bool:
        return bool(self.numbers[number % self.numbers.size] == number)

    def window(self, last: int) -> FloatArray:
        """Prices of the slots up to `last`, NaN where there are none."""
        wanted = np.arange(last - self.numbers.size + 1, last + 1)
        at = wanted % self.numbers.size
        return np.where(self.numbers[at] == wanted, self.prices[at], np.nan)


class PriceSamples:
    """The prices of up to `SYMBOLS_MAX` symbols; not for use by two threads at once."""

    def __init__(self) -> None:
        self._rings: dict[str, dict[Grid, _Ring]] = {}
        self._heard_ns: dict[str, int] = {}

    @property
    def symbols(self) -> tuple[str, ...]:
        """What is remembered, in order of first appearance."""
        return tuple(self._rings)

    def take(self, symbol: str, ts_ns: int, price: float) -> None:
        """A price at a time; within a slot the last one taken stays.

        Raises:
            RiskInputError: A price that is not positive and finite, or a time before 1970.
        """
        self._check(symbol, ts_ns, price)
        rings = self._rings.get(symbol) or self._begin(symbol)
        self._heard_ns[symbol] = max(ts_ns, self._heard_ns[symbol])
        for grid, ring in rings.items():
            ring.put(ts_ns // grid.period_ns, price)

    def seed(self, symbol: str, grid: Grid, samples: Iterable[tuple[int, float]]) -> None:
        """Closing prices from a history, as (time within the slot, price), oldest first.

        Where a price is known already it stays: what was seen live is newer than a history.
        """
        for ts_ns, price in samples:
            self._check(symbol, ts_ns, price)
            rings = self._rings.get(symbol) or self._begin(symbol)
            self._heard_ns[symbol] = max(ts_ns, self._heard_ns[symbol])
            number = ts_ns // grid.period_ns
            if not rings[grid].has(number):
                rings[grid].put(number, price)

    def returns(self, symbols: Iterable[str], grid: Grid) -> Returns:
        """Aligned returns of the symbols that are remembered; rows that all lack are left out."""
        known = tuple(dict.fromkeys(symbol for symbol in symbols if symbol in self._rings))
        last = max((self._rings[symbol][grid].last for symbol in known), default=_NEVER)
        if last == _NEVER:
            return Returns.none()
        prices = np.column_stack([self._rings[symbol][grid].window(last) for symbol in known])
        carried = carry(prices, grid.hole_max)
        table = carried[1:] / carried[:-1] - 1.0
        kept = ~np.isnan(table).all(axis=1)
        return Returns(known, table[kept], grid.rows_per_day)

    def best_returns(self, symbols: Iterable[str], rows_min: int = 60) -> Returns:
        """Daily returns when every remembered symbol has `rows_min` of them, else by the minute."""
        wanted = tuple(symbols)
        daily = self.returns(wanted, Grid.DAY)
        enough = daily.keys and bool(((~np.isnan(daily.table)).sum(axis=0) >= rows_min).all())
        return daily if enough else self.returns(wanted, Grid.MINUTE)

    def _check(self, symbol: str, ts_ns: int, price: float) -> None:
        if not (price > 0.0 and np.isfinite(price)):
            raise RiskInputError(f"{price} is no price of {symbol}; it must be positive and finite")
        if ts_ns < 0:
            raise RiskInputError(f"{ts_ns} ns is no time of {symbol}; count from 1970")

    def _begin(self, symbol: str) -> dict[Grid, _Ring]:
        if len(self._rings) == SYMBOLS_MAX:
            silent = min(self._heard_ns, key=self._heard_ns.__getitem__)
            del self._rings[silent], self._heard_ns[silent]
        self._heard_ns[symbol] = 0
        self._rings[symbol] = {grid: _Ring(grid.slots) for grid in Grid}
        return self._rings[symbol]


def carry(prices: FloatArray, hole_max: int) -> FloatArray:
    """Prices, the last one carried over up to `hole_max` missing rows; shape (rows, symbols)."""
    rows = np.arange(prices.shape[0])[:, None]
    seen = np.where(np.isnan(prices), -1, rows)
    latest = np.maximum.accumulate(seen, axis=0)
    fresh = (latest >= 0) & (rows - latest <= hole_max)
    carried = np.take_along_axis(prices, np.maximum(latest, 0), axis=0)
    return np.where(fresh, carried, np.nan)
