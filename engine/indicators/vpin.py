"""VPIN, the volume-synchronised probability of informed trading: how one-sided trading is.

Volume is cut into buckets of equal size. With the volume bought and sold by aggressors in each,

    VPIN = sum |bought - sold| / sum (bought + sold)        over the last n full buckets

from 0 (both sides trade alike) to 1 (only one side does). It is high when those who quote are being
run over. Since the aggressor of every trade is known, trades are not classified by price changes
as in the paper; one that is larger than what a bucket lacks is split between buckets.

Source: D. Easley, M. López de Prado, M. O'Hara, "Flow toxicity and liquidity in a high-frequency
world", Review of Financial Studies 25 (2012).
"""

from collections import deque

BUCKETS = 50
"""How many full buckets count, as in the paper."""


class Vpin:
    """Toxicity, kept up with every trade.

    Args:
        bucket: Volume of one bucket in lots, positive. The paper takes a fiftieth of a day's.
        buckets: How many full ones count.
    """

    __slots__ = ("_bought", "_buckets", "_full", "_sold", "_uneven", "bucket")

    def __init__(self, bucket: int, buckets: int = BUCKETS) -> None:
        if bucket < 1 or buckets < 1:
            raise ValueError(f"{buckets} buckets of {bucket} lots are none; both are at least 1")
        self.bucket = bucket
        self._full: deque[int] = deque()
        self._buckets = buckets
        self._uneven = 0
        """The sum of what is in `_full`: each bucket's |bought - sold|."""
        self._bought = self._sold = 0

    @property
    def full(self) -> int:
        """How many full buckets there are; at most as many as count."""
        return len(self._full)

    @property
    def filled(self) -> int:
        """Lots in the bucket that is being filled."""
        return self._bought + self._sold

    @property
    def value(self) -> float | None:
        """From 0 to 1, over the full buckets that there are; None before the first."""
        if not self._full:
            return None
        return self._uneven / (len(self._full) * self.bucket)

    def take(self, lots: int, bought: bool) -> None:
        """One trade; `bought` when its aggressor was a buyer."""
        room = self.bucket - self.filled
        if lots < room:
            self._add(lots, bought)
            return
        self._add(room, bought)
        self._push(abs(self._bought - self._sold))
        self._bought = self._sold = 0
        whole, left = divmod(lots - room, self.bucket)
        for _ in range(min(whole, self._buckets)):
            self._push(self.bucket)
        self._add(left, bought)

    def _add(self, lots: int, bought: bool) -> None:
        if bought:
            self._bought += lots
        else:
            self._sold += lots

    def _push(self, uneven: int) -> None:
        if len(self._full) == self._buckets:
            self._uneven -= self._full.popleft()
        self._full.append(uneven)
        self._uneven += uneven
