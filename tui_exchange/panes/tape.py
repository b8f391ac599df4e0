"""Time and sales of the focused market."""

from collections.abc import Sequence

from engine.core.commands import Side
from tui_exchange.number_text import clock_text, price_text, size_text
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import prints_topic
from tui_exchange.views import PrintView

PRINTS_MAX = 200


class Tape(ListPane[PrintView]):
    """Trades as they are printed, newest first; the arrow shows who was the aggressor."""

    NAME = "tape"
    TITLE = "Time & sales"
    SHORT = "Tape"
    LETTER = "t"
    HELP_TEXT = (
        "Trades of the focused market, newest first. ▲ was bought at the ask, ▼ sold at the bid, "
        "● one of your orders had a share in it."
    )
    EMPTY = ("no trades yet",)
    COLUMNS = (
        Column("time", left=True),
        Column("price"),
        Column("size"),
        Column("", left=True),
    )

    def topics(self) -> tuple[str, ...]:
        """The focused market's trades."""
        return (prints_topic(self.desk.symbol),)

    def rows(self) -> Sequence[PrintView]:
        """Newest first."""
        return self.desk.session.prints(self.desk.symbol, PRINTS_MAX)

    def identity(self, row: PrintView) -> object:
        """Prints have no number of their own."""
        return row

    def cells(self, row: PrintView) -> Sequence[Cell]:
        """One print."""
        scale = self.desk.session.scale(self.desk.symbol)
        bought = row.side is Side.BUY
        role = "bid" if bought else "ask"
        return (
            Cell(clock_text(row.ts_ns), "faint"),
            Cell(price_text(scale, row.price_ticks), role),
            Cell(size_text(scale, row.lots), "own" if row.own else "text"),
            Cell(("▲" if bought else "▼") + ("●" if row.own else " "), role),
        )
