"""OKX's order book channels to snapshots, updates and quotes.

| channel | levels | form |
|---|---|---|
| `books`, `books-l2-tbt` | 400 | a snapshot, then updates |
| `books50-l2-tbt` | 50 | the same |
| `books5` | 5 | each time the whole book |
| `bbo-tbt` | 1 | each time the best quotes |
"""

from collections.abc import Mapping

from feeds.deepest_book import DeepestBook
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.fact_text import unix_time
from feeds.messages import BookDelta, BookSnapshot, Levels, Quote
from feeds.okx.payloads import Book, Row

NS_PER_MS = 1_000_000
WHOLE = "books5"
BEST = "bbo-tbt"
DEPTHS: Mapping[str, int] = {
    "books": 400,
    "books-l2-tbt": 400,
    "books50-l2-tbt": 50,
    WHOLE: 5,
}
PREFERENCE: Mapping[str, int] = {
    channel: place for place, channel in enumerate(sorted(DEPTHS, key=DEPTHS.__getitem__))
}
"""Higher for the deeper; each channel is a chain of its own, also where two are as deep."""
BOOK_CHANNELS = frozenset((*DEPTHS, BEST))


class BookFrames:
    """Maps the frames of books; of several channels of one market it follows the deepest."""

    __slots__ = ("_deepest",)

    def __init__(self) -> None:
        self._deepest = DeepestBook()

    def map(
        self, symbol: str, channel: str, action: str, books: list[Book], received_ns: int
    ) -> tuple[BookSnapshot | BookDelta | Quote, ...]:
        """The messages of one frame; none for a channel that is not followed.

        Raises:
            MalformedFrame: A level, an id or a time is not what it should be.
        """
        if channel == BEST:
            return tuple([_quote(symbol, book, received_ns) for book in books])
        snapshot = channel == WHOLE or action == "snapshot"
        if not snapshot and action != "update":
            raise MalformedFrame(f"{action[:24]!r} is neither a snapshot nor an update")
        make = _snapshot if snapshot else _delta
        messages = [make(symbol, book, DEPTHS[channel], received_ns) for book in books]
        if not self._deepest.takes(symbol, PREFERENCE[channel], snapshot, received_ns):
            return ()
        return tuple(messages)


def _snapshot(symbol: str, book: Book, depth: int, received_ns: int) -> BookSnapshot:
    return BookSnapshot(
        received_ns=received_ns,
        symbol=symbol,
        update_id=max(0, book.seqId or 0),
        bids=_levels(book.bids),
        asks=_levels(book.asks),
        venue_ns=unix_time(book.ts) * NS_PER_MS,
        checksum=_checksum(book),
        depth_max=depth,
    )


def _delta(symbol: str, book: Book, depth: int, received_ns: int) -> BookDelta:
    del depth
    if (book.seqId is None) != (book.prevSeqId is None):
        raise MalformedFrame("an update has one of its two ids and lacks the other")
    update_id = max(0, book.seqId or 0)
    return BookDelta(
        received_ns=received_ns,
        venue_ns=unix_time(book.ts) * NS_PER_MS,
        symbol=symbol,
        first_update_id=update_id,
        last_update_id=update_id,
        previous_update_id=book.prevSeqId,
        bids=_levels(book.bids),
        asks=_levels(book.asks),
        checksum=_checksum(book),
    )


def _quote(symbol: str, book: Book, received_ns: int) -> Quote:
    bids, asks = _levels(book.bids), _levels(book.asks)
    bid, bid_size = bids[0] if bids else ("0", "0")
    ask, ask_size = asks[0] if asks else ("0", "0")
    return Quote(
        received_ns=received_ns,
        symbol=symbol,
        update_id=None,
        bid=bid,
        bid_size=bid_size,
        ask=ask,
        ask_size=ask_size,
        venue_ns=unix_time(book.ts) * NS_PER_MS,
    )


def _levels(rows: list[Row]) -> Levels:
    """Price and size of each row, every number checked before any of them reaches a book."""
    numbers = NUMBERS
    levels = tuple([(row.price, row.size) for row in rows])
    for price, size in levels:
        numbers[size]
        if not numbers[price]:
            raise MalformedFrame("a level has the price zero")
    return levels


def _checksum(book: Book) -> int | None:
    """What is stated; 0 states nothing."""
    stated = book.checksum
    if not stated:
        return None
    return stated - 2**32 if stated >= 2**31 else stated
