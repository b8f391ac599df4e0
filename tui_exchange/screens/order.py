"""One order's whole life, over the trading screen or the review."""

from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from tui_exchange.actions import ORDER
from tui_exchange.failures import Failure
from tui_exchange.order_life.model import OrderLife, is_live
from tui_exchange.panes.order_page import OrderPage
from tui_exchange.panes.review_foot import ReviewFoot
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.screens.help import Help
from tui_exchange.widgets.lines import Lines

ABOUT = (
    "Everything that happened to one order, from its acceptance to its end: amendments, triggers,"
    " fills, and what the exchange did by itself."
)
FOLLOW_S = 1.0
"""How often a live order is looked at again."""


def nothing_at_once(order_id: int) -> OrderLife | None:
    """For a history that has to be read."""
    del order_id
    return None


def as_read(life: OrderLife) -> OrderLife:
    """For a history without a market."""
    return life


class OrderScreen(Screen[None]):
    """The page of one order of a list.

    Args:
        order_ids: The list; the page steps through it.
        at: Where in it to begin.
        read: Reads an order; called in a worker thread, it may take its time. Raises Failure.
        at_once: What is known of an order without waiting, if anything is.
        filled: Adds to what was read why the order has or has not filled, as things stand.
    """

    CSS = files("tui_exchange.styles").joinpath("review.tcss").read_text(encoding="utf-8")
    SCOPE: ClassVar[str] = ORDER

    class Read(Message):
        """The order was read."""

        def __init__(self, life: OrderLife) -> None:
            super().__init__()
            self.life = life

    class NotRead(Message):
        """There is nothing to show."""

        def __init__(self, order_id: int, sentence: str) -> None:
            super().__init__()
            self.order_id = order_id
            self.sentence = sentence

    def __init__(
        self,
        order_ids: Sequence[int],
        at: int,
        look: Look,
        keys: Mapping[str, str],
        read: Callable[[int], OrderLife],
        at_once: Callable[[int], OrderLife | None] = nothing_at_once,
        filled: Callable[[OrderLife], OrderLife] = as_read,
    ) -> None:
        super().__init__()
        self.look = look
        self.keys = keys
        self._order_ids = list(order_ids)
        self._at = at
        self._read_order = read
        self._at_once = at_once
        self._filled = filled
        self._life: OrderLife | None = None
        self._head = Lines(id="review-head")
        self._page = OrderPage(look)
        self._foot = ReviewFoot(look, keys, (ORDER,))

    @property
    def order_id(self) -> int:
        """The order that is shown."""
        return self._order_ids[self._at]

    def compose(self) -> ComposeResult:
        """Head, page, foot."""
        yield self._head
        yield self._page
        yield self._foot

    def on_mount(self) -> None:
        """Show the order, and follow it while it lives."""
        self._page.focus()
        self.read()
        self.set_interval(FOLLOW_S, self.follow)

    def on_resize(self) -> None:
        """Say again which order this is."""
        self.call_after_refresh(self._draw_head)

    def redraw(self) -> None:
        """In the colours of now."""
        self._draw_head()
        self._page.redraw()
        self._foot.redraw()

    def performer(self, scope: str) -> Widget:
        """Whose actions a scope names."""
        return self._page if scope == ORDER else self

    def help(self) -> Screen[None]:
        """The help of this screen."""
        return Help("Order", ABOUT, ORDER, self.keys)

    def read(self) -> None:
        """Show what is known at once, or read the order."""
        life = self._at_once(self.order_id)
        if life is None:
            self._read(self.order_id)
        else:
            self._show(life)

    def follow(self) -> None:
        """What has happened to a live order meanwhile, where that costs no waiting."""
        if self._life is not None and is_live(self._life.order):
            life = self._at_once(self.order_id) or self._filled(self._life)
            before = (len(self._life.events), self._life.filling)
            if (len(life.events), life.filling) != before:
                self._show(life)

    @on(OrderPage.Stepped)
    def _stepped(self, event: OrderPage.Stepped) -> None:
        at = self._at + event.step
        if 0 <= at < len(self._order_ids):
            self._at = at
            self._life = None
            self._foot.say("")
            self.read()
        else:
            self._foot.say("there is no further order in this direction of the list")

    @on(OrderPage.ReadAsked)
    def _read_asked(self) -> None:
        self.read()

    @on(OrderPage.Left)
    def _left(self) -> None:
        self.dismiss()

    @on(Read)
    def _have_read(self, event: Read) -> None:
        self._show(self._filled(event.life))

    @on(NotRead)
    def _have_not_read(self, event: NotRead) -> None:
        if event.order_id == self.order_id:
            self._draw_head()
            self._foot.say(event.sentence, "error")

    def _show(self, life: OrderLife) -> None:
        if life.order.order_id == self.order_id:
            self._life = life
            self._page.show(life)
            self._draw_head()

    def _draw_head(self) -> None:
        width = self._head.size.width
        if width:
            place = f"{self._at + 1} of {len(self._order_ids)}" if len(self._order_ids) > 1 else ""
            cells = [Cell(f" ORDER {self.order_id} ", "accent"), Cell(f" {place}", "muted")]
            self._head.show([text_line(cells, width, self.look.fresh, "surface")])

    @work(thread=True, group="read", exclusive=True)
    def _read(self, order_id: int) -> None:
        try:
            life = self._read_order(order_id)
        except Failure as failure:
            self.post_message(self.NotRead(order_id, str(failure)))
        else:
            self.post_message(self.Read(life))
