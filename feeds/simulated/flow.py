"""When orders come, on which side, and how large.

Arrivals are a self-exciting process of two kinds, trades and quote changes: each trade makes more
trades and more quote changes likely for a while, each quote change makes more of itself likely
(A. Hawkes, 1971). Kernels are exponential, so the intensity is kept in O(1) per event, and times
are drawn by thinning (Y. Ogata, 1981).

Sides have long memory because large parents are worked in many children: their lengths follow a
power law (F. Lillo, S. Mike, J. D. Farmer, "Theory for long memory in supply and demand", 2005).
"""

import math
from enum import Enum

from feeds.simulated.draws import Draws

_FAST_DECAY_HZ = 6.0
_SLOW_DECAY_HZ = 0.25
_QUOTE_DECAY_HZ = 4.0
_FAST_CHILDREN = 0.35
_SLOW_CHILDREN = 0.30
_QUOTES_PER_TRADE = 3.0
_QUOTES_PER_QUOTE = 0.3
"""Expected direct offspring of one event; below 1 in sum, so that the process stays stable."""
TRADE_RATE_MAX_HZ = 40.0
QUOTE_RATE_MAX_HZ = 250.0
_PARENTS = 3
_PARENT_POWER = 1.5
_CHILDREN_MAX = 400


class Arrival(Enum):
    """What arrives."""

    TRADE = "trade"
    QUOTE = "quote"


class Arrivals:
    """The arrival times of one instrument's orders."""

    __slots__ = ("_draws", "_fast", "_quote", "_quotes_base_hz", "_slow", "_trades_base_hz")

    def __init__(self, trades_hz: float, quotes_hz: float, draws: Draws) -> None:
        """The rates are the means at activity 1, excitation included."""
        self._draws = draws
        self._trades_base_hz = trades_hz * (1.0 - _FAST_CHILDREN - _SLOW_CHILDREN)
        from_trades_hz = _QUOTES_PER_TRADE * trades_hz
        self._quotes_base_hz = max(
            0.2 * quotes_hz, quotes_hz * (1.0 - _QUOTES_PER_QUOTE) - from_trades_hz
        )
        self._fast = self._slow = self._quote = 0.0

    def wait(self, activity: float) -> tuple[float, Arrival | None]:
        """Seconds until the next candidate, and what arrives then; None when thinned out."""
        bound_hz = self._trade_hz(activity) + self._quote_hz(activity)
        wait_s = self._draws.exponential() / bound_hz
        self._decay(wait_s)
        trade_hz = self._trade_hz(activity)
        level_hz = self._draws.uniform() * bound_hz
        if level_hz < trade_hz:
            self._fast += _FAST_CHILDREN * _FAST_DECAY_HZ
            self._slow += _SLOW_CHILDREN * _SLOW_DECAY_HZ
            self._quote += _QUOTES_PER_TRADE * _QUOTE_DECAY_HZ
            return wait_s, Arrival.TRADE
        if level_hz < trade_hz + self._quote_hz(activity):
            self._quote += _QUOTES_PER_QUOTE * _QUOTE_DECAY_HZ
            return wait_s, Arrival.QUOTE
        return wait_s, None

    def _trade_hz(self, activity: float) -> float:
        return min(TRADE_RATE_MAX_HZ, self._trades_base_hz * activity + self._fast + self._slow)

    def _quote_hz(self, activity: float) -> float:
        return min(QUOTE_RATE_MAX_HZ, self._quotes_base_hz * activity + self._quote)

    def _decay(self, wait_s: float) -> None:
        self._fast *= math.exp(-_FAST_DECAY_HZ * wait_s)
        self._slow *= math.exp(-_SLOW_DECAY_HZ * wait_s)
        self._quote *= math.exp(-_QUOTE_DECAY_HZ * wait_s)


class Takers:
    """Who sends market orders: a few large parents at a time, each worked in children."""

    __slots__ = ("_draws", "_left", "_signs", "_trade_lots")

    def __init__(self, trade_lots: int, draws: Draws) -> None:
        self._draws = draws
        self._trade_lots = trade_lots
        self._signs = [1, -1, 1]
        self._left = [1] * _PARENTS

    def sign(self, lean: float) -> int:
        """+1 to buy, -1 to sell; `lean` > 0 makes a newly arriving parent a likelier buyer."""
        uniform = self._draws.uniform
        parent = int(uniform() * _PARENTS)
        if self._left[parent] == 0:
            length = (1.0 - uniform()) ** (-1.0 / _PARENT_POWER)
            self._left[parent] = min(_CHILDREN_MAX, int(length))
            self._signs[parent] = 1 if uniform() < 1.0 / (1.0 + math.exp(-lean)) else -1
        self._left[parent] -= 1
        return self._signs[parent]

    def lots(self) -> int:
        """The size of one order: lognormal, and often a round number as people type them."""
        lots = max(1, round(self._trade_lots * math.exp(1.2 * self._draws.normal())))
        if self._draws.uniform() < 0.3:
            step = int(10 ** (len(str(lots)) - 1))
            return lots // step * step
        return lots
