"""All instruments with their touch, the last trade and its change."""

from collections.abc import Sequence

from tui_exchange.number_text import change_text, price_text
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.requests import SymbolAsked
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import FEEDS, book_topic
from tui_exchange.views import FeedState, QuoteView

FEED_MARKS = {
    FeedState.LIVE: "",
    FeedState.CATCHING_UP: "…",
    FeedState.STALE: "!",
    FeedState.DOWN: "✕",
    FeedState.PAUSED: "‖",
    FeedState.ENDED: "■",
}


class Watch(ListPane[QuoteView]):
    """The instruments of this session."""

    NAME = "watch"
    TITLE = "Watchlist"
    LETTER = "w"
    HELP_TEXT = (
        "Every instrument of this session; ◀ is in focus. Enter puts another into focus, < and > "
        "step through them from anywhere. … catching up, ! stale, ✕ down, ‖ paused, ■ ended."
    )
    GAP = 1
    EMPTY = ("no instruments yet: the feed has named none",)
    COLUMNS = (
        Column("symbol", left=True),
        Column("last"),
        Column("change"),
        Column("bid", keep=3),
        Column("ask", keep=3),
    )

    def topics(self) -> tuple[str, ...]:
        """Every market's book."""
        return (FEEDS, *(book_topic(symbol) for symbol in self.desk.session.symbols))

    def palette(self) -> Palette:
        """Each line says for itself whether it is fresh."""
        return self.look.fresh

    def rows(self) -> Sequence[QuoteView]:
        """In listing order."""
        return [self.desk.session.quote(symbol) for symbol in self.desk.session.symbols]

    def identity(self, row: QuoteView) -> object:
        """The instrument."""
        return row.symbol

    def cells(self, row: QuoteView) -> Sequence[Cell]:
        """One instrument; faint when its price cannot be believed."""
        scale = self.desk.session.scale(row.symbol)
        change = change_text(row.last_ticks, row.open_ticks)
        role = "profit" if change.startswith("+") else "loss" if change.startswith("-") else "muted"
        fresh = row.feed in (FeedState.LIVE, FeedState.PAUSED)
        mark = "◀" if row.symbol == self.desk.symbol else FEED_MARKS[row.feed]
        return (
            Cell(f"{row.symbol}{mark}", "accent" if mark == "◀" else "text" if fresh else "stale"),
            Cell(price_text(scale, row.last_ticks), "text" if fresh else "faint"),
            Cell(change, role if fresh else "faint"),
            Cell(price_text(scale, row.bid_ticks), "bid" if fresh else "faint"),
            Cell(price_text(scale, row.ask_ticks), "ask" if fresh else "faint"),
        )

    def open_row(self, row: QuoteView) -> None:
        """Look at this market."""
        self.post_message(SymbolAsked(row.symbol))
