"""The page of one trade as something to scroll."""

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_exchange.actions import TRADE
from tui_exchange.bindings import bindings_of
from tui_exchange.panes.review_life import life_lines
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import text_line
from tui_exchange.review.model import TradeLife


class TradePage(ScrollView, can_focus=True):
    """Draws the lines in sight."""

    BINDINGS = bindings_of(TRADE)

    class Stepped(Message):
        """The trader wants to see a neighbour of this trade."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class OrdersAsked(Message):
        """The trader wants to see the life of the trade's orders."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="review-life")
        self._look = look
        self._life: TradeLife | None = None
        self._lines: list[Strip] = []

    def show(self, life: TradeLife) -> None:
        """Show this trade; the place stays when it is the same one."""
        if self._life is None or self._life.trade.trade != life.trade.trade:
            self.scroll_home(animate=False)
        self._life = life
        self.redraw()

    def redraw(self) -> None:
        """Draw the page in the width that there is."""
        width = self.scrollable_content_region.width
        if self._life is not None and width:
            self._lines = life_lines(self._life, width, self._look.fresh)
            self.virtual_size = Size(width, len(self._lines))
            self.refresh()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self.redraw()

    def render_line(self, y: int) -> Strip:
        """A line of the page."""
        at = y + self.scroll_offset.y
        if at < len(self._lines):
            return self._lines[at]
        return text_line([], self.size.width, self._look.fresh)

    def action_roll(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=direction * max(1, self.size.height - 1), animate=False)

    def action_step(self, step: int) -> None:
        """See another trade of the list."""
        self.post_message(self.Stepped(step))

    def action_orders(self) -> None:
        """See the life of its orders."""
        self.post_message(self.OrdersAsked())
