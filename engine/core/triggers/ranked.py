"""Order numbers sorted by the price that concerns them.

As in the book, a *rank* is a price with the sign that makes the nearer one higher, so that the next
to be reached is always at the end: it is looked at and taken for the same cost however many wait.
"""

from bisect import bisect_left, insort

LOWEST_RANK = -(1 << 62)
"""Below every price."""


class RankedIds:
    """(rank, order) pairs; of equal ranks the oldest order comes first."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: list[tuple[int, int]] = []
        """(rank, minus the order's number), ascending: the first to be reached is the last."""

    def __len__(self) -> int:
        return len(self._entries)

    def first_rank(self) -> int:
        """The rank that is reached first; below every price when nothing waits."""
        return self._entries[-1][0] if self._entries else LOWEST_RANK

    def add(self, rank: int, order_id: int) -> None:
        """Put an order in its place."""
        insort(self._entries, (rank, -order_id))

    def remove(self, rank: int, order_id: int) -> None:
        """Take an order out, wherever it is."""
        entry = (rank, -order_id)
        at = bisect_left(self._entries, entry)
        assert self._entries[at] == entry, f"order {order_id} does not wait at {rank}"
        del self._entries[at]

    def pop_down_to(self, rank: int, before_id: int) -> list[int]:
        """Take out every order of this rank or a higher one; highest first, then oldest.

        Args:
            before_id: Orders of this number and later ones stay.
        """
        entries = self._entries
        popped = []
        later = []
        while entries and entries[-1][0] >= rank:
            entry = entries.pop()
            if -entry[1] < before_id:
                popped.append(-entry[1])
            else:
                later.append(entry)
        entries.extend(reversed(later))
        return popped
