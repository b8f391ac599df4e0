"""The page of one order: what it is, what it belongs to, and everything that happened to it."""

from collections.abc import Iterator

from textual.strip import Strip

from engine.journal.rows import OrderRow
from tui_exchange.order_life.model import OrderLife, Terms
from tui_exchange.order_life.words import (
    LifeLine,
    life_lines,
    order_words,
    plain,
    standing_words,
)
from tui_exchange.panes.pane import wrapped
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import (
    Cell,
    Column,
    fit_columns,
    header_line,
    table_line,
    text_line,
)
from tui_exchange.renderables.title import Title, title_line
from tui_exchange.review.figures import fixed_text, milli_text

KIND_WIDTH = 10
STATE_WIDTH = 17
WIDTH_WITH_STATE = 72
"""Below it the state after each event is left out: words need the room."""
BUY = "buy"
ROLES = {
    "fill": "own",
    "filled": "own",
    "rejected": "warning",
    "refused": "warning",
    "triggered": "accent",
}

GROUP_COLUMNS = (
    Column("order"),
    Column("role", left=True),
    Column("side", left=True),
    Column("type", left=True, keep=3),
    Column("size"),
    Column("filled"),
    Column("limit", keep=4),
    Column("trigger", keep=4),
    Column("state", left=True),
    Column("why", left=True, keep=5),
)


def order_lines(life: OrderLife, width: int, palette: Palette) -> list[Strip]:
    """The whole page, as many lines as it takes."""
    return [
        *_paragraph(order_words(life.order, life.terms), "text", width, palette),
        *_paragraph(standing_words(life), "accent", width, palette),
        *_labels(life, width, palette),
        *(
            strip
            for sentence in life.filling
            for strip in _paragraph(sentence, "muted", width, palette)
        ),
        *_group(life, width, palette),
        text_line([], width, palette),
        title_line((_title("What happened"),), "What happened", False, "", width, palette),
        *(strip for line in life_lines(life) for strip in _happened(line, width, palette)),
    ]


def _labels(life: OrderLife, width: int, palette: Palette) -> Iterator[Strip]:
    words = " ".join([*(f"#{tag}" for tag in life.tags), *([life.note] if life.note else [])])
    if words:
        yield from _paragraph(words, "own", width, palette)


def _group(life: OrderLife, width: int, palette: Palette) -> Iterator[Strip]:
    if len(life.group) < 2:
        return
    name = f"The {plain(life.order.group_kind)}"
    rows = [_member(order, life.terms, order is life.order) for order in life.group]
    fitted = fit_columns(GROUP_COLUMNS, rows, width)
    yield text_line([], width, palette)
    yield title_line((_title(name),), name, False, str(len(rows)), width, palette)
    yield header_line(GROUP_COLUMNS, fitted, width, palette)
    for row in rows:
        yield table_line(GROUP_COLUMNS, fitted, row, width, palette)


def _member(order: OrderRow, terms: Terms, shown: bool) -> list[Cell]:
    places, sizes = terms.price_decimals, terms.size_decimals
    limit = "market" if order.price is None else fixed_text(order.price, places)
    return [
        Cell(f"#{order.order_id}", "accent" if shown else "muted"),
        Cell(plain(order.role)),
        Cell(order.side, "bid" if order.side == BUY else "ask"),
        Cell(plain(order.order_type), "muted"),
        Cell(fixed_text(order.size, sizes)),
        Cell(fixed_text(order.filled, sizes)),
        Cell(limit),
        Cell("" if order.trigger is None else fixed_text(order.trigger, places)),
        Cell(plain(order.state)),
        Cell("" if order.cause in (None, order.state) else plain(order.cause or ""), "muted"),
    ]


def _happened(line: LifeLine, width: int, palette: Palette) -> Iterator[Strip]:
    """Time, event and state; the words in as many lines as they take, below one another."""
    head = [
        Cell(f" {milli_text(line.ts_ns)}  ", "muted"),
        Cell(f"{line.kind:<{KIND_WIDTH}}", ROLES.get(line.kind, "text")),
    ]
    if width >= WIDTH_WITH_STATE:
        head.append(Cell(f"{line.state:<{STATE_WIDTH}}", "muted"))
    used = sum(len(cell.text) for cell in head)
    words = wrapped(line.words, width - used - 1) or [""]
    yield text_line([*head, Cell(words[0])], width, palette)
    for more in words[1:]:
        yield text_line([Cell(" " * used), Cell(more)], width, palette)


def _paragraph(words: str, role: str, width: int, palette: Palette) -> Iterator[Strip]:
    for line in wrapped(words, width - 2):
        yield text_line([Cell(line, role)], width, palette)


def _title(name: str) -> Title:
    return Title(name, name, "")
