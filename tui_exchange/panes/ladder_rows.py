"""Turns rows of the ladder's view into lines, and only those that changed."""

from dataclasses import dataclass

from textual.strip import Strip

from engine.core.commands import Side
from engine.core.units import Scale
from tui_exchange.market_words import PROFIT_TYPES, TRAILING_TYPES
from tui_exchange.number_text import price_text, size_fit, size_text
from tui_exchange.renderables.ladder import FULL_BAR, Geometry, LadderLine, ladder_line
from tui_exchange.renderables.palette import Palette
from tui_exchange.views import LadderRow, LadderView, OwnOrderAtPrice

CURSOR_MARKS = {Side.BUY: "B", Side.SELL: "S", None: "▸"}
"""What an order at the cursor would be, as the cursor's own shape."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen, and how wide it is drawn."""

    view: LadderView
    scale: Scale
    at: Geometry
    width: int
    cursor_ticks: int | None
    meant: Side | None


class RowWriter:
    """Keeps the lines of the frame before and makes again those whose content is not the same."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[tuple[object, ...], Strip]] = {}

    def write(self, sight: Sight, palette: Palette) -> list[Strip]:
        """One line for each row of the view."""
        view = sight.view
        largest = max((max(row.bid_lots, row.ask_lots) for row in view.rows), default=0)
        # Bars are compared on a scale that moves in steps, so that one large order which comes and
        # goes does not redraw every line.
        full = _step_above(largest)
        fixed = (view.symbol, sight.at, sight.width, full, palette)
        lines: dict[int, tuple[tuple[object, ...], Strip]] = {}
        group = _group_of(view)
        for row in view.rows:
            marks = _marks(row, sight, group)
            key = (row, marks, fixed)
            known = self._lines.get(row.price_ticks)
            if known is None or known[0] != key:
                line = _line(row, marks, sight, full)
                known = (key, ladder_line(line, sight.at, sight.width, palette))
            lines[row.price_ticks] = known
        self._lines = lines
        return [lines[row.price_ticks][1] for row in view.rows]


Marks = tuple[str, str, str, str, str, bool]
"""Cursor, last trade, mark, its role, the price's role, whether the price is a best one."""


def _marks(row: LadderRow, sight: Sight, group: int) -> Marks:
    view = sight.view

    def here(ticks: int | None) -> bool:
        return ticks is not None and row.price_ticks <= ticks < row.price_ticks + group

    cursor = CURSOR_MARKS[sight.meant] if row.price_ticks == sight.cursor_ticks else ""
    mark, mark_role = "", "text"
    if here(view.liquidation_ticks):
        mark, mark_role = "L", "error"
    elif here(view.entry_ticks):
        mark, mark_role = "◆", "entry"
    elif here(view.break_even_ticks):
        mark, mark_role = "◇", "break-even"
    best = here(view.bid_ticks) or here(view.ask_ticks)
    role = "muted"
    if view.bid_ticks is not None and row.price_ticks <= view.bid_ticks:
        role = "bid"
    elif view.ask_ticks is not None and row.price_ticks + group > view.ask_ticks:
        role = "ask"
    return (cursor, "‹" if here(view.last_ticks) else "", mark, mark_role, role, best)


def _line(row: LadderRow, marks: Marks, sight: Sight, full: int) -> LadderLine:
    scale, wide = sight.scale, sight.at.size - 1
    cursor, last, mark, mark_role, price_role, best = marks
    own_buy, ahead_buy, buy_role = _own(row, Side.BUY, scale)
    own_sell, ahead_sell, sell_role = _own(row, Side.SELL, scale)
    return LadderLine(
        price=price_text(scale, row.price_ticks),
        price_role=price_role,
        best=best,
        bid=size_fit(scale, row.bid_lots, wide) if row.bid_lots else "",
        bid_share=row.bid_lots * FULL_BAR // full,
        ask=size_fit(scale, row.ask_lots, wide) if row.ask_lots else "",
        ask_share=row.ask_lots * FULL_BAR // full,
        sold=size_fit(scale, row.sold_lots, wide) if row.sold_lots else "",
        bought=size_fit(scale, row.bought_lots, wide) if row.bought_lots else "",
        own_buy=own_buy,
        ahead_buy=ahead_buy,
        own_sell=own_sell,
        ahead_sell=ahead_sell,
        cursor=cursor,
        last=last,
        mark=mark,
        mark_role=mark_role,
        waiting=_waiting_letter(row),
        buy_role=buy_role,
        sell_role=sell_role,
    )


def _own(row: LadderRow, side: Side, scale: Scale) -> tuple[str, str, str]:
    """Own orders of a side in this row: their size, what is ahead of the first, and their role.

    Orders that wait stand in no queue: where only such are, what they are stands in its place.
    """
    own = [order for order in row.own if order.side is side] if row.own else []
    if not own:
        return "", "", "own"
    resting = [order for order in own if not order.waits]
    size = size_text(scale, sum(order.open_lots for order in resting or own))
    if resting:
        return size, size_text(scale, min(order.ahead_lots for order in resting)), "own"
    return size, waiting_word(own[0]), "warning"


def waiting_word(order: OwnOrderAtPrice) -> str:
    """What an order that waits is: `stop`, `tp`, `trail`; `pos sl`, `pos tp` for a position's."""
    profit = order.order_type in PROFIT_TYPES
    if order.attached:
        return "pos tp" if profit else "pos sl"
    if order.order_type in TRAILING_TYPES:
        return "trail"
    return "tp" if profit else "stop"


def _waiting_letter(row: LadderRow) -> str:
    """One letter where an own order waits for its price, whatever else stands there."""
    waiting = next((order for order in row.own if order.waits), None)
    if waiting is None:
        return ""
    if waiting.order_type in TRAILING_TYPES:
        return "t"
    return "p" if waiting.order_type in PROFIT_TYPES else "s"


def _group_of(view: LadderView) -> int:
    """Ticks in one row."""
    if len(view.rows) < 2:
        return 1
    return view.rows[0].price_ticks - view.rows[1].price_ticks


def _step_above(lots: int) -> int:
    """The next number of two digits and zeros, the second 0 or 5, that is not smaller."""
    step: int = 5 * 10 ** max(0, len(str(lots)) - 2)
    return max(1, -(-lots // step) * step)
