"""The help of the focused pane: what it is, and every key that means something there."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.markup import escape
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

    def text(self) -> str:
        """The page, in the screen library's markup."""
        parts = [escape(self._about), ""]
        for heading, scope in (("In this pane", self._scope), ("Everywhere", DESK), ("", APP)):
            if heading and actions_of(scope):
                parts.append(f"[b]{heading}[/]")
            parts += [self._line(action) for action in actions_of(scope)]
        return "\n".join(parts)

    def action_leave(self) -> None:
        """Back to the screen below."""
        self.dismiss(None)

    def action_roll(self, lines: int) -> None:
        """Scroll the page."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _line(self, action: Action) -> str:
        key = escape(shown_keys(self._keys[action.id]).ljust(KEY_WIDTH))
        armed = "[$warning]ARMED[/] " if action.armed else ""
        return f"[$primary]{key}[/] {armed}{escape(action.text)}"
