"""A pane that is a list: columns that fit, a cursor that stays with its line, scrolling."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.strip import Strip

from tui_exchange.actions import LISTS
from tui_exchange.bindings import bindings_of
from tui_exchange.desk import Desk
from tui_exchange.panes.pane import Pane, empty_lines
from tui_exchange.panes.requests import OrderAsked
from tui_exchange.renderables.palette import Look, Palette
from tui_exchange.renderables.table import (
    GAP,
    Cell,
    Column,
    fit_columns,
    header_line,
    table_line,
)

Row = TypeVar("Row")


class ListPane(Pane, Generic[Row]):
    """Lines of one kind.

    Class attributes:
        COLUMNS: What a line consists of.
        EMPTY: What stands there when there is no line, with the key that makes one.
        GAP: Cells between two columns.
    """

    SCOPE = LISTS
    BINDINGS = bindings_of(LISTS)
    COLUMNS: ClassVar[tuple[Column, ...]]
    EMPTY: ClassVar[tuple[str, ...]]
    GAP: ClassVar[int] = GAP

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look)
        self._at = 0
        self._first = 0
        self._rows: Sequence[Row] = ()

    def rows(self) -> Sequence[Row]:
        """The lines, in the order in which they stand."""
        raise NotImplementedError

    def cells(self, row: Row) -> Sequence[Cell]:
        """One line, cell by cell."""
        raise NotImplementedError

    def identity(self, row: Row) -> object:
        """What makes this line the same line in the next frame; the cursor follows it."""
        raise NotImplementedError

    def open_row(self, row: Row) -> None:
        """Enter on a line."""

    def order_of(self, row: Row) -> int | None:
        """The order that a line is about; None where it is about none."""
        del row
        return None

    def drop_row(self, row: Row) -> None:
        """The key for removal on a line."""

    def state(self) -> tuple[object, ...]:
        """The cursor and the scroll position."""
        return (self._at, self._first)

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """Column titles and the lines in sight."""
        self._read()
        if not self._rows:
            return empty_lines(self.EMPTY, width, palette)
        self._scroll(height - 1)
        seen = self._rows[self._first : self._first + height - 1]
        cells = [self.cells(row) for row in seen]
        fitted = fit_columns(self.COLUMNS, cells, width, self.GAP)
        lines = [header_line(self.COLUMNS, fitted, width, palette)]
        for number, line in enumerate(cells, self._first):
            on = "cursor" if self.has_focus and number == self._at else ""
            lines.append(table_line(self.COLUMNS, fitted, line, width, palette, on))
        return lines

    @property
    def current_row(self) -> Row | None:
        """The line at the cursor; None in an empty list."""
        return self._rows[self._at] if self._rows else None

    def action_move(self, step: int) -> None:
        """Move the cursor by lines."""
        self._at = max(0, min(self._at + step, len(self._rows) - 1))

    def action_page(self, direction: int) -> None:
        """Move the cursor by what fits on the screen."""
        self.action_move(direction * max(1, self.size.height - 3))

    def action_edge(self, direction: int) -> None:
        """Move the cursor to the first or the last line."""
        self.action_move(direction * len(self._rows))

    def action_open(self) -> None:
        """Act on the line at the cursor."""
        if self._rows:
            self.open_row(self._rows[self._at])

    def action_life(self) -> None:
        """See the whole of what the line at the cursor is about.

        Of an order its life; the others follow in the list's order.
        """
        numbers = [self.order_of(row) for row in self._rows]
        chosen = numbers[self._at] if numbers else None
        if chosen is not None:
            order_ids = list(dict.fromkeys(number for number in numbers if number is not None))
            self.post_message(OrderAsked(order_ids, order_ids.index(chosen)))

    def action_remove(self) -> None:
        """Prepare the removal of the line at the cursor."""
        if self._rows:
            self.drop_row(self._rows[self._at])

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on a line."""
        super().on_click(event)
        if event.y >= 2:
            self._at = max(0, min(self._first + event.y - 2, len(self._rows) - 1))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the cursor up."""
        self.action_move(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the cursor down."""
        self.action_move(1)

    def _read(self) -> None:
        """Take the newest lines, and keep the cursor on the line where it was."""
        before = self.identity(self._rows[self._at]) if self._at < len(self._rows) else None
        self._rows = self.rows()
        if self._at and before is not None:
            found = (n for n, row in enumerate(self._rows) if self.identity(row) == before)
            self._at = next(found, self._at)
        self._at = max(0, min(self._at, len(self._rows) - 1))

    def _scroll(self, height: int) -> None:
        height = max(1, height)
        self._first = min(self._first, self._at, max(0, len(self._rows) - height))
        self._first = max(self._first, self._at - height + 1)
