"""Aligning a snapshot with the updates that stream beside it: buffer, align, live, resync.

Where the snapshot is fetched beside the stream:

| state | update | snapshot | lost |
|---|---|---|---|
| WAITING | kept in the buffer | joins the buffer → JOINING or LIVE, else too old | buffer emptied |
| JOINING | joins → LIVE; stale: dropped; else gap → WAITING | kept as spare | → WAITING |
| LIVE | stale: dropped; follows → LIVE; else gap → WAITING | kept as spare | → WAITING |

Where it comes in the stream, it counts from where it stands:

| state | update | snapshot | lost |
|---|---|---|---|
| WAITING | dropped | → JOINING | – |
| JOINING, LIVE | as above | replaces the book → JOINING | → WAITING |

JOINING means that the book is the snapshot itself: no update has followed it yet. A book that is
crossed, or whose checksum is not the venue's, is discarded like one with a gap. A spare is a
snapshot that arrived while none was needed; it serves the next gap if it is new enough, so that a
recording whose snapshot precedes the gap recovers. What the ids promise is the venue's rule, which
is passed in.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from msgspec.structs import replace

from feeds.local_book import LocalBook
from feeds.messages import BookDelta, BookLost, BookSnapshot

BUFFERED_MAX = 20_000
"""Updates kept while waiting; when more come the oldest go, and an old snapshot will not join."""

BookMessage = BookSnapshot | BookDelta | BookLost


class SequenceRule(Protocol):
    """How a venue's update ids follow one another."""

    @property
    def streamed(self) -> bool:
        """Snapshots come in the stream, in their place among the updates."""
        ...

    @property
    def whole(self) -> bool:
        """Each message is the whole book, so that a snapshot is an update too."""
        ...

    @property
    def numbered(self) -> bool:
        """Update ids are the venue's and mean something."""
        ...

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """Whether a book with this id already contains all of the update."""
        ...

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """Whether the update may be the first after this snapshot. It may be stale all the same,
        where a venue counts the update that ends at a snapshot."""
        ...

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """Whether the update comes right after the one before. Not asked of stale ones."""
        ...

    def checksum(self, book: LocalBook) -> int | None:
        """What the venue would state of this book; None where it states nothing."""
        ...


class SyncState(Enum):
    """Where the alignment stands."""

    WAITING = "waiting"
    JOINING = "joining"
    LIVE = "live"


@dataclass(slots=True)
class SyncCounts:
    """What happened to one book since the start."""

    applied: int = 0
    """Updates applied after alignment."""
    stale: int = 0
    """Updates dropped because the book contained them already."""
    gaps: int = 0
    crossed: int = 0
    resyncs: int = 0
    """Alignments after the first."""
    too_old: int = 0
    """Snapshots that did not reach the buffered updates."""
    checksums_ok: int = 0
    checksums_bad: int = 0


