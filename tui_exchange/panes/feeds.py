"""How every subscription stands: state, age, latency, rate, and everything that went wrong."""

from collections.abc import Sequence

from textual.strip import Strip

from tui_exchange.feed_views import FeedView
from tui_exchange.number_text import age_text
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.pane import empty_lines
from tui_exchange.panes.requests import LineAsked, SymbolAsked
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import FEEDS
from tui_exchange.views import FeedState

KILO = 1_000
SAID_PART = 4
"""One line in so many is for sentences where the list is long."""
STATE_ROLES = {
    FeedState.LIVE: "profit",
    FeedState.CATCHING_UP: "warning",
    FeedState.STALE: "warning",
    FeedState.DOWN: "loss",
    FeedState.PAUSED: "muted",
    FeedState.ENDED: "muted",
}


class Feeds(ListPane[FeedView]):
    """Every subscription of this session."""

    NAME = "feeds"
    TITLE = "Feeds"
    LETTER = "e"
    HELP_TEXT = (
        "Each market's feed: how old its last message is, how long messages take (clock skew "
        "included), messages a second, and since the start: gaps in the sequence, books made anew, "
        "checksums that were wrong, reconnects, unreadable frames, bytes. Below stands what there "
        "is to say of them, that of the line at the cursor first. Enter looks at the "
        "market, x prepares to drop it; `:feed add okx BTC-USDT` takes in another venue."
    )
    EMPTY = ("no feed is carried: `:feed add binance BTC-USDT`, or `:feed use simulated`",)
    COLUMNS = (
        Column("symbol", left=True),
        Column("venue", left=True, keep=6),
        Column("state", left=True),
        Column("age", keep=1),
        Column("late", keep=2),
        Column("msg/s", keep=3),
        Column("gaps", keep=4),
        Column("resync", keep=5),
        Column("sums", keep=8),
        Column("reconn", keep=7),
        Column("bad", keep=9),
        Column("bytes", keep=10),
    )

    def topics(self) -> tuple[str, ...]:
        """Their health."""
        return (FEEDS,)

    def state(self) -> tuple[object, ...]:
        """Ages grow without any event."""
        return (*super().state(), self.desk.now_ns() // 1_000_000_000)

    def palette(self) -> Palette:
        """Each line says for itself how it stands."""
        return self.look.fresh

    def note(self) -> str:
        """How many of them are not as they should be."""
        wrong = sum(row.state not in (FeedState.LIVE, FeedState.PAUSED) for row in self.rows())
        return f"{wrong} not live" if wrong else ""

    def rows(self) -> Sequence[FeedView]:
        """In the feeds' order."""
        return self.desk.session.feeds()

    def identity(self, row: FeedView) -> object:
        """The market."""
        return row.symbol

    def cells(self, row: FeedView) -> Sequence[Cell]:
        """One subscription."""
        latency = _ms_text(row.latency_ms)
        skewed = row.skew_ms is not None
        return (
            Cell(row.symbol, "accent" if row.symbol == self.desk.symbol else "text"),
            Cell(row.venue, "muted"),
            Cell(row.state.value, STATE_ROLES[row.state]),
            Cell("" if row.age_ms is None else age_text(row.age_ms), "muted"),
            Cell(f"{latency}!" if skewed else latency, "warning" if skewed else "text"),
            Cell(f"{row.messages_per_s:,.0f}"),
            _counted(row.gaps + row.crossed),
            _counted(row.resyncs),
            _counted(row.checksum_failures),
            _counted(row.reconnects),
            _counted(row.bad_frames),
            Cell(_bytes_text(row.bytes), "muted"),
        )

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """The list, and below it what there is to say of markets, that at the cursor first."""
        said = empty_lines(self._sentences(), width, palette)
        room = max(height - 1 - len(self._rows), height // SAID_PART)
        lines = super().draw(width, height - min(room, len(said)), palette)
        return [*lines, *said][:height]

    def _sentences(self) -> list[str]:
        rows = self.rows()
        ordered = [*rows[self._at : self._at + 1], *rows[: self._at], *rows[self._at + 1 :]]
        return [f"{row.symbol}: {words}" for row in ordered if (words := _words(row))]

    def open_row(self, row: FeedView) -> None:
        """Look at this market."""
        self.post_message(SymbolAsked(row.symbol))

    def drop_row(self, row: FeedView) -> None:
        """Prepare to give it up."""
        self.post_message(LineAsked(f"unwatch {row.symbol}"))


def _words(row: FeedView) -> str:
    if row.skew_ms is None:
        return row.text
    side = "ahead of" if row.skew_ms > 0 else "behind"
    clock = f"this machine's clock is {abs(row.skew_ms) / KILO:.1f} s {side} the venue's"
    return f"{clock}; {row.text}" if row.text else clock


def _counted(count: int) -> Cell:
    return Cell(f"{count:,}", "warning" if count else "faint")


def _ms_text(value: int | None) -> str:
    return "" if value is None else f"{value:,} ms"


def _bytes_text(count: int) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if count < 10 * KILO or unit == "GB":
            return f"{count:,} {unit}"
        count //= KILO
    return ""
