"""How update ids follow one another: the forms that several venues share.

A venue with a rule of its own states it beside its other facts.
"""

from feeds.local_book import LocalBook
from feeds.messages import BookDelta


class Unnumbered:
    """Books come in the stream, and no update has a number: order is all there is.

    Lost updates show in a checksum, where the venue sends one, or in a crossed book.
    """

    streamed = True
    whole = False
    numbered = False

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """Never known."""
        del book_id, delta
        return False

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """Whatever comes after a snapshot follows it."""
        del snapshot_id, delta
        return True

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Whatever comes follows."""
        del book_id, delta
        return True

    def checksum(self, book: LocalBook) -> int | None:
        """None is stated."""
        del book
        return None


class WholeBooks(Unnumbered):
    """Each message is the whole book as far as the venue shows it; its id is the venue's time, and
    one with an earlier time than the book's is dropped."""

    whole = True
    numbered = True


class Chained:
    """Books come in the stream, and each update names the one before it."""

    streamed = True
    whole = False
    numbered = True

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """A repetition of what the book contains."""
        return delta.last_update_id <= book_id and delta.previous_update_id != book_id

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The first update names the snapshot."""
        return delta.previous_update_id == snapshot_id

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Each names the one before."""
        return delta.previous_update_id == book_id

    def checksum(self, book: LocalBook) -> int | None:
        """None is stated."""
        del book
        return None


class Contiguous:
    """Books come in the stream, and updates are numbered without a gap."""

    streamed = True
    whole = False
    numbered = True

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """A repetition of what the book contains."""
        return delta.last_update_id <= book_id

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The first update has the number after the snapshot's."""
        return delta.first_update_id == snapshot_id + 1

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Each has the number after the one before."""
        return delta.first_update_id == book_id + 1

    def checksum(self, book: LocalBook) -> int | None:
        """None is stated."""
        del book
        return None
