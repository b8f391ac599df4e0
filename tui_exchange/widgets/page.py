"""Something long to read, scrolled by keys: only the lines in sight are drawn."""

from typing import Generic, TypeVar

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import text_line

Shown = TypeVar("Shown")


class Page(ScrollView, Generic[Shown], can_focus=True):
    """One of a list of things, as lines. A member says what its lines are and when it is another.

    Args:
        page_id: The widget's id.
    """

    class Stepped(Message):
        """The trader wants to see a neighbour of what is shown."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, look: Look, page_id: str) -> None:
        super().__init__(id=page_id)
        self._look = look
        self._shown: Shown | None = None
        self._lines: list[Strip] = []

    def lines_of(self, shown: Shown, width: int) -> list[Strip]:
        """The page, in this width."""
        raise NotImplementedError

    def key_of(self, shown: Shown) -> int:
        """The number by which two pages are of the same thing."""
        raise NotImplementedError

    def show(self, shown: Shown) -> None:
        """Show this; the place stays when it is the same thing."""
        if self._shown is None or self.key_of(self._shown) != self.key_of(shown):
            self.scroll_home(animate=False)
        self._shown = shown
        self.redraw()

    def redraw(self) -> None:
        """Draw the page in the width that there is."""
        width = self.scrollable_content_region.width
        if self._shown is not None and width:
            self._lines = self.lines_of(self._shown, width)
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
        """See a neighbour."""
        self.post_message(self.Stepped(step))
