"""What all panes share: a title line, lines drawn by themselves, and repainting only what changed.

A pane says which topics of the session it reads (`topics`) and draws its lines (`draw`). Once a
frame the screen calls `frame()` on the panes that are seen; nothing is drawn unless a revision
moved, and only the parts of lines that differ are sent to the terminal.
"""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.strip import Strip

from tui_exchange.desk import Desk
from tui_exchange.panes.requests import TabAsked
from tui_exchange.renderables.palette import Look, Palette
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.renderables.title import Title, title_at, title_line
from tui_exchange.views import FeedState
from tui_exchange.widgets.lines import Lines

STALE_STATES = (FeedState.STALE, FeedState.DOWN, FeedState.CATCHING_UP)


class Pane(Lines, can_focus=True):
    """One rectangle of the screen that a trader can go to.

    Class attributes:
        NAME: Its name in layouts; also the widget's id.
        TITLE: What stands in its title line.
        SHORT: The same where that is too long; empty for nothing shorter.
        LETTER: What ctrl+o and this letter jump to.
        HELP_TEXT: One or two sentences for the help page.
        SCOPE: Whose actions of `tui_exchange.actions` its keys perform.
    """

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    SHORT: ClassVar[str] = ""
    LETTER: ClassVar[str]
    HELP_TEXT: ClassVar[str]
    SCOPE: ClassVar[str] = ""

    def __init__(self, desk: Desk, look: Look) -> None:
        super().__init__(id=self.NAME)
        self.desk = desk
        self.look = look
        self.beside: tuple[Title, ...] = ()
        """The panes that share this place."""
        self._drawn: tuple[object, ...] = ()

    def topics(self) -> tuple[str, ...]:
        """The session's topics that this pane reads."""
        raise NotImplementedError

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """The lines below the title, at most `height` of them."""
        raise NotImplementedError

    def note(self) -> str:
        """A few words at the right of the title line."""
        return ""

    def state(self) -> tuple[object, ...]:
        """What besides the topics decides what is drawn."""
        return ()

    def frame(self) -> None:
        """Draw again if anything that this pane shows has changed."""
        session = self.desk.session
        freshness = (
            self.desk.symbol,
            self.look.revision,
            self.size,
            self.has_focus,
            self.beside,
            self.is_stale(),
            *(session.revision(topic) for topic in self.topics()),
            *self.state(),
        )
        if freshness != self._drawn:
            self._drawn = freshness
            self.redraw()

    def redraw(self) -> None:
        """Draw all lines, and send those parts that are not as they were."""
        width, height = self.size
        if not width or not height or not self.desk.ready:
            return
        palette = self.palette()
        lines = [title_line(self._titles(), self.NAME, self.has_focus, self.note(), width, palette)]
        lines.extend(self.draw(width, height - 1, palette))
        blank = Strip.blank(width, palette.style("text"))
        lines.extend(blank for _ in range(height - len(lines)))
        self.show(lines[:height])

    def palette(self) -> Palette:
        """The colours: dimmed while the focused market cannot be believed."""
        return self.look.stale if self.is_stale() else self.look.fresh

    def is_stale(self) -> bool:
        """The data shown depends on a feed that is not live."""
        return self.desk.feed in STALE_STATES

    def on_resize(self, event: events.Resize) -> None:
        """Fill the new size at once; waiting for the next frame would show a hole."""
        self.forget()
        self.redraw()

    def on_show(self) -> None:
        """Shown again: what was drawn before is out of date."""
        self._drawn = ()

    def on_click(self, event: events.Click) -> None:
        """A click on another title of these tabs asks for that pane."""
        name = (
            title_at(self._titles(), self.NAME, self.size.width, event.x) if event.y == 0 else None
        )
        if name is not None and name != self.NAME:
            self.post_message(TabAsked(name))

    def step_out(self) -> bool:
        """Leave what is open inside the pane; False when nothing was."""
        return False

    def _titles(self) -> tuple[Title, ...]:
        return self.beside or (Title(self.NAME, self.TITLE, self.LETTER),)


def empty_lines(sentences: Sequence[str], width: int, palette: Palette) -> list[Strip]:
    """What a pane says when it has nothing to show: why, and the key that fills it."""
    lines: list[Strip] = []
    for sentence in sentences:
        lines.extend(
            text_line([Cell(line, "muted")], width, palette)
            for line in wrapped(sentence, width - 2)
        )
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """Text in lines of at most `width` cells, each with one cell before it."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(f" {line}")
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, f" {line}"] if line else lines
