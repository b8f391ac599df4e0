"""How Bybit's updates follow one another.

In v5 each message of a topic has the number after the one before, and a snapshot with the number 1
begins anew. The older forms number nothing: there, order is all there is.
"""

from feeds.messages import BookDelta
from feeds.sequence_rules import Contiguous

UNNUMBERED = 0


class BybitSequence(Contiguous):
    """Numbers without a gap, where there are numbers."""

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """A repetition of what the book contains; never known without numbers."""
        return delta.last_update_id != UNNUMBERED and super().stale(book_id, delta)

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The first update has the number after the snapshot's, or neither has one."""
        return _unnumbered(snapshot_id, delta) or super().joins(snapshot_id, delta)

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Each has the number after the one before, or neither has one."""
        return _unnumbered(book_id, delta) or super().follows(book_id, delta)


def _unnumbered(book_id: int, delta: BookDelta) -> bool:
    return book_id == delta.first_update_id == UNNUMBERED
