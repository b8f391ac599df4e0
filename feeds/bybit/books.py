"""Bybit's order book topics to snapshots, updates and quotes.

`orderbook.1.*` is the best quotes: each time both, in older recordings also what changed of them.
When nothing changed for three seconds they come again with the same number, which says that the
market is quiet. All other depths are a snapshot and then updates.
"""

from dataclasses import dataclass

from feeds.bybit.payloads import Book
from feeds.deepest_book import DeepestBook
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.messages import BookDelta, BookSnapshot, Heartbeat, Levels, Quote

NS_PER_MS = 1_000_000
RESTARTED = 1
"""The number of the snapshot with which a restarted service begins, whatever it is called."""
NO_LEVEL = ("0", "0")


@dataclass(frozen=True, slots=True)
class Push:
    """What a frame says around its book."""

    depth: int
    snapshot: bool
    venue_ns: int
    received_ns: int


@dataclass(slots=True)
class _Best:
    """The best quotes of one market, as last told."""

    update_id: int
    bid: tuple[str, str]
    ask: tuple[str, str]


class BookFrames:
    """Maps the frames of books; of several depths of one market it follows the deepest."""

    __slots__ = ("_best", "_deepest")

    def __init__(self) -> None:
        self._deepest = DeepestBook()
        self._best: dict[str, _Best] = {}

    def map(
        self, symbol: str, push: Push, book: Book
    ) -> tuple[BookSnapshot | BookDelta | Quote | Heartbeat, ...]:
        """The messages of one frame; none for a depth that is not followed.

        Raises:
            MalformedFrame: A level or a number is not what it should be.
        """
        check_levels(book.b)
        check_levels(book.a)
        if push.depth == 1:
            return self._quoted(symbol, push, book)
        snapshot = push.snapshot or book.u == RESTARTED
        if not self._deepest.takes(symbol, push.depth, snapshot, push.received_ns):
            return ()
        return (_snapshot(symbol, push, book) if snapshot else _delta(symbol, push, book),)

    def _quoted(self, symbol: str, push: Push, book: Book) -> tuple[Quote | Heartbeat, ...]:
        best = self._best.get(symbol)
        repeated = push.snapshot and best is not None and best.update_id == book.u
        if push.snapshot:
            bid = book.b[0] if book.b else NO_LEVEL
            ask = book.a[0] if book.a else NO_LEVEL
        elif best is not None:
            bid, ask = _changed(best.bid, book.b), _changed(best.ask, book.a)
        else:
            return ()
        self._best[symbol] = _Best(book.u, bid, ask)
        quote = Quote(
            received_ns=push.received_ns,
            symbol=symbol,
            update_id=None,
            bid=bid[0],
            bid_size=bid[1],
            ask=ask[0],
            ask_size=ask[1],
            venue_ns=push.venue_ns,
        )
        if repeated:
            return (quote, Heartbeat(received_ns=push.received_ns, symbol=symbol))
        return (quote,)


def check_levels(levels: Levels) -> None:
    """Refuse the whole frame for one bad number, before any of it reaches a book."""
    numbers = NUMBERS
    for price, size in levels:
        numbers[size]
        if not numbers[price]:
            raise MalformedFrame("a level has the price zero")


def _snapshot(symbol: str, push: Push, book: Book) -> BookSnapshot:
    return BookSnapshot(
        received_ns=push.received_ns,
        symbol=symbol,
        update_id=book.u,
        bids=book.b,
        asks=book.a,
        venue_ns=push.venue_ns,
        depth_max=push.depth,
    )


def _delta(symbol: str, push: Push, book: Book) -> BookDelta:
    return BookDelta(
        received_ns=push.received_ns,
        venue_ns=push.venue_ns,
        symbol=symbol,
        first_update_id=book.u,
        last_update_id=book.u,
        previous_update_id=None,
        bids=book.b,
        asks=book.a,
    )


def _changed(level: tuple[str, str], changes: Levels) -> tuple[str, str]:
    """The best level after what changed; sizes of zero take it away unless another comes."""
    for price, size in changes:
        if NUMBERS[size]:
            level = (price, size)
        elif NUMBERS[price] == NUMBERS[level[0]]:
            level = NO_LEVEL
    return level
