"""One of a few words, changed with the arrows or the space bar."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Choice(Widget, can_focus=True):
    """Shows the chosen word between arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "step(-1)", "Choose the one before", show=False),
        Binding("right,l,space", "step(1)", "Choose the next one", show=False),
    ]

    value: reactive[str] = reactive("")

    class Changed(Message):
        """Another word was chosen."""

        def __init__(self, choice: "Choice", value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

    def __init__(self, words: Sequence[str], *, id: str) -> None:
        super().__init__(id=id)
        self._words = tuple(words)
        self.set_reactive(Choice.value, self._words[0])

    def offer(self, words: Sequence[str]) -> None:
        """Choose from these from now on; a word that is not among them gives way to the first."""
        self._words = tuple(words)
        if self.value not in self._words:
            self.value = self._words[0]

    def render(self) -> str:
        """The word, with arrows that say how it is changed."""
        return f"‹ {self.value} ›"

    def action_step(self, step: int) -> None:
        """Choose the next word, around the end."""
        at = (self._words.index(self.value) + step) % len(self._words)
        self.value = self._words[at]

    def watch_value(self, value: str) -> None:
        """Tell whoever holds the form."""
        self.post_message(self.Changed(self, value))

    def on_click(self) -> None:
        """A click chooses the next word."""
        self.action_step(1)
