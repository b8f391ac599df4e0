"""The displayed book of one instrument, in the venue's exact text.

Each side keeps its levels by rank, `rank = sign * price` (in 10^-18), with sign +1 for bids and
-1 for asks, so that on both sides a higher rank is a better price. The ranks are kept sorted
with the best last: books change near the touch, so an insertion moves little.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable

from feeds.exact_text import NUMBERS
from feeds.messages import BookDelta, BookSnapshot, Levels

Level = tuple[str, str]


class BookSide:
    """The levels of one side; a size of zero removes one, and removing what is not there is
    nothing."""

    __slots__ = ("levels", "ranks", "sign")

    def __init__(self, sign: int) -> None:
        self.sign = sign
        self.levels: dict[int, Level] = {}
        self.ranks: list[int] = []

    def replace(self, levels: Levels) -> None:
        """Forget everything and show these levels."""
        self.levels = {}
        for level in levels:
            rank = self.sign * NUMBERS[level[0]]
            if NUMBERS[level[1]]:
                self.levels[rank] = level
            else:
                self.levels.pop(rank, None)
        self.ranks = sorted(self.levels)

    def change(self, changes: Iterable[Level]) -> None:
        """Show these sizes at these prices."""
        sign, levels, ranks, numbers = self.sign, self.levels, self.ranks, NUMBERS
        for level in changes:
            rank = sign * numbers[level[0]]
            if numbers[level[1]]:
                if rank not in levels:
                    insort(ranks, rank)
                levels[rank] = level
            elif rank in levels:
                del levels[rank]
                del ranks[bisect_left(ranks, rank)]

    def trim(self, depth: int) -> list[Level]:
        """Forget the levels beyond the best `depth`; gives them as removals."""
        beyond = self.ranks[: max(0, len(self.ranks) - depth)]
        del self.ranks[: len(beyond)]
        return [(self.levels.pop(rank)[0], "0") for rank in beyond]

    def best(self) -> Level | None:
        """(price, size) at the touch."""
        return self.levels[self.ranks[-1]] if self.ranks else None

    def top(self, count: int | None = None) -> list[Level]:
        """The best `count` levels, or all, best first."""
        levels = self.levels
        ranks = self.ranks if count is None else self.ranks[len(self.ranks) - count :]
        if count is not None and count > len(self.ranks):
            ranks = self.ranks
        return [levels[rank] for rank in reversed(ranks)]


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
        bids, asks = self.bids.ranks, self.asks.ranks
        return bool(bids and asks) and bids[-1] + asks[-1] >= 0

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
