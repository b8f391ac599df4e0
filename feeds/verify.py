"""Rebuild the books of a recording and report what they held: `tui-exchange feeds verify`.

The report is one JSON object keyed by our symbol. Levels are `[price, size]` in the venue's exact
text, best first. Per symbol:

| key | meaning |
|---|---|
| `frames` | frames and snapshots of this instrument, those of no use to a book included |
| `book_updates` | updates applied after alignment |
| `trades`, `quotes` | distinct trades; best-quote frames |
| `gaps` | holes in the sequence; one, too, when the only snapshot is never reached |
| `crossed`, `resyncs` | crossed books; alignments after the first |
| `stale_updates` | updates dropped because the book contained them already |
| `checksums` | `ok` and `bad`, for venues that send any |
| `quotes_agree`, `quotes_disagree` | book states compared with the quote of the same update id |
| `checkpoints` | `update` (how many were applied), `update_id`, `bids`, `asks` at every N |
| `final` | the book at the end; no levels when it was not known then |
| `update_id` | null while the book is not known, and where the venue numbers nothing |
| `bad_lines`, `bad_frames`, `unassigned_snapshots` | of the whole file |
"""

from pathlib import Path
from typing import Any

from feeds import venue_named
from feeds.book_sync import BookSync
from feeds.errors import UnknownSymbol, UnreadableRecording
from feeds.messages import BookDelta, BookSnapshot, Message, Quote, Trade
from feeds.pipeline import Pipeline
from feeds.quote_check import QuoteCheck
from feeds.recording import Recording
from feeds.venue import Venue

DEPTH = 20
EVERY = 500

Report = dict[str, dict[str, Any]]


def verify_file(
    path: Path | str,
    venue: Venue | str,
    symbol: str | None = None,
    depth: int = DEPTH,
    every: int = EVERY,
) -> Report:
    """Replay a recording as fast as it goes and report its books.

    Args:
        path: Lines of `<receive ns> <raw frame>`, plain, gzip or zstd.
        venue: Whose frames they are.
        symbol: Only this instrument, in our spelling or the venue's; None reports all.
        depth: Levels a side in each book reported; at least 1.
        every: A checkpoint after each so many updates; 0 for none.

    Raises:
        UnknownVenue: No venue has this name.
        UnknownSymbol: `symbol` does not occur in the recording; names those that do.
        UnreadableRecording: The file is missing, empty, or holds no frame of this venue.
    """
    source = venue_named(venue) if isinstance(venue, str) else venue
    wanted = None if symbol is None else source.our_symbol(symbol)
    verification = _Verification(source, max(1, depth), every)
    if wanted is not None:
        verification.pipeline.mapper.learn(source.venue_symbol(wanted), wanted)
    recording = Recording(Path(path))
    frame = verification.pipeline.frame
    for received_ns, raw in recording.lines():
        frame(raw, received_ns)
    report = verification.report(recording.damage.lines)
    foreign = verification.pipeline.bad_frames.foreign
    if foreign and not any(market["book_updates"] for market in report.values()):
        raise UnreadableRecording(
            f"{path} is a recording of {foreign}, not of {source.name}; give --venue {foreign}"
        )
    if not report:
        raise UnreadableRecording(
            f"{path} holds no {source.name} frame that can be used;"
            " check --venue, and that its lines are `<receive time, ns> <raw frame>`"
        )
    if wanted is None:
        return report
    if wanted not in report:
        held = ", ".join(sorted(report))
        raise UnknownSymbol(f"{wanted} does not occur in {path}; it holds {held}")
    return {wanted: report[wanted]}


class _Verification:
    """What is counted while the pipeline runs."""

    def __init__(self, venue: Venue, depth: int, every: int) -> None:
        self._depth = depth
        self._every = every
        self._counts: dict[str, _MarketCounts] = {}
        self.pipeline = Pipeline(venue, self._sink)

    def report(self, bad_lines: int) -> Report:
        """All markets as they stand, in the order in which they appeared."""
        return {symbol: self._market(symbol, bad_lines) for symbol in self.pipeline.markets}

    def _sink(self, message: Message) -> None:
        if isinstance(message, BookDelta | BookSnapshot):
            sync = self.pipeline.markets[message.symbol].sync
            if isinstance(message, BookDelta) or sync.whole:
                self._of(message.symbol).update(sync)
        elif isinstance(message, Quote):
            counts = self._of(message.symbol)
            counts.quotes += 1
            counts.check.quote(message)
        elif isinstance(message, Trade):
            self._of(message.symbol).trades += 1

    def _of(self, symbol: str) -> "_MarketCounts":
        counts = self._counts.get(symbol)
        if counts is None:
            counts = self._counts[symbol] = _MarketCounts(self._depth, self._every)
        return counts

    def _market(self, symbol: str, bad_lines: int) -> dict[str, Any]:
        pipeline, counts = self.pipeline, self._of(symbol)
        counts.check.finish()
        sync = pipeline.markets[symbol].sync
        return {
            "frames": pipeline.health(symbol).messages,
            "book_updates": sync.counts.applied,
            "trades": counts.trades,
            "gaps": sync.counts.gaps + self._never_joined(sync),
            "checksums": {"ok": sync.counts.checksums_ok, "bad": sync.counts.checksums_bad},
            "crossed": sync.counts.crossed,
            "checkpoints": counts.checkpoints,
            "final": _levels(sync, self._depth),
            "quotes": counts.quotes,
            "quotes_agree": counts.check.agree,
            "quotes_disagree": counts.check.disagree,
            "stale_updates": sync.counts.stale,
            "resyncs": sync.counts.resyncs,
            "bad_lines": bad_lines,
            "bad_frames": pipeline.bad_frames.count,
            "unassigned_snapshots": len(pipeline.unassigned),
        }

    def _never_joined(self, sync: BookSync) -> bool:
        """Whether the only market's updates never reached the snapshot that lies beside them."""
        alone = len(self.pipeline.markets) == 1 and len(self.pipeline.unassigned) > 0
        return alone and not sync.was_aligned and len(sync.buffered) > 0


class _MarketCounts:
    """What is counted of one market beside its sync and health."""

    def __init__(self, depth: int, every: int) -> None:
        self.trades = 0
        self.quotes = 0
        self.check = QuoteCheck()
        self.checkpoints: list[dict[str, Any]] = []
        self._updates = 0
        self._depth = depth
        self._every = every

    def update(self, sync: BookSync) -> None:
        """An update was applied to the book."""
        self._updates += 1
        self.check.book(sync.book)
        if self._every > 0 and self._updates % self._every == 0:
            self.checkpoints.append({"update": self._updates} | _levels(sync, self._depth))


def _levels(sync: BookSync, depth: int) -> dict[str, Any]:
    book = sync.book
    return {
        "update_id": (book.update_id or None) if sync.rule.numbered else None,
        "bids": [list(level) for level in book.bids.top(depth)],
        "asks": [list(level) for level in book.asks.top(depth)],
    }
