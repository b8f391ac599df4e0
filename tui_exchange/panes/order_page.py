"""The page of one order as something to scroll."""

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_exchange.actions import ORDER
from tui_exchange.bindings import bindings_of
from tui_exchange.order_life.model import OrderLife
from tui_exchange.panes.order_life import order_lines
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import text_line


class OrderPage(ScrollView, can_focus=True):
    """Draws the lines in sight."""

    BINDINGS = bindings_of(ORDER)

    class Stepped(Message):
        """The trader wants to see a neighbour of this order."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class ReadAsked(Message):
        """The trader wants the order read again."""

    class Left(Message):
        """The trader has seen enough."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="order-page")
        self._look = look
        self._life: OrderLife | None = None
        self._lines: list[Strip] = []

    def show(self, life: OrderLife) -> None:
        """Show this order; the place stays when it is the same one."""
        if self._life is None or self._life.order.order_id != life.order.order_id:
            self.scroll_home(animate=False)
        self._life = life
        self.redraw()

    def redraw(self) -> None:
        """Draw the page in the width that there is."""
        width = self.scrollable_content_region.width
        if self._life is not None and width:
            self._lines = order_lines(self._life, width, self._look.fresh)
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
        """See another order of the list."""
        self.post_message(self.Stepped(step))

    def action_refresh(self) -> None:
        """See it as it is now."""
        self.post_message(self.ReadAsked())

    def action_step_out(self) -> None:
        """Back to where the order was chosen."""
        self.post_message(self.Left())
