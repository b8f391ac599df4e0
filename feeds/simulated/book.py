"""The displayed book of one instrument, and what changed in it since it was last published.

Both sides are written once: a side works in ranks, `rank = sign * price_ticks`, with sign +1 for
bids and -1 for asks, so that on either side a higher rank is a better price. The book is
uncrossed while `bids.best + asks.best < 0`.
"""


class DisplayedSide:
    """The quantities shown on one side.

    Attributes:
        lots: Quantity by rank; never zero.
        best: The highest rank that shows something.
        edge: The lowest rank that quotes have ever reached; everything below is empty.
        changed: Ranks whose quantity changed since the last `take_changes`.
    """

    __slots__ = ("best", "changed", "edge", "lots", "sign")

    def __init__(self, sign: int, best: int, lots: int) -> None:
        """A side with one level; a side is never without any."""
        self.sign = sign
        self.best = best
        self.edge = best
        self.lots: dict[int, int] = {best: lots}
        self.changed: dict[int, None] = {best: None}

    def show(self, rank: int, lots: int) -> None:
        """Set the quantity at a rank; zero or less removes it. The last level is never removed."""
        shown = self.lots
        if lots > 0:
            shown[rank] = lots
            if rank > self.best:
                self.best = rank
        else:
            if rank not in shown or len(shown) == 1:
                return
            del shown[rank]
            if rank == self.best:
                self.best = self._next_below(rank)
        self.changed[rank] = None

    def next_below(self, rank: int) -> int | None:
        """The best rank worse than `rank` that shows something."""
        below = rank - 1
        while below >= self.edge:
            if below in self.lots:
                return below
            below -= 1
        return None

    def levels(self) -> list[tuple[int, int]]:
        """(price_ticks, lots) of everything on display, best first."""
        sign, shown = self.sign, self.lots
        return [(sign * rank, shown[rank]) for rank in sorted(shown, reverse=True)]

    def take_changes(self) -> list[tuple[int, int]]:
        """(price_ticks, lots) of every rank that changed, best first; zero when it is gone."""
        sign, shown = self.sign, self.lots
        changes = [(sign * rank, shown.get(rank, 0)) for rank in sorted(self.changed, reverse=True)]
        self.changed.clear()
        return changes

    def _next_below(self, rank: int) -> int:
        below = self.next_below(rank)
        return max(self.lots) if below is None else below
