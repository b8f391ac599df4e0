"""The price ladder: depth, own orders with their queues, trades at price, and trading by keys."""

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip

from engine.core.commands import Side
from engine.core.units import Scale
from tui_exchange.actions import LADDER
from tui_exchange.bindings import bindings_of
from tui_exchange.bracket_template import is_entry
from tui_exchange.desk import Desk
from tui_exchange.notices import Weight
from tui_exchange.number_text import (
    change_text,
    price_text,
    signed_size_text,
    size_text,
)
from tui_exchange.panes import ladder_orders as keys
from tui_exchange.panes.ladder_rows import RowWriter, Sight
from tui_exchange.panes.ladder_window import LadderWindow
from tui_exchange.panes.pane import Pane, empty_lines
from tui_exchange.panes.requests import TicketAsked
from tui_exchange.renderables.ladder import geometry, ladder_header
from tui_exchange.renderables.palette import Look, Palette
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.revisions import book_topic
from tui_exchange.views import LadderView, OwnOrderAtPrice

SIZE_DIGITS_BEFORE = 3
FOOT_LINES = 2
WORDY = 54
"""From this width on, the marks of entry and break-even are explained beside them."""


class Ladder(Pane):
    """Where most trading happens; see `ladder_orders` for what its keys mean."""

    NAME = "ladder"
    TITLE = "Ladder"
    LETTER = "d"
    SCOPE = LADDER
    HELP_TEXT = (
        "Depth of the focused market, your orders with the exact quantity ahead of them, and where "
        "trades happened. Orders that wait stand at their trigger, with stop, tp or trail in place "
        "of a queue (pos: for the whole position) and s, p or t beside the price. Keys marked ARMED"
        " send orders and must be armed first with A."
    )
    BINDINGS = bindings_of(LADDER)

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(desk, look)
        self.windows: dict[str, LadderWindow] = {}
        self.meant: Side | None = None
        """The side that an order at the cursor would have had when the cursor was put there."""
        self._held = keys.HeldKeys()
        self._writer = RowWriter()

    @property
    def window(self) -> LadderWindow:
        """The prices in sight of the focused market."""
        return self.windows.setdefault(self.desk.symbol, LadderWindow())

    def topics(self) -> tuple[str, ...]:
        """The focused market's book."""
        return (book_topic(self.desk.symbol),)

    def state(self) -> tuple[object, ...]:
        """The window and the order size."""
        self._follow()
        window = self.window
        cursor = (window.cursor_ticks, window.top_ticks, window.group_ticks, window.frozen)
        desk = self.desk
        hand = (desk.size_lots, desk.armed, desk.bracket.on)
        return (*cursor, self.meant, *hand, desk.feed, desk.market_words)

    def note(self) -> str:
        """The last price and its change, or why there is no trading; what cannot be believed."""
        quote = self.desk.session.quote(self.desk.symbol)
        scale = self.desk.session.scale(self.desk.symbol)
        price = price_text(scale, quote.last_ticks)
        change = change_text(quote.last_ticks, quote.open_ticks).strip()
        if self.desk.market_words:
            return f"{self.desk.symbol} {self.desk.market_words}"
        state = f"{quote.feed.value} " if self.is_stale() else ""
        return f"{state}{self.desk.symbol} {price} {change}"

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """Column titles, one line a price, and what the next key would do."""
        self._follow()
        if self.window.top_ticks is None:
            sentence = f"no price for {self.desk.symbol} yet: {self._feed_sentence()}"
            return empty_lines([sentence], width, palette)
        view = self.view()
        scale = self.desk.session.scale(self.desk.symbol)
        prices = len(price_text(scale, self.window.top_ticks))
        sizes = max(6, scale.size_decimals + SIZE_DIGITS_BEFORE)
        at = geometry(width, prices, min(sizes, 9))
        sight = Sight(view, scale, at, width, self.window.cursor_ticks, self.meant)
        lines = [ladder_header(at, width, palette)]
        lines.extend(self._writer.write(sight, palette))
        return [*lines, *self._foot(view, width, palette)]

    def view(self) -> LadderView:
        """The rows in sight."""
        window = self.window
        return self.desk.session.ladder(
            self.desk.symbol, window.top_ticks or 0, max(1, window.rows), window.group_ticks
        )

    def action_move(self, rows_up: int) -> None:
        """Move the cursor; the first move puts it on the side of the market it goes to."""
        quote = self.desk.session.quote(self.desk.symbol)
        near = quote.ask_ticks if rows_up > 0 else quote.bid_ticks
        start = near if near is not None else self._middle()
        self.window.move(rows_up, start, self.desk.now_ns())
        self._mean()

    def action_page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self.action_move(direction * max(1, self.window.rows - 1))

    def action_regroup(self, step: int) -> None:
        """More or fewer ticks a row."""
        self.window.regroup(step, self._middle())

    def action_centre(self) -> None:
        """Centre on the market and take the cursor away."""
        self.window.cursor_ticks = None
        middle = self._middle()
        if middle is not None:
            self.window.centre(middle)

    def action_freeze(self) -> None:
        """Stand still, or follow again."""
        self.window.frozen = not self.window.frozen
        state = "stands still; f lets it follow" if self.window.frozen else "follows the market"
        self.desk.say(Weight.INFO, f"the ladder {state}")

    def action_passive(self, side: str, better_ticks: int) -> None:
        """Join the touch, or stand some ticks inside the spread."""
        view, scale, lots = self.view(), self._scale(), self.desk.size_lots
        self._enter(
            Side(side), lambda: keys.passive_line(view, scale, Side(side), lots, better_ticks)
        )

    def action_take(self, side: str) -> None:
        """Trade with the best price seen; disarmed, the key for hit opens a sell ticket."""
        if not self.desk.armed and side == Side.SELL.value:
            self.post_message(TicketAsked(Side.SELL))
            return
        view, scale, lots = self.view(), self._scale(), self.desk.size_lots
        self._enter(Side(side), lambda: keys.taking_line(view, scale, Side(side), lots))

    def action_place(self) -> None:
        """Order at the cursor."""
        price = self._cursor()
        if price is not None:
            view, scale, lots = self.view(), self._scale(), self.desk.size_lots
            meant = self.meant
            self._enter(meant, lambda: keys.cursor_line(view, scale, price, meant, lots))

    def action_exit(self) -> None:
        """A stop or take-profit at the cursor: for the position, or to enter when there is none."""
        price = self._cursor()
        if price is not None:
            view, scale, lots = self.view(), self._scale(), self.desk.size_lots
            spot = self.desk.is_spot
            side = Side.BUY if price > (view.last_ticks or price) else Side.SELL
            enters = None if view.position_lots else side
            self._enter(enters, lambda: keys.exit_line(view, scale, price, lots, spot))

    def action_break_even(self) -> None:
        """Move the position's stops to where closing costs nothing."""
        view, orders = self.view(), self.desk.session.working_orders()
        self._order(lambda: keys.break_even_line(view, self._scale(), orders))

    def action_cancel_some(self, which: str) -> None:
        """Cancel the bids, the asks, or the orders that wait, of this instrument."""
        self._act(lambda: f"cancel {self.desk.symbol} {which}")

    def action_bracket(self) -> None:
        """New entries get exits, or none any more."""
        self.desk.switch_bracket()

    def action_cancel_here(self) -> None:
        """Cancel own orders at the cursor."""
        if self._cursor() is not None:
            self._act(lambda: keys.cancel_line(self._own_here()))

    def action_nudge(self, step: int) -> None:
        """Move own orders at the cursor by ticks; the cursor goes with them."""
        if self._cursor() is not None and self._act(
            lambda: keys.nudge_line(self._own_here(), step * self.window.group_ticks)
        ):
            self.action_move(step)

    def action_cancel_symbol(self) -> None:
        """Cancel every order of this instrument."""
        self._act(lambda: f"cancel {self.desk.symbol}")

    def action_position(self, verb: str) -> None:
        """Close this position at market, or turn it around."""
        self._order(lambda: f"{verb} {self.desk.symbol}")

    def action_close_share(self, percent: int) -> None:
        """Close a part of this position at market."""
        self._order(lambda: f"close {self.desk.symbol} {percent}%pos")

    def action_size(self, index: int) -> None:
        """Use one of the five sizes."""
        self.desk.sizes[self.desk.symbol] = self.desk.presets()[index]

    def action_size_position(self) -> None:
        """Use the size of the position."""
        lots = abs(self.view().position_lots)
        if lots:
            self.desk.sizes[self.desk.symbol] = lots
        else:
            self.desk.say(Weight.REFUSED, f"no position in {self.desk.symbol} to take a size from")

    def step_out(self) -> bool:
        """Take the cursor away; False when there was none."""
        had, self.window.cursor_ticks = self.window.cursor_ticks is not None, None
        return had

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """A moving mouse holds the ladder."""
        self.window.point(self.desk.now_ns())

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked."""
        super().on_click(event)
        if event.y >= 2:
            self.window.set_cursor(event.y - 2, self.desk.now_ns())
            self._mean()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the cursor up."""
        self.action_move(1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the cursor down."""
        self.action_move(-1)

    def _enter(self, side: Side | None, line_of: Callable[[], str]) -> bool:
        """Send an order; with exits, if it makes a position larger and the bracket is on."""
        lots = self.view().position_lots
        if side is None or not is_entry(side, lots, self.desk.is_spot):
            return self._order(line_of)
        orders = self.desk.session.working_orders()
        flags = self.desk.bracket.flags(side, self.desk.symbol, self._scale(), orders)
        return self._order(lambda: f"{line_of()} {flags}".rstrip())

    def _order(self, line_of: Callable[[], str]) -> bool:
        """Send an order once, however long its key is held."""
        return self._act(line_of, once=True)

    def _act(self, line_of: Callable[[], str], once: bool = False) -> bool:
        """Run what a trading key means, if the keys are armed."""
        if not self.desk.armed:
            self.desk.say(Weight.REFUSED, "the trading keys are disarmed: A arms them")
            return False
        try:
            line = line_of()
        except keys.NoOrder as refusal:
            self.desk.say(Weight.REFUSED, str(refusal))
            return False
        if once and self._held.is_held(line, self.desk.now_ns()):
            return False
        return self.desk.run(line).ok

    def _scale(self) -> Scale:
        return self.desk.session.scale(self.desk.symbol)

    def _follow(self) -> None:
        foot = FOOT_LINES if self.size.height > FOOT_LINES + 6 else 0
        rows = self.size.height - 2 - foot
        self.window.fit(rows, self._middle(), self.desk.now_ns())

    def _middle(self) -> int | None:
        quote = self.desk.session.quote(self.desk.symbol)
        if quote.bid_ticks is not None and quote.ask_ticks is not None:
            return (quote.bid_ticks + quote.ask_ticks) // 2
        known = (quote.bid_ticks, quote.ask_ticks, quote.last_ticks)
        return next((ticks for ticks in known if ticks is not None), None)

    def _mean(self) -> None:
        cursor = self.window.cursor_ticks
        self.meant = None if cursor is None else keys.cursor_side(self.view(), cursor)

    def _cursor(self) -> int | None:
        cursor = self.window.cursor_ticks
        if cursor is None:
            self.desk.say(Weight.REFUSED, "there is no cursor: put it on a price with the arrows")
        else:
            self.window.use(self.desk.now_ns())
        return cursor

    def _own_here(self) -> tuple[OwnOrderAtPrice, ...]:
        cursor = self.window.cursor_ticks
        return next((row.own for row in self.view().rows if row.price_ticks == cursor), ())

    def _feed_sentence(self) -> str:
        feeds = self.desk.session.feeds()
        here = (feed for feed in feeds if feed.symbol == self.desk.symbol)
        return next((feed.text or feed.state.value.lower() for feed in here), "waiting for a feed")

    def _foot(self, view: LadderView, width: int, palette: Palette) -> list[Strip]:
        if self.size.height <= FOOT_LINES + 6:
            return []
        return [
            text_line(position_cells(view, self._scale(), width), width, palette),
            text_line(self._size_cells(view), width, palette),
        ]

    def _size_cells(self, view: LadderView) -> list[Cell]:
        lots, presets = self.desk.size_lots, self.desk.presets()
        key = f" [{presets.index(lots) + 1}]" if lots in presets else ""
        cells = [
            Cell(" size ", "muted"),
            Cell(size_text(self._scale(), lots), "own"),
            Cell(key, "faint"),
        ]
        if self.desk.bracket.on:
            cells.append(Cell(f"  BRACKET {self.desk.bracket.words}", "own"))
        if self.window.group_ticks > 1:
            cells.append(Cell(f"  {self.window.group_ticks} ticks a row", "muted"))
        if self.window.frozen:
            cells.append(Cell("  frozen", "warning"))
        row = None if view.last_ticks is None else self.window.row_of(view.last_ticks)
        if row is not None and not 0 <= row < self.window.rows:
            cells.append(Cell(f"  market {'above' if row < 0 else 'below'}: c centres", "warning"))
        return cells


def position_cells(view: LadderView, scale: Scale, width: int) -> list[Cell]:
    """The position of this market in one line, with the marks that stand in the price column."""
    if not view.position_lots:
        return [Cell(" flat", "muted")]
    role = "bid" if view.position_lots > 0 else "ask"
    word = "long" if view.position_lots > 0 else "short"
    cells = [
        Cell(f" {word} ", "muted"),
        Cell(signed_size_text(scale, view.position_lots), role),
        Cell("  ◆ entry " if width >= WORDY else " ◆", "entry"),
        Cell(price_text(scale, view.entry_ticks), "text"),
    ]
    even = [
        Cell("  ◇ even " if width >= WORDY else " ◇", "break-even"),
        Cell(price_text(scale, view.break_even_ticks), "text"),
    ]
    if view.liquidation_ticks is None:
        return cells + even
    liquidation = [
        Cell("  L liq " if width >= WORDY else " L", "error"),
        Cell(price_text(scale, view.liquidation_ticks), "text"),
    ]
    whole = cells + even + liquidation
    fits = sum(len(cell.text) for cell in whole) <= width
    return whole if fits else cells + liquidation
