"""What Binance's update ids promise, in its spot and its futures markets.

Source: binance-spot-api-docs, *How to manage a local order book correctly*; developers.binance.com,
*How to manage a local order book correctly* of USDⓈ-M and COIN-M Futures.
"""

from feeds.local_book import LocalBook
from feeds.messages import BookDelta


class SpotSequence:
    """`U` and `u` are the first and last id that an event covers; ids are contiguous.

    An event is applied when it begins at or before the id after the book's: quantities are
    absolute, so that an event which overlaps what is known already is harmless.
    """

    streamed = False
    whole = False
    numbered = True

    def checksum(self, book: LocalBook) -> int | None:
        """None is stated."""
        del book
        return None

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """Every id of the event is in the book."""
        return delta.last_update_id <= book_id

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The event covers the id after the snapshot's."""
        return delta.first_update_id <= snapshot_id + 1 <= delta.last_update_id

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """The event covers the id after the book's."""
        return delta.first_update_id <= book_id + 1


class FuturesSequence:
    """Ids are counted over many markets, so that those of one have holes; `pu` names the event
    before.

    A snapshot's id lies within the first event that is applied, its last id included. It may also
    lie in the hole before that event, in which nothing happened to this book.
    """

    streamed = False
    whole = False
    numbered = True

    def checksum(self, book: LocalBook) -> int | None:
        """None is stated."""
        del book
        return None

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """The book is as new as the event. One that ends at a snapshot's id joins all the same."""
        return delta.last_update_id <= book_id

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The snapshot was taken after the event before this one, and not after this one."""
        previous_id = delta.previous_update_id
        return previous_id is not None and previous_id <= snapshot_id <= delta.last_update_id

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Each names the one before."""
        return delta.previous_update_id == book_id
