"""The displayed book of one instrument, in the venue's exact text.

Each side keeps its levels by rank, `rank = sign * price` (in 10^-18), with sign +1 for bids and
-1 for asks, so that on both sides a higher rank is a better price. Only the ranks near the touch
are kept sorted: most changes of a deep book are far from it, and cost no more than a dictionary.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator

from feeds.exact_text import NUMBERS, ZEROS
from feeds.messages import BookDelta, BookSnapshot, Levels

Level = tuple[str, str]

NEAR = 64
"""Twice as many ranks are kept sorted at first; when they are twice as many again, the rest is let
go."""
BELOW_ALL = -(10**60)
"""A rank below that of every price."""


class BookSide:
    """The levels of one side; a size of zero removes one, and removing what is not there is
    nothing.

    Attributes:
        levels: All of them, by rank, in no order.
    """

    __slots__ = ("_floor", "_near", "_wanted", "levels", "sign")

    def __init__(self, sign: int) -> None:
        self.sign = sign
        self.levels: dict[int, Level] = {}
        self._near: list[int] = []
        """Sorted with the best last: the ranks of all levels from `_floor` on. Empty only while
        there are no levels."""
        self._floor = BELOW_ALL
        self._wanted = NEAR
        """How many of the best levels are asked for, which are best kept sorted."""

    def replace(self, levels: Levels) -> None:
        """Forget everything and show these levels."""
        self.levels = {}
        for level in levels:
            rank = self.sign * NUMBERS[level[0]]
            if level[1] in ZEROS:
                self.levels.pop(rank, None)
            else:
                self.levels[rank] = level
        self._sort()

    def change(self, changes: Iterable[Level]) -> None:
        """Show these sizes at these prices."""
        sign, levels, near, floor = self.sign, self.levels, self._near, self._floor
        numbers, zeros = NUMBERS, ZEROS
        for level in changes:
            price, size = level
            rank = sign * numbers[price]
            if size in zeros:
                if levels.pop(rank, None) is not None and rank >= floor:
                    del near[bisect_left(near, rank)]
            else:
                if rank >= floor and rank not in levels:
                    insort(near, rank)
                levels[rank] = level
        if not near and levels:
            self._sort()
        elif len(near) > 4 * self._wanted:
            del near[: -2 * self._wanted]
            self._floor = near[0]

    def trim(self, depth: int) -> list[Level]:
        """Forget the levels beyond the best `depth`; gives them as removals."""
        extra = len(self.levels) - depth
        if extra <= 0:
            return []
        near = self._sorted(len(self.levels))
        beyond = near[:extra]
        del near[:extra]
        return [(self.levels.pop(rank)[0], "0") for rank in beyond]

    def best(self) -> Level | None:
        """(price, size) at the touch."""
        return self.levels[self._near[-1]] if self._near else None

    def best_rank(self) -> int:
        """The rank of the touch; below that of every price where there is none."""
        return self._near[-1] if self._near else BELOW_ALL

    def top(self, count: int | None = None) -> list[Level]:
        """The best `count` levels, or all, best first."""
        levels = self.levels
        if count is None:
            return [levels[rank] for rank in sorted(levels, reverse=True)]
        near = self._sorted(min(count, len(levels)))
        return [levels[rank] for rank in near[: -count - 1 : -1]]

    def best_first(self) -> Iterator[Level]:
        """All levels, best first, sorted as far as they are asked for; it must not change
        meanwhile."""
        given = 0
        while given < len(self.levels):
            near = self._sorted(given + 1)
            for rank in near[-given - 1 :: -1]:
                yield self.levels[rank]
            given = len(near)

    def _sorted(self, count: int) -> list[int]:
        """The sorted ranks, at least so many of them."""
        if len(self._near) < count:
            self._wanted = max(self._wanted, count)
            self._sort()
        return self._near

    def _sort(self) -> None:
        """Sort the ranks anew, and keep twice as many as are wanted."""
        ranks = sorted(self.levels)
        far = max(0, len(ranks) - 2 * self._wanted)
        self._near = ranks[far:]
        self._floor = self._near[0] if far else BELOW_ALL


class LocalBook:
    """One instrument's book; empty until a snapshot is applied.

    Attributes:
        depth_max: Levels a side that the venue tells of; None for all.
        update_id: Of the last update applied; None while nothing is known.
    """

    __slots__ = ("asks", "bids", "depth_max", "update_id")

    def __init__(self) -> None:
        self.bids = BookSide(1)
        self.asks = BookSide(-1)
        self.depth_max: int | None = None
        self.update_id: int | None = None

    def load(self, snapshot: BookSnapshot) -> None:
        """Discard what was known and show this snapshot."""
        self.bids.replace(snapshot.bids)
        self.asks.replace(snapshot.asks)
        self.depth_max = snapshot.depth_max
        self.update_id = snapshot.update_id

    def apply(self, delta: BookDelta) -> None:
        """Apply an update; whether it follows the last one is the caller's to know."""
        self.bids.change(delta.bids)
        self.asks.change(delta.asks)
        self.update_id = delta.last_update_id

    def trim(self) -> tuple[list[Level], list[Level]]:
        """Forget the levels that the venue tells nothing of; gives them as removals, bids first."""
        if self.depth_max is None:
            return [], []
        return self.bids.trim(self.depth_max), self.asks.trim(self.depth_max)

    def clear(self) -> None:
        """Know nothing."""
        self.bids = BookSide(1)
        self.asks = BookSide(-1)
        self.update_id = None

    def crossed(self) -> bool:
        """Whether the best bid reaches the best ask, which no continuous market displays."""
        return self.bids.best_rank() + self.asks.best_rank() >= 0

    def touch(self) -> tuple[Level | None, Level | None]:
        """The best bid and the best ask."""
        return self.bids.best(), self.asks.best()

    def snapshot(self, symbol: str, received_ns: int) -> BookSnapshot | None:
        """The book as a message; None while nothing is known."""
        if self.update_id is None:
            return None
        return BookSnapshot(
            received_ns=received_ns,
            symbol=symbol,
            update_id=self.update_id,
            bids=tuple(self.bids.top()),
            asks=tuple(self.asks.top()),
        )
