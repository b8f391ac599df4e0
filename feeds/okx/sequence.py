"""How OKX's updates follow one another, and the checksum of its books.

Each update names the id of the one before it. When nothing changed for about a minute an empty
update comes whose two ids are the same; after maintenance the ids begin anew, with an update whose
own id is below the one that it names. Books recorded before the ids existed are checked by their
checksum alone; since 23 June 2026 the checksum is always 0, which states nothing.

Source: OKX API guide v5, *Order book channel* (sequence id, checksum), and the announcement *Order
book channels checksum field deprecation* of 21 May 2026.
"""

from zlib import crc32

from feeds.local_book import LocalBook
from feeds.messages import BookDelta
from feeds.sequence_rules import Chained

CHECKSUM_LEVELS = 25
SIGN_BIT = 2**31


class OkxSequence(Chained):
    """A chain of ids where there are ids, and a checksum where there is one."""

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """A repetition of what the book contains; never known without ids."""
        return delta.previous_update_id is not None and super().stale(book_id, delta)

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The first update names the snapshot, or neither has an id."""
        return _without_ids(snapshot_id, delta) or super().joins(snapshot_id, delta)

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Each names the one before, or neither has an id."""
        return _without_ids(book_id, delta) or super().follows(book_id, delta)

    def checksum(self, book: LocalBook) -> int | None:
        """CRC-32 as a signed number, over `price:size` of bid and ask in turn, best first; where
        one side has fewer levels, the rest of the other follows."""
        bids, asks = book.bids.top(CHECKSUM_LEVELS), book.asks.top(CHECKSUM_LEVELS)
        paired = [
            f"{bid}:{bid_size}:{ask}:{ask_size}"
            for (bid, bid_size), (ask, ask_size) in zip(bids, asks, strict=False)
        ]
        rest = [f"{price}:{size}" for price, size in (bids[len(paired) :] or asks[len(paired) :])]
        unsigned = crc32(":".join(paired + rest).encode())
        return unsigned - 2 * SIGN_BIT if unsigned >= SIGN_BIT else unsigned


def _without_ids(book_id: int, delta: BookDelta) -> bool:
    return book_id == 0 and delta.previous_update_id is None
