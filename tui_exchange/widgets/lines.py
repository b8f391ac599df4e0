"""A widget of a few lines that sends only what changed in them."""

from collections.abc import Sequence

from textual.strip import Strip
from textual.widget import Widget

from tui_exchange.renderables.difference import changed_regions


class Lines(Widget):
    """Shows the lines it was given last."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []

    def show(self, lines: Sequence[Strip]) -> None:
        """Show these lines from now on."""
        before, self._lines = self._lines, list(lines)
        regions = changed_regions(before, self._lines, self.size.width)
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """The line as it was given."""
        return (
            self._lines[y]
            if y < len(self._lines)
            else Strip.blank(self.size.width, self.rich_style)
        )
