"""A curve over time and an area below a line, as lines of braille text.

A cell of braille has two columns of four dots, so a chart of `width` by `height` cells has
`2 * width` by `4 * height` dots. Everything is computed on integers. A column shows all that
happened in its time, from its lowest to its highest value, joined to the column before; where
nothing happened the last value goes on.
Source of the dot numbers: Unicode 15, block 2800 (Braille Patterns).
"""

from collections.abc import Sequence

COLUMNS_PER_CELL = 2
ROWS_PER_CELL = 4
BLANK = 0x2800
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""Bits of the left and the right column of a cell, top to bottom."""

Point = tuple[int, int]
"""(time, value), in any units."""
Span = tuple[int, int]
"""(lowest, highest) value or dot row of one column."""


def curve_lines(points: Sequence[Point], width: int, height: int) -> list[str]:
    """A line through the points, oldest left, the largest value at the top.

    Args:
        points: In order of time; values that are all the same are drawn across the middle.

    Returns:
        `height` lines of `width` cells; blank without points.
    """
    spans = column_spans(points, width * COLUMNS_PER_CELL)
    if not spans or height < 1:
        return [chr(BLANK) * width for _ in range(height)]
    lowest, highest = min(low for low, _ in spans), max(high for _, high in spans)
    rows = height * ROWS_PER_CELL
    dots = [
        (_row(high, lowest, highest, rows), _row(low, lowest, highest, rows)) for low, high in spans
    ]
    return _drawn(dots, width, height)


def hanging_lines(points: Sequence[Point], width: int, height: int) -> list[str]:
    """An area that hangs from the top: 0 leaves one dot, the largest value reaches the bottom.

    Args:
        points: In order of time; values are not negative.
    """
    spans = column_spans(points, width * COLUMNS_PER_CELL)
    if not spans or height < 1:
        return [chr(BLANK) * width for _ in range(height)]
    deepest = max(max(high for _, high in spans), 1)
    rows = height * ROWS_PER_CELL
    dots = [(0, (2 * high * (rows - 1) + deepest) // (2 * deepest)) for _, high in spans]
    return _drawn(dots, width, height)


def column_spans(points: Sequence[Point], columns: int) -> list[Span]:
    """Lowest and highest value of each of so many equal stretches of time, joined to the last."""
    if not points or columns < 1:
        return []
    start, length = points[0][0], max(1, points[-1][0] - points[0][0])
    spans: list[Span] = []
    last = points[0][1]
    at = 0
    for column in range(columns):
        low = high = last
        while at < len(points) and (points[at][0] - start) * columns < length * (column + 1):
            last = points[at][1]
            low, high = min(low, last), max(high, last)
            at += 1
        spans.append((low, high))
    rest = [value for _, value in points[at:]]
    if rest:
        spans[-1] = (min(spans[-1][0], *rest), max(spans[-1][1], *rest))
    return spans


def _row(value: int, lowest: int, highest: int, rows: int) -> int:
    """The dot row of a value, 0 at the top, rounded to the nearest."""
    if lowest == highest:
        return rows // 2
    length = highest - lowest
    return (2 * (highest - value) * (rows - 1) + length) // (2 * length)


def _drawn(dots: Sequence[Span], width: int, height: int) -> list[str]:
    """Braille text in which column `n` has all dots from `dots[n][0]` to `dots[n][1]`."""
    cells = [[BLANK] * width for _ in range(height)]
    for column, (top, bottom) in enumerate(dots):
        x, half = divmod(column, COLUMNS_PER_CELL)
        for row in range(top, bottom + 1):
            y, dot = divmod(row, ROWS_PER_CELL)
            cells[y][x] |= _DOTS[half][dot]
    return ["".join(map(chr, line)) for line in cells]
