"""Jump to a pane by one letter."""

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_exchange.panes import PANES


class Jump(ModalScreen[str | None]):
    """Lists the letters; the next key is one of them, or none."""

    def compose(self) -> ComposeResult:
        """One line a pane."""
        lines = [f"[b $primary]{pane.LETTER}[/]  {pane.TITLE}" for pane in PANES]
        box = Static("\n".join(lines), classes="dialog")
        box.border_title = "Jump to"
        yield box

    def on_key(self, event: events.Key) -> None:
        """Any key answers."""
        event.stop()
        letters = {pane.LETTER: pane.NAME for pane in PANES}
        self.dismiss(letters.get(event.character or ""))
