"""Price levels and one side of a book, written once for buys and sells.

A side orders its levels by *rank*, the price with the sign that makes better higher: the price
itself for bids, its negative for asks. The best level is always the one of highest rank.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from engine.core.book.order import BookOrder
from engine.core.commands import BUY, Side


class Level:
    """One price: a queue of orders, first come first served.

    Attributes:
        traded: Lots that have traded from it and left others in the queue.
    """

    __slots__ = ("head", "lots", "orders", "rank", "tail", "traded")

    def __init__(self, rank: int) -> None:
        self.rank = rank
        self.lots = 0
        self.orders = 0
        self.head: BookOrder | None = None
        self.tail: BookOrder | None = None
        self.traded = 0

    def __iter__(self) -> Iterator[BookOrder]:
        """The orders in priority order."""
        order = self.head
        while order is not None:
            yield order
            order = order.after

    def append(self, order: BookOrder) -> None:
        """Put an order at the back of the queue."""
        tail = self.tail
        order.level = self
        order.before = tail
        order.after = None
        if tail is None:
            self.head = order
        else:
            tail.after = order
        self.tail = order
        self.lots += order.open_lots
        self.orders += 1

    def unlink(self, order: BookOrder) -> None:
        """Take an order out of the queue, with what it has open."""
        before, after = order.before, order.after
        if before is None:
            self.head = after
        else:
            before.after = after
        if after is None:
            self.tail = before
        else:
            after.before = before
        order.level = order.before = order.after = None
        self.lots -= order.open_lots
        self.orders -= 1

    def insert_before(self, order: BookOrder, after: BookOrder | None) -> None:
        """Put an order in front of another one of this queue; at the back for None."""
        if after is None:
            self.append(order)
            return
        before = after.before
        order.level = self
        order.before = before
        order.after = after
        after.before = order
        if before is None:
            self.head = order
        else:
            before.after = order
        self.lots += order.open_lots
        self.orders += 1

    def ahead_of(self, order: BookOrder) -> int:
        """Lots in front of an order of this level."""
        lots = 0
        other = order.before
        while other is not None:
            lots += other.open_lots
            other = other.before
        return lots


class BookSide:
    """All levels of one side.

    `ranks` is a plain sorted list with the best level last, so that what happens at the touch costs
    a push or a pop; a level that appears or vanishes deep in the book costs one memmove.
    """

    __slots__ = ("levels", "ranks", "side", "sign")

    def __init__(self, side: Side) -> None:
        self.side = side
        self.sign = 1 if side is BUY else -1
        self.levels: dict[int, Level] = {}
        self.ranks: list[int] = []

    def level_for(self, rank: int) -> Level:
        """The level of a rank, made if it is not there."""
        level = self.levels.get(rank)
        if level is None:
            level = self.levels[rank] = Level(rank)
            ranks = self.ranks
            if not ranks or rank > ranks[-1]:
                ranks.append(rank)
            else:
                insort(ranks, rank)
        return level

    def begin(self, rank: int, order: BookOrder) -> None:
        """Rest an order that stands nowhere yet at a rank that has no level."""
        level = self.levels[rank] = order.level = Level(rank)
        level.head = level.tail = order
        level.lots = order.open_lots
        level.orders = 1
        ranks = self.ranks
        if not ranks or rank > ranks[-1]:
            ranks.append(rank)
        else:
            insort(ranks, rank)

    def drop(self, rank: int) -> None:
        """Forget a level that has become empty."""
        del self.levels[rank]
        ranks = self.ranks
        if ranks[-1] == rank:
            ranks.pop()
        else:
            del ranks[bisect_left(ranks, rank)]

    def sort(self) -> None:
        """Bring `ranks` up to date with levels that were put in or taken out without it."""
        levels = self.levels
        self.ranks[:] = sorted(levels)

    def best_first(self) -> Iterator[Level]:
        """The levels from the touch outwards."""
        levels = self.levels
        for rank in reversed(self.ranks):
            yield levels[rank]

    def best_ticks(self) -> int | None:
        """The best price, or None for an empty side."""
        return self.ranks[-1] * self.sign if self.ranks else None
