"""The list of trades: sorted by a numbered column, a cursor that stays with its trade."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui_exchange.actions import TRADES
from tui_exchange.bindings import bindings_of
from tui_exchange.panes.pane import empty_lines
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import (
    Cell,
    Column,
    fit_columns,
    header_line,
    table_line,
    text_line,
)
from tui_exchange.renderables.title import Title, title_line
from tui_exchange.review.figures import (
    fixed_text,
    held_text,
    minute_text,
    money_text,
    sign_role,
    signed_money_text,
)
from tui_exchange.review.model import LONG, OPEN, ORDERED, Trade
from tui_exchange.review.ordering import Sort
from tui_exchange.widgets.lines import Lines

TAGS_WIDTH_MAX = 28
HEAD_LINES = 2


class TradeColumn(NamedTuple):
    """One column of the list, in the order of `tui_exchange.actions.TRADE_COLUMNS`."""

    sort: str
    column: Column
    cell: Callable[[Trade], Cell]


COLUMNS = (
    TradeColumn(
        "opened", Column("opened", left=True), lambda trade: Cell(minute_text(trade.opened_ns))
    ),
    TradeColumn("symbol", Column("symbol", left=True), lambda trade: Cell(trade.symbol)),
    TradeColumn("side", Column("side", left=True), lambda trade: _side(trade)),
    TradeColumn(
        "size",
        Column("size", keep=4),
        lambda trade: Cell(fixed_text(trade.size, trade.size_decimals)),
    ),
    TradeColumn(
        "entry",
        Column("entry", keep=2),
        lambda trade: Cell(fixed_text(trade.entry, trade.price_decimals)),
    ),
    TradeColumn(
        "exit",
        Column("exit", keep=3),
        lambda trade: Cell(fixed_text(trade.exit, trade.price_decimals)),
    ),
    TradeColumn("held", Column("held", keep=5), lambda trade: _held(trade)),
    TradeColumn(
        "fees",
        Column("fees", keep=7),
        lambda trade: Cell(money_text(trade.fees, trade.currency), "muted"),
    ),
    TradeColumn(
        "net",
        Column("net"),
        lambda trade: Cell(signed_money_text(trade.net, trade.currency), sign_role(trade.net)),
    ),
    TradeColumn(
        "tags", Column("tags and note", left=True, keep=6), lambda trade: Cell(_words(trade), "own")
    ),
)


class TradesList(Lines, can_focus=True):
    """Draws the lines in sight; knows no filter and no file."""

    BINDINGS = bindings_of(TRADES)

    class Opened(Message):
        """The trader wants to see one trade whole."""

        def __init__(self, trade: Trade) -> None:
            super().__init__()
            self.trade = trade

    class FilterAsked(Message):
        """The trader wants to filter."""

    class Sorted(Message):
        """The trader wants the list sorted by this column."""

        def __init__(self, column: str) -> None:
            super().__init__()
            self.column = column

    def __init__(self, look: Look) -> None:
        super().__init__(id="review-trades")
        self._look = look
        self._trades: Sequence[Trade] = ()
        self._sort = Sort()
        self._note = ""
        self._empty: tuple[str, ...] = ()
        self._at = 0
        self._first = 0

    @property
    def current(self) -> Trade | None:
        """The trade at the cursor; None in an empty list."""
        return self._trades[self._at] if self._trades else None

    def list_trades(
        self, trades: Sequence[Trade], sort: Sort, note: str, empty: tuple[str, ...]
    ) -> None:
        """Show these trades, which are sorted like this; `empty` when there are none.

        The cursor stays with its trade, wherever that is now.
        """
        before = self.current
        self._trades, self._sort, self._note, self._empty = trades, sort, note, empty
        if before is not None and self._at:
            numbers = [trade.trade for trade in trades]
            if before.trade in numbers:
                self._at = numbers.index(before.trade)
        self._move_to(self._at)

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self._move_to(self._at + step)

    def action_page(self, direction: int) -> None:
        """Move the cursor by what fits on the screen."""
        self._move_to(self._at + direction * max(1, self.size.height - HEAD_LINES - 1))

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last trade."""
        self._move_to(self._at + direction * len(self._trades))

    def action_open(self) -> None:
        """See the trade at the cursor whole."""
        if self.current is not None:
            self.post_message(self.Opened(self.current))

    def action_filter(self) -> None:
        """Ask for a filter."""
        self.post_message(self.FilterAsked())

    def action_sort(self, column: str) -> None:
        """Sort by a column; again for the other way round."""
        self.post_message(self.Sorted(column))

    def redraw(self) -> None:
        """Draw again and send what differs."""
        self.show(self._draw())

    def on_resize(self) -> None:
        """Fill the new size."""
        self.forget()
        self._move_to(self._at)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a line; a click on that line opens it."""
        at = self._first + event.y - HEAD_LINES
        if event.y >= HEAD_LINES and at < len(self._trades):
            if at == self._at:
                self.action_open()
            self._move_to(at)

    def on_mouse_scroll_up(self) -> None:
        """Move the cursor up."""
        self.action_move(-1)

    def on_mouse_scroll_down(self) -> None:
        """Move the cursor down."""
        self.action_move(1)

    def _move_to(self, at: int) -> None:
        self._at = max(0, min(at, len(self._trades) - 1))
        height = max(1, self.size.height - HEAD_LINES)
        self._first = min(self._first, self._at, max(0, len(self._trades) - height))
        self._first = max(self._first, self._at - height + 1)
        self.redraw()

    def _draw(self) -> list[Strip]:
        width, height = self.size
        if not width or not height:
            return []
        palette = self._look.fresh
        titles = (Title("trades", "Trades", "t"),)
        lines = [title_line(titles, "trades", self.has_focus, self._note, width, palette)]
        if not self._trades:
            lines += empty_lines(self._empty, width, palette)
        else:
            lines += self._table(width, height - 1)
        lines.extend(text_line([], width, palette) for _ in range(height - len(lines)))
        return lines[:height]

    def _table(self, width: int, height: int) -> list[Strip]:
        palette = self._look.fresh
        columns = self._headers()
        seen = self._trades[self._first : self._first + height - 1]
        cells = [[column.cell(trade) for column in COLUMNS] for trade in seen]
        fitted = fit_columns(columns, cells, width)
        lines = [header_line(columns, fitted, width, palette)]
        for number, line in enumerate(cells, self._first):
            on = "cursor" if self.has_focus and number == self._at else ""
            lines.append(table_line(columns, fitted, line, width, palette, on))
        return lines

    def _headers(self) -> list[Column]:
        headers: list[Column] = []
        for place, (sort, column, _) in enumerate(COLUMNS, 1):
            mark = ("▼" if self._sort.descending else "▲") if sort == self._sort.column else ""
            title = f"{place % 10} {column.title}{mark}"
            headers.append(Column(title, left=column.left, keep=column.keep))
        return headers


def _side(trade: Trade) -> Cell:
    return Cell(trade.side, "bid" if trade.side == LONG else "ask")


def _held(trade: Trade) -> Cell:
    return Cell(OPEN, "own") if trade.state == OPEN else Cell(held_text(trade.held_ns))


def _words(trade: Trade) -> str:
    tags = " ".join(f"#{tag}" for tag in trade.tags)
    if trade.closed_by not in ("", ORDERED):
        tags = f"{trade.closed_by} {tags}".strip()
    text = f"{tags} {trade.note}".strip() if trade.note else tags
    return text if len(text) <= TAGS_WIDTH_MAX else f"{text[: TAGS_WIDTH_MAX - 1]}…"
