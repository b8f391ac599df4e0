"""How one-sided the focused market is: depth near the touch, order flow, toxicity, and history."""

from collections.abc import Sequence

from textual.strip import Strip

from tui_exchange.number_text import signed_size_text, size_text
from tui_exchange.panes.pane import Pane, empty_lines
from tui_exchange.renderables.curve import Point, curve_lines
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, Column, fit_columns, table_line, text_line
from tui_exchange.revisions import book_topic, prints_topic
from tui_exchange.views import ImbalanceView

EMPTY = ("no book yet: the imbalance of bids and asks shows with the first quote",)
COLUMNS = (Column("", left=True), Column(""), Column("", keep=1))
NS_PER_SECOND = 1_000_000_000
CURVE_STEPS = 1_000
"""Steps of the curve from 0 to 1."""
CURVE_ROWS_MIN = 2
DASH = "—"


class Imbalance(Pane):
    """Buyers against sellers, on each change of the book."""

    NAME = "imbalance"
    TITLE = "Imbalance"
    LETTER = "i"
    HELP_TEXT = (
        "Quantity wanted against quantity offered in the best five levels: balance runs from -1, "
        "only sellers, to 1, only buyers; near mid counts a level by how near it is. Flow is what "
        "came to the best bid less what came to the best ask, toxicity (VPIN) how one-sided trading"
        " is, from 0 to 1. The curve is the balance, measured while this is seen."
    )

    def topics(self) -> tuple[str, ...]:
        """The focused market's book and trades."""
        return (book_topic(self.desk.symbol), prints_topic(self.desk.symbol))

    def note(self) -> str:
        """Whose it is."""
        return self.desk.symbol

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """A bar, the figures, and the curve of the balance in what room is left."""
        view = self.desk.session.imbalance(self.desk.symbol)
        if view.balance is None:
            return empty_lines(EMPTY, width, palette)
        rows = self._rows(view)
        fitted = fit_columns(COLUMNS, rows, width - 1)
        lines = [_bar(view, width, palette)]
        lines.extend(table_line(COLUMNS, fitted, row, width, palette) for row in rows)
        room = height - len(lines)
        if room >= CURVE_ROWS_MIN:
            lines.extend(_curve(view, width, room, palette))
        return lines[:height]

    def _rows(self, view: ImbalanceView) -> list[tuple[Cell, Cell, Cell]]:
        scale = self.desk.session.scale(view.symbol)
        seconds = view.flow_window_ns // NS_PER_SECOND
        wanted, offered = size_text(scale, view.bid_lots), size_text(scale, view.ask_lots)
        flow = Cell(signed_size_text(scale, view.flow_lots), _role(view.flow_lots))
        buckets = f"{view.toxicity_buckets} buckets" if view.toxicity_buckets else ""
        return [
            _row("size", Cell(wanted, "bid"), Cell(offered, "ask")),
            _row("orders", Cell(str(view.bid_orders), "bid"), Cell(str(view.ask_orders), "ask")),
            _row("balance", _signed(view.balance), _ratio(view.ratio)),
            _row("near mid", _signed(view.weighted_balance), _ratio(view.weighted_ratio)),
            _row(f"flow {seconds} s", flow, Cell("")),
            _row("toxicity", _unsigned(view.toxicity), Cell(buckets, "faint")),
        ]


def _row(label: str, value: Cell, other: Cell) -> tuple[Cell, Cell, Cell]:
    return Cell(label, "muted"), value, other


def _signed(value: float | None) -> Cell:
    return Cell(DASH, "faint") if value is None else Cell(f"{value:+.2f}", _role(value))


def _unsigned(value: float | None) -> Cell:
    return Cell(DASH, "faint") if value is None else Cell(f"{value:.2f}")


def _ratio(value: float | None) -> Cell:
    if value is None:
        return Cell(DASH, "faint")
    return Cell(f"{value:.2f}×" if value < 100 else ">99×", "muted")


def _role(value: float) -> str:
    return "bid" if value > 0 else "ask" if value < 0 else "text"


def _bar(view: ImbalanceView, width: int, palette: Palette) -> Strip:
    """The share of the buyers, as a part of the line."""
    room = max(0, width - 2)
    bid = room * view.bid_lots // max(1, view.bid_lots + view.ask_lots)
    cells = [Cell(" "), Cell(" " * bid, on="bid-bar"), Cell(" " * (room - bid), on="ask-bar")]
    return text_line(cells, width, palette)


def _curve(view: ImbalanceView, width: int, height: int, palette: Palette) -> list[Strip]:
    points: list[Point] = [
        (sample.ts_ns, round(sample.balance * CURVE_STEPS))
        for sample in view.history
        if sample.balance is not None
    ]
    values = [value for _, value in points] or [0]
    labels = [""] * height
    labels[-1] = f"{min(values) / CURVE_STEPS:+.2f}"
    labels[0] = f"{max(values) / CURVE_STEPS:+.2f}"
    gutter = max(map(len, labels)) + 1
    drawn = curve_lines(points, max(1, width - gutter - 2), height)
    return [
        text_line([Cell(f" {line}", "accent"), Cell(label.rjust(gutter), "muted")], width, palette)
        for line, label in zip(drawn, labels, strict=True)
    ]
