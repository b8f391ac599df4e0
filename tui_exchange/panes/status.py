"""The status line: what kind of market this is, what may be believed, and whether keys trade."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from tui_exchange.desk import Desk
from tui_exchange.feed_views import FeedView
from tui_exchange.number_text import age_text, clock_text, count_text
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.views import FeedState, JournalView
from tui_exchange.widgets.lines import Lines

NS_PER_SECOND = 1_000_000_000
SAMPLE_NS = 100_000_000
"""The engine's rate is taken from counts at least this far apart."""
LAG_SHOWN_SEQ = 200
"""A log this many commands behind is worth a word also where there is little room."""

STATE_ROLES = {
    FeedState.LIVE: "live",
    FeedState.PAUSED: "warning",
    FeedState.CATCHING_UP: "stale",
    FeedState.STALE: "stale",
    FeedState.DOWN: "error",
    FeedState.ENDED: "warning",
}


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the line; that with the highest `keep` is the first to go when space is short."""

    cells: tuple[Cell, ...]
    keep: int = 0

    @property
    def width(self) -> int:
        """In cells."""
        return sum(len(cell.text) for cell in self.cells)


class StatusLine(Lines):
    """One line at the top of the screen."""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(id="status")
        self._desk = desk
        self._look = look
        self._seqs: deque[tuple[int, int]] = deque(maxlen=32)

    def frame(self) -> None:
        """Say how things are now."""
        width = self.size.width
        if width:
            self.show([text_line(self._cells(width), width, self._look.fresh, "surface")])

    def _cells(self, width: int) -> list[Cell]:
        items = self._items()
        while len(items) > 1 and sum(item.width + 2 for item in items) > width:
            last = max(items, key=lambda item: item.keep)
            if last.keep == 0:
                break
            items.remove(last)
        cells: list[Cell] = []
        for item in items[:-1]:
            cells += [*item.cells, Cell("  ")]
        used = sum(len(cell.text) for cell in cells)
        clock = items[-1]
        return [*cells, Cell(" " * max(0, width - used - clock.width - 1)), *clock.cells]

    def _items(self) -> list[Item]:
        desk = self._desk
        session = desk.session
        feeds = session.feeds()
        here = next((feed for feed in feeds if feed.symbol == desk.symbol), None)
        journal = session.journal()
        switch = Cell(" disarmed ", "muted")
        if desk.armed:
            switch = Cell("  ARMED   ", "background", "armed")
        kind, _, market = session.headline.partition(",")
        return [
            Item((switch,)),
            *_kill_items(session.killed),
            Item((Cell(kind, "accent"),)),
            Item((Cell(market.strip(), "muted"),), keep=6),
            *_feed_items(desk.symbol, desk.market_words, desk.feed, here),
            *_other_feeds(desk.symbol, feeds),
            *self._journal_items(journal),
            Item((Cell("portfolio ", "faint"), Cell(session.portfolio_title, "text")), keep=5),
            Item((Cell(f"{clock_text(desk.now_ns())} UTC", "text"),)),
        ]

    def _journal_items(self, journal: JournalView) -> list[Item]:
        behind = journal.applied_seq - journal.written_seq
        rate = Cell(f"{count_text(self._rate(journal.applied_seq))}/s", "muted")
        items = [Item((Cell("engine ", "faint"), rate), keep=8)]
        if journal.error:
            items.append(Item((Cell("JOURNAL: see log", "error"),)))
        else:
            keep = 1 if behind > LAG_SHOWN_SEQ else 9
            text = f"{count_text(behind)}+{count_text(journal.history_lag)}"
            items.append(Item((Cell("journal lag ", "faint"), Cell(text, "muted")), keep=keep))
        return items

    def _rate(self, applied_seq: int) -> int:
        """Commands a second, over about the last two seconds."""
        now_ns = self._desk.now_ns()
        if len(self._seqs) > 1 and now_ns - self._seqs[-2][0] < SAMPLE_NS:
            self._seqs.pop()
        self._seqs.append((now_ns, applied_seq))
        while len(self._seqs) > 2 and now_ns - self._seqs[1][0] > 2 * NS_PER_SECOND:
            self._seqs.popleft()
        start_ns, start_seq = self._seqs[0]
        elapsed = now_ns - start_ns
        return (applied_seq - start_seq) * NS_PER_SECOND // elapsed if elapsed > 0 else 0


def _kill_items(killed: bool) -> list[Item]:
    """That the account takes no new risk stands before everything else."""
    if not killed:
        return []
    how = Item((Cell("`release` lets it trade again", "error"),), keep=4)
    return [Item((Cell(" KILLED ", "background", "error"),)), how]


def _feed_items(symbol: str, halted: str, state: FeedState, feed: FeedView | None) -> list[Item]:
    """The focused market and its feed: state and age always, the rest where there is room.

    Args:
        halted: Why it does not trade; empty while it does.
    """
    cells = [Cell(f"{symbol} ")]
    if halted:
        cells.append(Cell(f"{halted}  ", "error"))
    cells.append(Cell(state.value, STATE_ROLES[state]))
    if feed is None:
        return [Item(tuple(cells))]
    cells.append(Cell(f" {age_text(feed.age_ms)}", "muted"))
    latency = "—" if feed.latency_ms is None else f"{feed.latency_ms} ms"
    gaps = Cell(str(feed.gaps), "warning" if feed.gaps else "muted")
    resyncs = Cell(f"/{feed.resyncs}", "muted")
    return [
        Item(tuple(cells)),
        Item((Cell("latency ", "faint"), Cell(latency, "muted")), keep=7),
        Item((Cell("gaps/resyncs ", "faint"), gaps, resyncs), keep=2 if feed.gaps else 10),
    ]


def _other_feeds(symbol: str, feeds: Sequence[FeedView]) -> list[Item]:
    """How many of the other markets are not live."""
    others = [feed for feed in feeds if feed.symbol != symbol]
    bad = [feed for feed in others if STATE_ROLES[feed.state] in ("stale", "error")]
    if not bad:
        return []
    return [Item((Cell(f"{len(bad)} of {len(others)} others not live", "warning"),), keep=3)]
