"""One line of the price ladder: text, bars and marks, in as many columns as fit.

Columns from left to right: own buys with the quantity ahead of them, traded at the bid, bid
quantity with its bar, cursor, price, marks, ask quantity with its bar, traded at the ask, own sells
with the quantity ahead of them. Where that is too wide, own orders of both sides share the left
column; then the traded quantities go.
"""

from dataclasses import dataclass
from enum import Enum

from rich.segment import Segment
from textual.strip import Strip

from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import padded

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


@dataclass(frozen=True, slots=True)
class LadderLine:
    """What one row says, ready to be written; empty text where there is nothing."""

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
    """One character for entry or break-even, or empty."""
    mark_role: str


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
    style = palette.style("muted")
    return padded([Segment("".join(titles), style)], width, style)


def ladder_line(line: LadderLine, at: Geometry, width: int, palette: Palette) -> Strip:
    """One row, exactly `width` cells wide."""
    on = "cursor" if line.cursor else ""
    size = at.size
    segments = [_own_left(line, at, palette, on)]
    if at.shape is not Shape.NARROW:
        segments.append(Segment(line.sold.rjust(size), palette.style("muted", on)))
    segments += _bar(
        line.bid, line.bid_share, at.bar, ("bid", "bid-bar", on), palette, grow_left=True
    )
    segments += _price(line, at, palette, on)
    segments += _bar(
        line.ask, line.ask_share, at.bar, ("ask", "ask-bar", on), palette, grow_left=False
    )
    tail = "" if at.shape is Shape.NARROW else line.bought.rjust(size)
    segments.append(Segment(tail, palette.style("muted", on)))
    if at.shape is Shape.WIDE:
        own = line.ahead_sell.rjust(size) + line.own_sell.rjust(size)
        segments.append(Segment(own, palette.style("own", on)))
    return padded(segments, width, palette.style("text"))


def _own_left(line: LadderLine, at: Geometry, palette: Palette, on: str) -> Segment:
    own, ahead = line.own_buy, line.ahead_buy
    if at.shape is not Shape.WIDE:
        if own:
            own = f"B {own}"
        elif line.own_sell:
            own, ahead = f"S {line.own_sell}", line.ahead_sell
        own = own.rjust(at.size + 1)
    return Segment(own.rjust(at.size) + ahead.rjust(at.size), palette.style("own", on))


def _bar(
    text: str,
    share: int,
    width: int,
    roles: tuple[str, str, str],
    palette: Palette,
    grow_left: bool,
) -> list[Segment]:
    role, bar, on = roles
    plain = palette.style(role, on)
    if not text:
        return [Segment(" " * width, plain)]
    filled = max(1, share * (width - 1) // FULL_BAR)
    filled_style = palette.style(role, bar)
    # One cell beside the price stays free, so that bar and price do not run together.
    written = text.rjust(width)
    if grow_left:
        written = text.rjust(width - 1) + " "
        cut = width - 1 - filled
        return [
            Segment(written[:cut], plain),
            Segment(written[cut : width - 1], filled_style),
            Segment(" ", plain),
        ]
    return [
        Segment(" ", plain),
        Segment(written[1 : 1 + filled], filled_style),
        Segment(written[1 + filled :], plain),
    ]


def _price(line: LadderLine, at: Geometry, palette: Palette, on: str) -> list[Segment]:
    return [
        Segment(line.cursor or " ", palette.style("accent", on, bold=True)),
        Segment(line.price.rjust(at.price - 4), palette.style(line.price_role, on, bold=line.best)),
        Segment(line.last or " ", palette.style("last", on)),
        Segment((line.mark or " ") + " ", palette.style(line.mark_role, on)),
    ]
