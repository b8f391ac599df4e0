"""Tables that fit: columns as wide as what they hold, dropped by importance when space is short.

Numbers are never cut: a column that does not fit whole is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from textual.strip import Strip

from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.pieces import Piece, line_of

GAP = 2
"""Cells between two columns."""
LEAD = 1
"""Cells before the first."""


class Cell(NamedTuple):
    """A text and the role that colours it."""

    text: str
    role: str = "text"
    on: str = ""
    """The role of the background, where it is not that of the line."""


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is drawn."""

    title: str
    left: bool = False
    """Words stand left; numbers right, which is the rule."""
    keep: int = 0
    """The column with the highest number is the first to be dropped; 0 always stays."""
    if_any: bool = False
    """Left out where no line has anything in it."""


class Fitted(NamedTuple):
    """A column that is shown: which, empty cells before it, and cells for its text."""

    column: int
    before: int
    width: int


def fit_columns(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int, gap: int = GAP
) -> tuple[Fitted, ...]:
    """The columns that are shown in `width` cells, in their order."""
    widths = [
        max(len(column.title), *(len(row[index].text) for row in rows), 0)
        for index, column in enumerate(columns)
    ]
    shown = [
        index
        for index, column in enumerate(columns)
        if not column.if_any or any(row[index].text for row in rows)
    ]
    while sum(widths[i] + gap for i in shown) - gap + LEAD > width:
        last = max(shown, key=lambda i: columns[i].keep)
        if columns[last].keep == 0:
            break
        shown.remove(last)
    return tuple(
        Fitted(index, gap if place else LEAD, widths[index]) for place, index in enumerate(shown)
    )


def header_line(
    columns: Sequence[Column], fitted: Sequence[Fitted], width: int, palette: Palette
) -> Strip:
    """The titles of the columns that are shown."""
    cells = [Cell(column.title, "muted") for column in columns]
    return table_line(columns, fitted, cells, width, palette)


def table_line(
    columns: Sequence[Column],
    fitted: Sequence[Fitted],
    cells: Sequence[Cell],
    width: int,
    palette: Palette,
    on: str = "",
) -> Strip:
    """One row, exactly `width` cells wide, on the background of the role `on` if one is given."""
    pieces: list[Piece] = []
    for column, before, wide in fitted:
        cell = cells[column]
        text = cell.text.ljust(wide) if columns[column].left else cell.text.rjust(wide)
        pieces.append((" " * before + text, palette.style(cell.role, cell.on or on)))
    return line_of(pieces, width, palette.style("text", on))


def text_line(cells: Sequence[Cell], width: int, palette: Palette, on: str = "") -> Strip:
    """Pieces of text one after another, exactly `width` cells wide."""
    pieces = [(cell.text, palette.style(cell.role, cell.on or on)) for cell in cells]
    return line_of(pieces, width, palette.style("text", on))
