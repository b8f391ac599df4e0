"""The equity curve with the drawdown hanging below it, as lines of text."""

from collections.abc import Sequence

from textual.strip import Strip

from tui_exchange.panes.pane import empty_lines
from tui_exchange.renderables.curve import ROWS_PER_CELL, Point, curve_lines, hanging_lines
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.renderables.title import Title, title_line
from tui_exchange.review.figures import (
    minute_text,
    money_text,
    percent_text,
    signed_money_text,
)
from tui_exchange.review.model import EquityPoint, History

EMPTY = (
    "no equity curve yet: it begins with the first deposit, and grows with every fill and every"
    " ten seconds of a session; `tui-exchange` starts one",
)
QUANTUM_PLACES = 12
CURVE_ROWS_MIN = 2


def curve_block(history: History, width: int, height: int, palette: Palette) -> list[Strip]:
    """Title, curve, drawdown and time axis in exactly `height` lines."""
    titles = (Title("equity", "Equity and drawdown", "e"),)
    lines = [title_line(titles, "equity", False, _headline(history), width, palette)]
    room = height - 2
    if not history.equity:
        lines.extend(empty_lines(EMPTY, width, palette))
    elif room >= CURVE_ROWS_MIN + 1:
        lines.extend(_chart(history, width, room, palette))
        lines.append(_axis(history.equity, width, palette))
    lines.extend(text_line([], width, palette) for _ in range(height - len(lines)))
    return lines[:height]


def _headline(history: History) -> str:
    if not history.equity:
        return ""
    last = history.equity[-1]
    profit = signed_money_text(last.profit, history.currency)
    return f"profit {profit} {history.currency}"


def _chart(history: History, width: int, room: int, palette: Palette) -> list[Strip]:
    points = history.equity
    below = max(1, room // ROWS_PER_CELL)
    above = room - below
    high = max(point.equity for point in points)
    low = min(point.equity for point in points)
    deepest = max(points, key=lambda point: point.drawdown)
    labels = [""] * room
    labels[above - 1] = money_text(low, history.currency)
    labels[0] = money_text(high, history.currency)
    labels[-1] = f"-{percent_text(deepest.drawdown_percent)}" if deepest.drawdown else "no drawdown"
    gutter = max(map(len, labels)) + 1
    inner = width - gutter - 1
    drawn = [
        *((line, "accent") for line in curve_lines(_equity(points), inner, above)),
        *((line, "loss") for line in hanging_lines(_drawdown(points), inner, below)),
    ]
    return [
        text_line([Cell(f" {line}", role), Cell(label.rjust(gutter), "muted")], width, palette)
        for (line, role), label in zip(drawn, labels, strict=True)
    ]


def _axis(points: Sequence[EquityPoint], width: int, palette: Palette) -> Strip:
    first, last = minute_text(points[0].ts_ns), minute_text(points[-1].ts_ns)
    between = " " * max(2, width - len(first) - len(last) - 6)
    return text_line([Cell(f" {first}{between}{last} UTC", "muted")], width, palette)


def _equity(points: Sequence[EquityPoint]) -> list[Point]:
    return [(point.ts_ns, int(point.equity.scaleb(QUANTUM_PLACES))) for point in points]


def _drawdown(points: Sequence[EquityPoint]) -> list[Point]:
    return [(point.ts_ns, int(point.drawdown.scaleb(QUANTUM_PLACES))) for point in points]
