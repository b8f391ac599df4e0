"""One open position whole, over the trading screen; followed while it is looked at."""

import textwrap
from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_exchange.position_labels import Labels
from tui_exchange.position_report import Line

FOLLOW_S = 1.0
TITLE_WIDTH = 11
TEXT_WIDTH = 61
"""What is left of the box in the style sheet."""


class PositionScreen(ModalScreen[None]):
    """What `position` tells, where one can look at it.

    Args:
        lines: What there is to tell, with these labels.
        labels: Reads what its trader wrote; called in a worker thread.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,i", "leave", "Leave", show=False),
        Binding("down,j", "roll(1)", "Down", show=False),
        Binding("up,k", "roll(-1)", "Up", show=False),
    ]

    class LabelsRead(Message):
        """What was written about the position."""

        def __init__(self, labels: Labels) -> None:
            super().__init__()
            self.labels = labels

    def __init__(
        self, symbol: str, lines: Callable[[Labels], tuple[Line, ...]], labels: Callable[[], Labels]
    ) -> None:
        super().__init__()
        self._symbol = symbol
        self._lines = lines
        self._read_labels = labels
        self._labels = Labels()
        self._said = Static()

    def compose(self) -> ComposeResult:
        """A box with the lines."""
        with VerticalScroll(id="help-box", classes="dialog") as box:
            box.border_title = f"Position in {self._symbol}"
            box.border_subtitle = "esc closes"
            yield self._said

    def on_mount(self) -> None:
        """Show it now and every second."""
        self._show()
        self._read()
        self.set_interval(FOLLOW_S, self._show)

    def action_leave(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)

    def action_roll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def on_position_screen_labels_read(self, event: LabelsRead) -> None:
        """Show them too."""
        self._labels = event.labels
        self._show()

    def _show(self) -> None:
        lines = self._lines(self._labels) or (("", "it is closed"),)
        parts: list[str | tuple[str, str]] = []
        for number, (title, said) in enumerate(lines):
            start = "\n" if number else ""
            further = "\n" + " " * TITLE_WIDTH
            text = further.join(textwrap.wrap(said, TEXT_WIDTH))
            parts += [(start + title.ljust(TITLE_WIDTH), "$text-muted"), text]
        self._said.update(Content.assemble(*parts))

    @work(thread=True, exclusive=True)
    def _read(self) -> None:
        self.post_message(self.LabelsRead(self._read_labels()))
