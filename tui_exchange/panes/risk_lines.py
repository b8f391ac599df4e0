"""How the risk pane is laid out: blocks of lines, in as many columns as there is room for."""

from collections.abc import Sequence
from typing import NamedTuple

from textual.strip import Strip

from tui_exchange.panes.pane import wrapped
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, Column, Fitted, fit_columns, text_line

Line = list[Cell]
COLUMN_MIN, COLUMN_GOOD = 38, 46
"""Cells that a block needs beside another; what it gets where there is height for fewer columns."""
HEIGHT_GOOD = 14
COLUMN_MAX = 60
"""Wider columns put a value too far from its label."""


class Block(NamedTuple):
    """Lines that belong together."""

    lines: list[Line]
    optional: bool = False
    """Left out where it does not fit whole."""


def heading(text: str, note: str = "") -> Line:
    """What stands over a block."""
    return [Cell(f" {text}", "accent"), Cell(f"  {note}" if note else "", "faint")]


def pair(label: str, value: Sequence[Cell], width: int) -> Line:
    """A label at the left and its value at the right; what says more is left out before it is
    cut."""
    shown = list(value)
    while len(shown) > 1 and len(label) + 2 + cells_of(shown) > width - 1:
        shown.pop()
    gap = max(1, width - len(label) - 2 - cells_of(shown))
    return [Cell(f" {label}", "muted"), Cell(" " * gap), *shown]


def cells_of(line: Sequence[Cell]) -> int:
    """How wide a line is."""
    return sum(len(cell.text) for cell in line)


def prose(text: str, width: int, role: str = "muted") -> list[Line]:
    """A sentence in as many lines as it takes."""
    return [[Cell(line, role)] for line in wrapped(text, width - 2)]


def column_count(width: int, height: int) -> int:
    """How many columns stand side by side."""
    return max(1, width // (COLUMN_MIN if height < HEIGHT_GOOD else COLUMN_GOOD))


def column_width(width: int, height: int) -> int:
    """Cells of each."""
    return min(COLUMN_MAX, width // column_count(width, height))


def flow(blocks: Sequence[Block], width: int, height: int) -> list[Line]:
    """Blocks in columns, each put where there is most room; in one column under each other.

    Empty lines between them are left out where they cost a line that says something.
    """
    spaced = _columns(blocks, width, height, gap=1)
    if max(map(len, spaced)) > height:
        spaced = _columns(blocks, width, height, gap=0)
    return beside(spaced, column_width(width, height))


def _columns(blocks: Sequence[Block], width: int, height: int, gap: int) -> list[list[Line]]:
    columns: list[list[Line]] = [[] for _ in range(column_count(width, height))]
    for block in blocks:
        shortest = min(columns, key=len)
        before = gap if shortest else 0
        if block.optional and len(shortest) + before + len(block.lines) > height:
            continue
        shortest.extend([[]] * before)
        shortest.extend(block.lines)
    return columns


def beside(columns: Sequence[Sequence[Line]], wide: int) -> list[Line]:
    """Columns of so many cells each, side by side."""
    return [_row(columns, at, wide) for at in range(max(map(len, columns)))]


def table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[Line]:
    """Titles and rows with the columns that fit."""
    fitted = fit_columns(columns, rows, width)
    titles = [Cell(column.title, "muted") for column in columns]
    return [_table_line(columns, fitted, row) for row in (titles, *rows)]


def _table_line(columns: Sequence[Column], fitted: Sequence[Fitted], row: Sequence[Cell]) -> Line:
    line: Line = []
    for column, before, wide in fitted:
        cell = row[column]
        blank = Cell(" " * (wide - len(cell.text)))
        line.append(Cell(" " * before))
        line.extend([cell, blank] if columns[column].left else [blank, cell])
    return line


def strips(lines: Sequence[Line], width: int, palette: Palette) -> list[Strip]:
    """The lines as they are shown."""
    return [text_line(line, width, palette) for line in lines]


def text_of(lines: Sequence[Line]) -> str:
    """The same without colours."""
    return "\n".join("".join(cell.text for cell in line).rstrip() for line in lines)


def _row(columns: Sequence[Sequence[Line]], at: int, wide: int) -> Line:
    row: Line = []
    for number, column in enumerate(columns):
        line = column[at] if at < len(column) else []
        row.extend(line)
        used = cells_of(line)
        if number < len(columns) - 1:
            row.append(Cell(" " * max(0, wide - used)))
    return row
