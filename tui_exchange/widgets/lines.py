"""A widget that holds its lines ready, and sends only what changed in them.

It goes past the styles cache of the screen library: the lines are complete (exact width, background
included), so borders, padding and blending of styles would cost half of a frame and change nothing.
"""

from collections.abc import Sequence

from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui_exchange.renderables.difference import changed_regions


class Lines(Widget):
    """Shows the lines it was given last. Must not be given borders or padding by a style sheet."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: list[Strip] = []

    def show(self, lines: Sequence[Strip]) -> None:
        """Show these lines from now on."""
        before, self._lines = self._lines, list(lines)
        regions = changed_regions(before, self._lines, self.size.width)
        if regions:
            self.refresh(*regions)

    def forget(self) -> None:
        """Send everything anew with the next lines."""
        self._lines = []

    def render_line(self, y: int) -> Strip:
        """The line as it was given."""
        if y < len(self._lines):
            return self._lines[y]
        return Strip.blank(self.size.width, self.rich_style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight, with the filters of the terminal (no colour) applied."""
        first, last = crop.column_span
        whole = first <= 0 and last >= self.size.width
        background = self.background_colors[1]
        # Our colours are never those of the terminal's own palette, so that filter has no work.
        filters = [f for f in self.get_line_filters() if not isinstance(f, ANSIToTruecolor)]
        strips: list[Strip] = []
        for y in crop.line_range:
            strip = self.render_line(y)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip if whole else strip.crop(first, last))
        return strips
