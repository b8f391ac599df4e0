"""When orders come, on which side, and how large.

Arrivals are a self-exciting process of buys and sells: each makes more of its own side likely for a
while, and in part more of the other (A. Hawkes, 1971; E. Bacry, I. Mastromatteo, J.-F. Muzy,
"Hawkes processes in finance", 2015). Kernels are sums of three exponentials, from a fraction of a
second to half a minute, so intensities are kept in O(1) per event, and times are drawn by thinning
(Y. Ogata, 1981). What nothing excited is the child of a large parent.

Sides have long memory because large parents are worked in many children: their lengths follow a
power law (F. Lillo, S. Mike, J. D. Farmer, "Theory for long memory in supply and demand", 2005).
"""

import math
from enum import Enum

from feeds.simulated.draws import Draws, added

_KERNELS = ((6.0, 0.22), (0.6, 0.14), (0.04, 0.1))
"""(decay per second, expected direct offspring) of one order; below 1 in sum, so that the process
stays stable."""
_OWN_SIDE = 0.82
"""Share of the offspring on the side of their origin."""
_OFFSPRING = added(offspring for _, offspring in _KERNELS)
RATE_MAX_HZ = 30.0
"""No instrument takes more orders a second; what is beyond it is lost."""
_PARENTS = 3
_PARENT_POWER = 1.35
_CHILDREN_MAX = 600
_ROUND_SHARE = 0.3
_CERTAIN = 100.0
"""Log odds beyond which nothing is left to chance; in a crash the price leans far further."""


class Arrival(Enum):
    """What arrives."""

    CHILD = "child"
    """Of a parent, on the parent's side."""
    BUY = "buy"
    SELL = "sell"


class Arrivals:
    """The arrival times of one instrument's taking orders."""

    __slots__ = ("_base_hz", "_buys", "_draws", "_now_hz", "_sells")

    def __init__(self, trades_hz: float, draws: Draws) -> None:
        """`trades_hz` is the mean rate at activity 1, excitation included."""
        self._draws = draws
        self._base_hz = self._now_hz = trades_hz * (1.0 - _OFFSPRING)
        self._buys = [0.0] * len(_KERNELS)
        self._sells = [0.0] * len(_KERNELS)

    @property
    def lean(self) -> float:
        """How one-sided the excitement is, from -1 for sells to 1 for buys, in shares of all."""
        buys, sells = added(self._buys), added(self._sells)
        return (buys - sells) / (buys + sells + self._now_hz)

    @property
    def excited_share(self) -> float:
        """The share of the next order's likelihood that is not a parent's child."""
        excited = added(self._buys) + added(self._sells)
        return excited / (excited + self._now_hz)

    def wait(self, activity: float) -> tuple[float, Arrival | None]:
        """Seconds until the next candidate, and what arrives then; None when thinned out."""
        buys, sells = self._buys, self._sells
        base_hz = self._now_hz = self._base_hz * activity
        bound_hz = min(RATE_MAX_HZ, base_hz + added(buys) + added(sells))
        wait_s = self._draws.exponential() / bound_hz
        for index, (decay_hz, _) in enumerate(_KERNELS):
            kept = math.exp(-decay_hz * wait_s)
            buys[index] *= kept
            sells[index] *= kept
        level_hz = self._draws.uniform() * bound_hz
        buy_hz, sell_hz = added(buys), added(sells)
        total_hz = base_hz + buy_hz + sell_hz
        if total_hz > RATE_MAX_HZ:
            level_hz *= total_hz / RATE_MAX_HZ
        if level_hz < base_hz:
            return wait_s, Arrival.CHILD
        if level_hz < base_hz + buy_hz:
            return wait_s, Arrival.BUY
        return wait_s, Arrival.SELL if level_hz < total_hz else None

    def excite(self, sign: int) -> None:
        """Somebody bought (+1) or sold (-1): more of it is likely now."""
        own, other = (self._buys, self._sells) if sign > 0 else (self._sells, self._buys)
        for index, (decay_hz, offspring) in enumerate(_KERNELS):
            excited_hz = decay_hz * offspring
            own[index] += _OWN_SIDE * excited_hz
            other[index] += (1.0 - _OWN_SIDE) * excited_hz


class Takers:
    """Who sends market orders: a few large parents at a time, each worked in children."""

    __slots__ = ("_draws", "_left", "_signs", "_trade_lots")

    def __init__(self, trade_lots: int, draws: Draws) -> None:
        self._draws = draws
        self._trade_lots = trade_lots
        self._signs = [0] * _PARENTS
        self._left = [0] * _PARENTS

    def sign(self, lean: float) -> int:
        """+1 to buy, -1 to sell; `lean` > 0 makes a newly arriving parent a likelier buyer."""
        uniform = self._draws.uniform
        parent = int(uniform() * _PARENTS)
        if self._left[parent] == 0:
            length = (1.0 - uniform()) ** (-1.0 / _PARENT_POWER)
            self._left[parent] = min(_CHILDREN_MAX, int(length))
            odds_against = math.exp(min(_CERTAIN, -lean))
            self._signs[parent] = 1 if uniform() < 1.0 / (1.0 + odds_against) else -1
        self._left[parent] -= 1
        return self._signs[parent]

    def expected_sign(self, lean: float) -> float:
        """The mean of what `sign` would say next."""
        unborn = math.tanh(lean / 2.0)
        signs = [
            sign if left else unborn for sign, left in zip(self._signs, self._left, strict=True)
        ]
        return added(signs) / _PARENTS

    def lots(self) -> int:
        """The size of one order: lognormal, and often a round number as people type them."""
        lots = max(1, round(self._trade_lots * math.exp(1.2 * self._draws.normal())))
        if self._draws.uniform() < _ROUND_SHARE:
            step = int(10 ** (len(str(lots)) - 1))
            return lots // step * step
        return lots
