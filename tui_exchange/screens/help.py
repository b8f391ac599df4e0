"""The help of the focused pane: what it is, and every key that means something there."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_exchange.actions import APP, DESK, Action, actions_of, shown_keys

KEY_WIDTH = 16


class Help(ModalScreen[None]):
    """Derived from the table of actions and the keymap in use."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,enter", "leave", "Leave", show=False),
        Binding("down,j", "roll(1)", "Down", show=False),
        Binding("up,k", "roll(-1)", "Up", show=False),
    ]

    def __init__(self, title: str, about: str, scope: str, keys: Mapping[str, str]) -> None:
        super().__init__()
        self._title = title
        self._about = about
        self._scope = scope
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The pane's own keys first, then those that work everywhere."""
        with VerticalScroll(id="help-box", classes="dialog") as box:
            box.border_title = f"{self._title}: help"
            box.border_subtitle = "esc closes"
            yield Static(self.text())

    def text(self) -> Content:
        """The page."""
        parts: list[str | tuple[str, str]] = [self._about]
        sections = (("In this pane", self._scope), ("Everywhere", DESK), ("", APP))
        for heading, scope in sections:
            if heading and actions_of(scope):
                parts += ["\n", (f"\n{heading}", "bold")]
            for action in actions_of(scope):
                parts += self._line(action)
        return Content.assemble(*parts)

    def action_leave(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)

    def action_roll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _line(self, action: Action) -> list[str | tuple[str, str]]:
        key = shown_keys(self._keys[action.id]).ljust(KEY_WIDTH)
        armed = ("ARMED ", "$warning") if action.armed else ""
        return ["\n", (key, "$primary"), armed, action.text]
