"""One trade whole: what it earned, its orders, fills and events, its note and its tags."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message

from tui_exchange.actions import TRADE
from tui_exchange.failures import ReviewFailure
from tui_exchange.panes.review_page import TradePage
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.review.model import Trade, TradeLife
from tui_exchange.review.source import ReviewSource
from tui_exchange.screens.order import OrderScreen
from tui_exchange.screens.review_writing import WritingScreen


class TradeScreen(WritingScreen):
    """The page of one trade of a list."""

    SCOPE: ClassVar[str] = TRADE

    class Read(Message):
        """The trade was read."""

        def __init__(self, life: TradeLife) -> None:
            super().__init__()
            self.life = life

    def __init__(
        self,
        source: ReviewSource,
        trades: Sequence[Trade],
        at: int,
        look: Look,
        keys: Mapping[str, str],
    ) -> None:
        super().__init__(look, keys)
        self._source = source
        self._trades = list(trades)
        self._at = at
        self._page = TradePage(look)
        self._orders: list[int] = []

    @property
    def source(self) -> ReviewSource:
        """Where the trade is read from."""
        return self._source

    @property
    def trade(self) -> Trade:
        """The trade that is shown."""
        return self._trades[self._at]

    @property
    def main(self) -> TradePage:
        """The page."""
        return self._page

    def compose(self) -> ComposeResult:
        """Head, page, question, foot."""
        yield self.head
        yield self._page
        yield self.prompt
        yield self.foot

    def on_mount(self) -> None:
        """Read the trade."""
        self._page.focus()
        self.read()

    def on_resize(self) -> None:
        """Say again which trade this is."""
        self.call_after_refresh(self._draw_head)

    def redraw(self) -> None:
        """In the colours of now."""
        self._draw_head()
        self._page.redraw()
        self.foot.redraw()

    def read(self) -> None:
        """Read the trade again."""
        self._read(self.trade)

    def action_refresh(self) -> None:
        """Read the trade again."""
        self.read()

    def action_step_out(self) -> None:
        """Out of the question, or back to the list."""
        if self.prompt.purpose:
            self.close_prompt()
        else:
            self.dismiss(self.written)

    @on(TradePage.Stepped)
    def _stepped(self, event: TradePage.Stepped) -> None:
        at = self._at + event.step
        if 0 <= at < len(self._trades):
            self._at = at
            self.read()
        else:
            self.foot.say("there is no further trade in this direction of the list")

    @on(TradePage.OrdersAsked)
    def _orders_asked(self) -> None:
        if self._orders:
            screen = OrderScreen(self._orders, 0, self.look, self.keys, self._source.order)
            self.app.push_screen(screen)

    @on(Read)
    def _show(self, event: Read) -> None:
        if event.life.trade.trade == self.trade.trade:
            self._trades[self._at] = event.life.trade
            self._orders = [order.order_id for order in event.life.orders]
            self._page.show(event.life)
            self._draw_head()

    def _draw_head(self) -> None:
        width = self.head.size.width
        if width:
            place = f"{self._at + 1} of {len(self._trades)} in the list · {self._source.title}"
            cells = [Cell(f" TRADE {self.trade.trade} ", "accent"), Cell(f" {place}", "muted")]
            self.head.show([text_line(cells, width, self.look.fresh, "surface")])

    @work(thread=True, group="read", exclusive=True)
    def _read(self, trade: Trade) -> None:
        try:
            life = self._source.life(trade)
        except ReviewFailure as failure:
            self.post_message(self.Failed(str(failure)))
        else:
            self.post_message(self.Read(life))
