"""Review: equity and drawdown, sums with their formulas, and the trades behind them.

The history is read in worker threads; they post what they found. Filter and order are applied to
what was read, so that they answer at once.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from tui_exchange.actions import TRADES
from tui_exchange.failures import ReviewFailure
from tui_exchange.panes.review_curve import curve_block
from tui_exchange.panes.review_sums import sums_block, sums_short
from tui_exchange.panes.review_trades import TradesList
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.review.filtering import FilterError, parse_filter
from tui_exchange.review.model import EMPTY_HISTORY, History, Trade
from tui_exchange.review.ordering import Sort
from tui_exchange.review.source import ReviewSource
from tui_exchange.screens.review_trade import TradeScreen
from tui_exchange.screens.review_writing import WritingScreen
from tui_exchange.widgets.lines import Lines

FILTER = "filter"
FILTER_EXAMPLE = "symbol:BTC tag:breakout side:long net>0"
EMPTY = (
    "no trades yet: a trade is a round trip, from flat to flat; buy and sell in the workstation,"
    " `tui-exchange`, or with `tui-exchange exec`, and press r here",
)
BESIDE_WIDTH_MIN = 110
SUMS_SHORT_HEIGHT = 3
SUMS_WIDTH = 66
CURVE_HEIGHT_MIN = 7
TOP_HEIGHT_MAX = 20
CURVE_STRETCHES = 512
"""As finely as the widest terminal can show the curve."""
GROWING_S = 5.0
"""How often what a session adds is read."""


class ReviewScreen(WritingScreen):
    """The history of one account.

    Args:
        open_source: Opens the history; called in a worker thread, it may take its time.
        begin: Filter and order to begin with.
        stay: Whether escape leaves this screen; not where it is the whole program.
    """

    SCOPE: ClassVar[str] = TRADES

    class Opened(Message):
        """The history is there."""

        def __init__(self, source: ReviewSource) -> None:
            super().__init__()
            self.source = source

    class NotOpened(Message):
        """There is no history to show."""

        def __init__(self, failure: ReviewFailure) -> None:
            super().__init__()
            self.failure = failure

    class Read(Message):
        """The history was read."""

        def __init__(self, history: History) -> None:
            super().__init__()
            self.history = history

        def can_replace(self, message: Message) -> bool:
            """A newer reading takes the place of one that nobody has seen."""
            return isinstance(message, ReviewScreen.Read)

    def __init__(
        self,
        open_source: Callable[[], ReviewSource],
        look: Look,
        keys: Mapping[str, str],
        begin: tuple[str, Sort] = ("", Sort()),
        stay: bool = False,
    ) -> None:
        super().__init__(look, keys)
        self._open_source = open_source
        self._source: ReviewSource | None = None
        self._history = EMPTY_HISTORY
        self._noticed = ""
        self._readings = 0
        self._curve_of: tuple[tuple[int, ...], list[Strip]] | None = None
        self._filter, self._sort = begin
        self._test = parse_filter(self._filter)
        self._stay = stay
        self._shown: list[Trade] = []
        self._top = Lines(id="review-top")
        self._list = TradesList(look)

    @property
    def source(self) -> ReviewSource | None:
        """Where the history is read from; None until it is open."""
        return self._source

    @property
    def trade(self) -> Trade | None:
        """The trade at the cursor."""
        return self._list.current

    @property
    def main(self) -> TradesList:
        """The list of trades."""
        return self._list

    def compose(self) -> ComposeResult:
        """Head, curve and sums, trades, question, foot."""
        yield self.head
        yield self._top
        yield self._list
        yield self.prompt
        yield self.foot

    def on_mount(self) -> None:
        """Open the history."""
        self._list.focus()
        self.foot.say("opening the history …")
        self._open()

    def on_unmount(self) -> None:
        """Give the history back."""
        if self._source is not None:
            self._source.close()

    def on_resize(self, event: events.Resize) -> None:
        """Divide the new size."""
        self._top.styles.height = _top_height(*event.size)
        self.call_after_refresh(self.redraw)

    def redraw(self) -> None:
        """Draw everything in the colours and the size of now."""
        self._draw_head()
        self._draw_top()
        self._list.redraw()
        self.foot.redraw()

    def read(self) -> None:
        """Read the history again."""
        if self._source is not None:
            self._read(self._source)

    # Actions of the table

    def action_refresh(self) -> None:
        """Read the history again."""
        self.foot.say("")
        self.read()

    def action_step_out(self) -> None:
        """Out of the question, then out of the filter, then out of the review."""
        if self.prompt.purpose:
            self.close_prompt()
            self._use_filter(self._filter)
        elif self._filter:
            self._filter = ""
            self._use_filter("")
        elif self._stay:
            self.foot.say("this is the whole program: ^q leaves it")
        else:
            self.dismiss(self.written)

    # What widgets and workers tell

    @on(TradesList.FilterAsked)
    def _filter_asked(self) -> None:
        self.prompt.ask(FILTER, "filter", self._filter, FILTER_EXAMPLE)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self.prompt.purpose == FILTER:
            self._use_filter(event.value)

    @on(Input.Submitted)
    def _filter_settled(self, event: Input.Submitted) -> None:
        if self.prompt.purpose == FILTER:
            before, self._filter = self._filter, event.value.strip()
            if self._use_filter(self._filter):
                self.prompt.close()
                self._arrange()
            else:
                self._filter = before
                event.prevent_default()

    @on(TradesList.Sorted)
    def _sorted(self, event: TradesList.Sorted) -> None:
        self._sort = self._sort.turned_to(event.column)
        self._arrange()

    @on(TradesList.Opened)
    def _trade_opened(self, event: TradesList.Opened) -> None:
        if self._source is not None:
            at = self._shown.index(event.trade)
            screen = TradeScreen(self._source, self._shown, at, self.look, self.keys)
            self.app.push_screen(screen, lambda written: self.read() if written else None)

    @on(Opened)
    def _opened(self, event: Opened) -> None:
        self._source = event.source
        self.foot.say("")
        self.read()
        if event.source.grows:
            self.set_interval(GROWING_S, self.read)

    @on(NotOpened)
    def _not_opened(self, event: NotOpened) -> None:
        self.foot.say(str(event.failure), "error")

    @on(Read)
    def _have_read(self, event: Read) -> None:
        self._history = event.history
        self._readings += 1
        self._arrange()
        self._draw_head()
        self._tell_notice()

    def _tell_notice(self) -> None:
        """Once each: what the trader does later is answered in the same place."""
        notice = "" if self._source is None else self._source.notice
        if notice != self._noticed:
            self._noticed = notice
            self.foot.say(notice, "warning")

    def _use_filter(self, text: str) -> bool:
        """Show what passes; a filter that makes no sense is explained and the one before stays."""
        try:
            self._test = parse_filter(text)
        except FilterError as error:
            self.foot.say(str(error), "warning")
            return False
        self.foot.say("")
        self._arrange()
        return True

    def _arrange(self) -> None:
        passed = [trade for trade in self._history.trades if self._test(trade)]
        self._shown = self._sort.apply(passed)
        total = len(self._history.trades)
        count = f"{len(passed)} of {total}" if len(passed) != total else str(total)
        if self._filter and not self.prompt.purpose:
            count = f"{self._filter} · {count}"
        empty = EMPTY if not total else ("no trade passes this filter: escape clears it",)
        self._list.list_trades(self._shown, self._sort, count, empty)
        self._draw_top()

    # Drawing

    def _draw_head(self) -> None:
        width = self.head.size.width
        if width:
            history = self._history
            parts = [self._source.title if self._source else "", history.title(history.account)]
            if history.others:
                parts.append(f"not shown: {', '.join(map(history.title, history.others))}")
            text = " · ".join(part for part in parts if part)
            cells = [Cell(" REVIEW ", "accent"), Cell(f" {text}", "muted")]
            self.head.show([text_line(cells, width, self.look.fresh, "surface")])

    def _draw_top(self) -> None:
        width, height = self._top.size
        if width and height:
            self._top.show(self._top_lines(width, height))

    def _top_lines(self, width: int, height: int) -> list[Strip]:
        palette, history = self.look.fresh, self._history
        if width < BESIDE_WIDTH_MIN:
            sums = sums_short(history, self._shown, width, SUMS_SHORT_HEIGHT, palette)
            return [*sums, *self._curve(width, height - len(sums))]
        left = width - SUMS_WIDTH
        curve = self._curve(left, height)
        sums = sums_block(history, self._shown, width - left, height, palette)
        return [Strip.join(pair) for pair in zip(curve, sums, strict=True)]

    def _curve(self, width: int, height: int) -> list[Strip]:
        """As long as neither history, size nor theme are others, the filter leaves it as it is."""
        key = (self._readings, width, height, self.look.revision)
        if self._curve_of is None or self._curve_of[0] != key:
            drawn = curve_block(self._history, width, height, self.look.fresh)
            self._curve_of = (key, drawn)
        return self._curve_of[1]

    # Workers

    @work(thread=True, group="open")
    def _open(self) -> None:
        try:
            source = self._open_source()
        except ReviewFailure as failure:
            self.post_message(self.NotOpened(failure))
        else:
            self.post_message(self.Opened(source))

    @work(thread=True, group="read", exclusive=True)
    def _read(self, source: ReviewSource) -> None:
        try:
            source.refresh()
            history = source.history(CURVE_STRETCHES)
        except ReviewFailure as failure:
            self.post_message(self.Failed(str(failure)))
        else:
            self.post_message(self.Read(history))


def _top_height(width: int, height: int) -> int:
    """Lines for curve and sums: the list keeps more than half of what is left."""
    if width < BESIDE_WIDTH_MIN:
        return SUMS_SHORT_HEIGHT + max(CURVE_HEIGHT_MIN, height // 4)
    return min(TOP_HEIGHT_MAX, height * 2 // 5)
