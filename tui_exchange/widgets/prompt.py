"""A line at the foot of a screen that asks for one text."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static


class Prompt(Horizontal):
    """Hidden until it asks; the screen that asked takes the answer."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.display = False
        self.purpose = ""
        """What is being asked for; empty while nothing is."""

    def compose(self) -> ComposeResult:
        """What is asked for, and the field."""
        yield Static(id="prompt-label")
        yield Input(id="prompt-input", compact=True, select_on_focus=False)

    def ask(self, purpose: str, label: str, text: str, example: str) -> None:
        """Show the field with a text in it."""
        self.purpose = purpose
        self.query_one(Static).update(f" {label} ")
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = text
        field.placeholder = example
        field.cursor_position = len(text)
        self.display = True
        field.focus()

    def close(self) -> None:
        """Ask for nothing any more."""
        self.purpose = ""
        self.display = False
