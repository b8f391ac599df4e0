"""What the program told the trader, newest first."""

from collections.abc import Sequence

from textual.strip import Strip

from tui_exchange.actions import LISTS
from tui_exchange.bindings import bindings_of
from tui_exchange.notices import Notice, Weight
from tui_exchange.number_text import clock_text
from tui_exchange.panes.pane import Pane, empty_lines, wrapped
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, text_line

ROLES = {
    Weight.DONE: "live",
    Weight.INFO: "muted",
    Weight.REFUSED: "warning",
    Weight.TROUBLE: "error",
    Weight.ALARM: "error",
}


class Log(Pane):
    """Sentences with their time; what is too long for a line goes on in the next."""

    NAME = "log"
    TITLE = "Log"
    LETTER = "l"
    SCOPE = LISTS
    BINDINGS = bindings_of(LISTS)
    HELP_TEXT = "What was done, refused and what failed, newest first, each as one sentence."

    _first = 0

    def topics(self) -> tuple[str, ...]:
        """Nothing of the session."""
        return ()

    def state(self) -> tuple[object, ...]:
        """The sentences and the scroll position."""
        return (self.desk.notices.revision, self._first)

    def palette(self) -> Palette:
        """Never dimmed: it does not depend on a feed."""
        return self.look.fresh

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """As many sentences as fit."""
        notices = list(self.desk.notices.lines)
        if not notices:
            return empty_lines(["nothing has happened yet"], width, palette)
        self._first = min(self._first, len(notices) - 1)
        lines: list[Strip] = []
        for notice in notices[len(notices) - 1 - self._first :: -1]:
            lines.extend(_notice_lines(notice, width, palette))
            if len(lines) >= height:
                break
        return lines[:height]

    def action_move(self, step: int) -> None:
        """Scroll by sentences."""
        self._first = max(0, min(self._first + step, len(self.desk.notices.lines) - 1))

    def action_page(self, direction: int) -> None:
        """Scroll by a page."""
        self.action_move(direction * max(1, self.size.height - 2))

    def action_edge(self, direction: int) -> None:
        """Go to the newest or the oldest."""
        self.action_move(direction * len(self.desk.notices.lines))


def _notice_lines(notice: Notice, width: int, palette: Palette) -> list[Strip]:
    start = f" {clock_text(notice.ts_ns)} {notice.weight.value:<8}"
    times = f" (×{notice.times})" if notice.times > 1 else ""
    parts = wrapped(f"{notice.text}{times}", max(20, width - len(start) - 2))
    lines = []
    for number, part in enumerate(parts):
        lead = Cell(start if number == 0 else " " * len(start), ROLES[notice.weight])
        lines.append(text_line([lead, Cell(part)], width, palette))
    return lines
