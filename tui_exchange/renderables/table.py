"""Tables that fit: columns as wide as what they hold, dropped by importance when space is short.

Numbers are never cut: a column that does not fit whole is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_exchange.renderables.palette import Palette

GAP = 2
"""Cells between two columns."""


class Cell(NamedTuple):
    """A text and the role that colours it."""

    text: str
    role: str = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """How one column is drawn."""

    title: str
    left: bool = False
    """Words stand left; numbers right, which is the rule."""
    keep: int = 0
    """The column with the highest number is the first to be dropped; 0 always stays."""


def fit_columns(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int
) -> tuple[tuple[int, int], ...]:
    """(index, width) of the columns that are shown in `width` cells, in their order."""
    widths = [
        max((len(row[index].text) for row in rows), default=0) for index in range(len(columns))
    ]
    widths = [max(len(column.title), wide) for column, wide in zip(columns, widths, strict=True)]
    shown = list(range(len(columns)))
    while shown and sum(widths[i] for i in shown) + GAP * (len(shown) - 1) > width:
        last = max(shown, key=lambda i: columns[i].keep)
        if columns[last].keep == 0:
            break
        shown.remove(last)
    return tuple((index, widths[index]) for index in shown)


def header_line(
    columns: Sequence[Column], fitted: Sequence[tuple[int, int]], width: int, palette: Palette
) -> Strip:
    """The titles of the columns that are shown."""
    cells = [Cell(column.title, "muted") for column in columns]
    return table_line(columns, fitted, cells, width, palette)


def table_line(
    columns: Sequence[Column],
    fitted: Sequence[tuple[int, int]],
    cells: Sequence[Cell],
    width: int,
    palette: Palette,
    on: str = "",
) -> Strip:
    """One row, exactly `width` cells wide, on the background of the role `on` if one is given."""
    space = palette.style("text", on)
    segments: list[Segment] = []
    for position, (index, wide) in enumerate(fitted):
        cell = cells[index]
        style = palette.style(cell.role, on)
        text = cell.text.ljust(wide) if columns[index].left else cell.text.rjust(wide)
        if position:
            segments.append(Segment(" " * GAP, space))
        segments.append(Segment(text, style))
    return padded(segments, width, space)


def padded(segments: list[Segment], width: int, space: Style) -> Strip:
    """The segments as a strip of exactly `width` cells, cut or filled at the end."""
    strip = Strip(segments)
    return strip.adjust_cell_length(width, space) if strip.cell_length != width else strip


def text_line(cells: Sequence[Cell], width: int, palette: Palette, on: str = "") -> Strip:
    """Pieces of text one after another, exactly `width` cells wide."""
    segments = [Segment(cell.text, palette.style(cell.role, on)) for cell in cells]
    return padded(segments, width, palette.style("text", on))
