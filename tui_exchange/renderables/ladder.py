"""One line of the price ladder: text, bars and marks, in as many columns as fit.

Columns from left to right: own buys with the quantity ahead of them, traded at the bid, bid
quantity with its bar, cursor, price, marks, ask quantity with its bar, traded at the ask, own sells
with the quantity ahead of them. Where that is too wide, own orders of both sides share the left
column; then the traded quantities go.
"""

from dataclasses import dataclass
from enum import Enum

from textual.strip import Strip

from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.pieces import Piece, line_of

FULL_BAR = 1000
BAR_WIDTH_MAX = 26


class Shape(Enum):
    """How many columns there are."""

    NARROW = "narrow"
    """One own column, no traded quantities."""
    MIDDLE = "middle"
    """One own column, traded quantities."""
    WIDE = "wide"
    """Own columns on both sides, traded quantities."""


@dataclass(frozen=True, slots=True)
class Geometry:
    """Widths of the columns, in cells."""

    shape: Shape
    size: int
    bar: int
    """Bid and ask columns."""
    price: int
    total: int


@dataclass(slots=True)
class LadderLine:
    """What one row says, ready to be written; empty text where there is nothing.

    Not frozen: forty of them are made for a frame, and freezing would double their cost.
    """

    price: str
    price_role: str
    best: bool
    bid: str
    bid_share: int
    """Of the largest quantity in sight, in thousandths."""
    ask: str
    ask_share: int
    sold: str
    bought: str
    own_buy: str
    ahead_buy: str
    own_sell: str
    ahead_sell: str
    cursor: str
    """One character, or empty."""
    last: str
    """One character where the last trade was, or empty."""
    mark: str
    """One character for liquidation, entry or break-even, or empty."""
    mark_role: str
    waiting: str = ""
    """One character where an own order waits for this price, or empty."""
    buy_role: str = "own"
    sell_role: str = "own"


def geometry(width: int, price_width: int, size_width: int) -> Geometry:
    """The richest shape that fits into `width` cells; what is left over widens the bars."""
    size = size_width + 1
    price = price_width + 4
    needed = {
        Shape.WIDE: 8 * size + 2 + price,
        Shape.MIDDLE: 6 * size + 2 + price,
        Shape.NARROW: 4 * size + 2 + price,
    }
    shape = next((shape for shape, cells in needed.items() if cells <= width), Shape.NARROW)
    spare = max(0, width - needed[shape])
    widened = min(size + spare // 2, BAR_WIDTH_MAX)
    total = needed[shape] + 2 * (widened - size)
    return Geometry(shape=shape, size=size, bar=widened, price=price, total=total)


def ladder_header(at: Geometry, width: int, palette: Palette) -> Strip:
    """The titles of the columns."""
    size = at.size
    titles = ["mine".rjust(size + 1 if at.shape is not Shape.WIDE else size), "ahead".rjust(size)]
    if at.shape is not Shape.NARROW:
        titles.append("sold".rjust(size))
    titles += ["bid".rjust(at.bar), "price".rjust(at.price - 3), "   ", "ask".rjust(at.bar)]
    if at.shape is not Shape.NARROW:
        titles.append("bought".rjust(size))
    if at.shape is Shape.WIDE:
        titles += ["ahead".rjust(size), "mine".rjust(size)]
    return line_of([("".join(titles), palette.style("muted"))], width, palette.style("text"))


def ladder_line(line: LadderLine, at: Geometry, width: int, palette: Palette) -> Strip:
    """One row, exactly `width` cells wide."""
    on = "cursor" if line.cursor else ""
    size, traded = at.size, at.shape is not Shape.NARROW
    pieces = [_own_left(line, at, palette, on)]
    if traded:
        pieces.append((line.sold.rjust(size), palette.style("muted", on)))
    pieces += _bid(line, at.bar, palette, on)
    pieces += _price(line, at, palette, on)
    pieces += _ask(line, at.bar, palette, on)
    if traded:
        pieces.append((line.bought.rjust(size), palette.style("muted", on)))
    if at.shape is Shape.WIDE:
        own = line.ahead_sell.rjust(size) + line.own_sell.rjust(size)
        pieces.append((own, palette.style(line.sell_role, on)))
    return line_of(pieces, width, palette.style("text"))


def _own_left(line: LadderLine, at: Geometry, palette: Palette, on: str) -> Piece:
    own, ahead, role, wide = line.own_buy, line.ahead_buy, line.buy_role, at.size
    if at.shape is not Shape.WIDE:
        wide += 1
        if own:
            own = f"B {own}"
        elif line.own_sell:
            own, ahead, role = f"S {line.own_sell}", line.ahead_sell, line.sell_role
    return own.rjust(wide) + ahead.rjust(at.size), palette.style(role, on)


def _bid(line: LadderLine, width: int, palette: Palette, on: str) -> list[Piece]:
    """The bar grows to the left; one cell stays free between it and the price."""
    plain = palette.style("bid", on)
    if not line.bid:
        return [(" " * width, plain)]
    text = line.bid.rjust(width - 1)
    cut = width - 1 - _filled(line.bid_share, width)
    return [(text[:cut], plain), (text[cut:], palette.style("bid", "bid-bar")), (" ", plain)]


def _ask(line: LadderLine, width: int, palette: Palette, on: str) -> list[Piece]:
    """The bar grows to the right."""
    plain = palette.style("ask", on)
    if not line.ask:
        return [(" " * width, plain)]
    text = line.ask.rjust(width - 1)
    cut = _filled(line.ask_share, width)
    return [(" ", plain), (text[:cut], palette.style("ask", "ask-bar")), (text[cut:], plain)]


def _filled(share: int, width: int) -> int:
    """Cells of a bar: at least one, so that a small quantity is not taken for none."""
    return max(1, share * (width - 1) // FULL_BAR)


def _price(line: LadderLine, at: Geometry, palette: Palette, on: str) -> list[Piece]:
    pieces = [
        (line.cursor or " ", palette.style("accent", on, bold=True)),
        (line.price.rjust(at.price - 4), palette.style(line.price_role, on, bold=line.best)),
        (line.last or " ", palette.style("last", on)),
    ]
    if not line.waiting:
        return [*pieces, ((line.mark or " ") + " ", palette.style(line.mark_role, on))]
    return [
        *pieces,
        (line.mark or " ", palette.style(line.mark_role, on)),
        (line.waiting, palette.style("warning", on, bold=True)),
    ]