class BookSync:
    """Keeps one book aligned, and publishes each change right after it was applied.

    Args:
        symbol: Ours; every message given to it is of this symbol.
        rule: What the venue's ids promise.
        publish: Receives BookSnapshot, BookDelta and BookLost; may read `book`, may not call back.

    Attributes:
        book: Known and right while `state` is not WAITING; empty otherwise.
        was_aligned: The book was known at least once.
        last_seen_id: The highest id that an update had since the connection opened.
    """

    def __init__(
        self, symbol: str, rule: SequenceRule, publish: Callable[[BookMessage], None]
    ) -> None:
        self.symbol = symbol
        self.book = LocalBook()
        self.state = SyncState.WAITING
        self.counts = SyncCounts()
        self.last_seen_id: int | None = None
        self._rule = rule
        self._publish = publish
        self._buffer: deque[BookDelta] = deque(maxlen=BUFFERED_MAX)
        self._spare: BookSnapshot | None = None
        self.was_aligned = False

    @property
    def rule(self) -> SequenceRule:
        """What the venue's ids promise."""
        return self._rule

    @property
    def whole(self) -> bool:
        """Each message is the whole book."""
        return self._rule.whole

    @property
    def buffered(self) -> deque[BookDelta]:
        """The updates that wait for a snapshot, oldest first."""
        return self._buffer

    def delta(self, delta: BookDelta) -> None:
        """An update arrived."""
        rule = self._rule
        if self.last_seen_id is None or delta.last_update_id > self.last_seen_id:
            self.last_seen_id = delta.last_update_id
        if self.state is SyncState.WAITING:
            if not rule.streamed:
                self._buffer.append(delta)
            return
        book_id = self.book.update_id
        assert book_id is not None
        if self.state is SyncState.JOINING and rule.joins(book_id, delta):
            self._apply(delta)
        elif rule.stale(book_id, delta):
            self.counts.stale += 1
        elif self.state is SyncState.LIVE and rule.follows(book_id, delta):
            self._apply(delta)
        else:
            self._gap(book_id, delta)

    def snapshot(self, snapshot: BookSnapshot) -> None:
        """A snapshot arrived."""
        book_id = self.book.update_id
        if self._rule.streamed:
            self._replace(snapshot)
        elif book_id is None:
            self._align(snapshot)
        elif snapshot.update_id > book_id:
            self._spare = snapshot

    def lost(self, received_ns: int, text: str) -> None:
        """What is known is worth nothing any more, for instance since the connection closed."""
        self._buffer.clear()
        self._spare = None
        self.last_seen_id = None
        self._discard(received_ns, text)

    def _apply(self, delta: BookDelta) -> None:
        book = self.book
        book.apply(delta)
        if book.depth_max is not None:
            delta = _with_forgotten(delta, book)
        if book.crossed():
            self._crossed(delta.received_ns)
            return
        if delta.checksum is not None and not self._checked(delta.checksum):
            self._mistaken(delta.received_ns)
            return
        self.state = SyncState.LIVE
        self.counts.applied += 1
        self._publish(delta)

    def _replace(self, snapshot: BookSnapshot) -> None:
        """A book in the stream: it is the book from here on."""
        book, rule = self.book, self._rule
        if rule.whole and book.update_id is not None and snapshot.update_id < book.update_id:
            self.counts.stale += 1
            return
        book.load(snapshot)
        book.trim()
        if book.crossed():
            self._crossed(snapshot.received_ns)
            return
        if snapshot.checksum is not None and not self._checked(snapshot.checksum):
            self._mistaken(snapshot.received_ns)
            return
        self.counts.resyncs += self.was_aligned and self.state is SyncState.WAITING
        self.counts.applied += rule.whole
        self.was_aligned = True
        self.state = SyncState.JOINING
        self._publish(snapshot)

    def _checked(self, stated: int) -> bool:
        """Whether the book is the one that the venue has; a rule without checksum cannot say."""
        ours = self._rule.checksum(self.book)
        if ours is None:
            return True
        right = ours == stated
        self.counts.checksums_ok += right
        self.counts.checksums_bad += not right
        return right

    def _mistaken(self, received_ns: int) -> None:
        self._spare = None
        text = "the book's checksum is not the venue's; the book is fetched again"
        self._discard(received_ns, text)

    def _gap(self, book_id: int, delta: BookDelta) -> None:
        self.counts.gaps += 1
        self._discard(delta.received_ns, _gap_text(book_id, delta))
        if self._rule.streamed:
            return
        self._buffer.append(delta)
        if self._spare is not None:
            self._align(self._spare)

    def numbers_lost(self, received_ns: int, text: str) -> None:
        """Frames of the connection never arrived, which may have been this book's."""
        if self.state is not SyncState.WAITING:
            self.counts.gaps += 1
        self.lost(received_ns, text)

    def _crossed(self, received_ns: int) -> None:
        self.counts.crossed += 1
        self._spare = None
        self._discard(received_ns, "bids and asks crossed; the book is fetched again")

    def _discard(self, received_ns: int, text: str) -> None:
        known = self.state is not SyncState.WAITING
        self.state = SyncState.WAITING
        self.book.clear()
        if known:
            self._publish(BookLost(received_ns=received_ns, symbol=self.symbol, text=text))

    def _align(self, snapshot: BookSnapshot) -> None:
        """Use the snapshot if it reaches the buffered updates; otherwise it is too old."""
        self._spare = None
        book_id, rule = snapshot.update_id, self._rule
        fresh = [
            delta
            for delta in self._buffer
            if rule.joins(book_id, delta) or not rule.stale(book_id, delta)
        ]
        joins = rule.joins(book_id, fresh[0]) if fresh else book_id >= (self.last_seen_id or 0)
        if not joins:
            self.counts.too_old += 1
            return
        self.counts.stale += len(self._buffer) - len(fresh)
        self._buffer.clear()
        self.book.load(snapshot)
        if self.book.crossed():
            self.counts.crossed += 1
            self.book.clear()
            return
        self.counts.resyncs += self.was_aligned
        self.was_aligned = True
        self.state = SyncState.JOINING
        self._publish(snapshot)
        for delta in fresh:
            self.delta(delta)


def _gap_text(book_id: int, delta: BookDelta) -> str:
    if delta.first_update_id > book_id + 1:
        missing = f"updates {book_id + 1} to {delta.first_update_id - 1} never arrived"
    else:
        missing = f"update {delta.last_update_id} does not follow {book_id}"
    return f"{missing}; the book is fetched again"


def _with_forgotten(delta: BookDelta, book: LocalBook) -> BookDelta:
    """The update, and the removal of levels that fell out of what the venue tells of."""
    bids, asks = book.trim()
    if not bids and not asks:
        return delta
    return replace(delta, bids=(*delta.bids, *bids), asks=(*delta.asks, *asks))
