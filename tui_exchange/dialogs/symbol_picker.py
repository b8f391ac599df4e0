"""Find an instrument by a piece of its name."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option


class SymbolPicker(ModalScreen[str | None]):
    """Type to narrow the list, enter takes the marked line, escape leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("up", "mark(-1)", "Mark the line above", show=False),
        Binding("down", "mark(1)", "Mark the line below", show=False),
    ]

    def __init__(self, symbols: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._symbols = tuple(symbols)
        """(symbol, what is shown beside it)."""

    def compose(self) -> ComposeResult:
        """The piece typed so far, and what contains it."""
        with Vertical(id="symbol-box", classes="dialog") as box:
            box.border_title = "Instrument"
            yield Input(placeholder="type a part of its name", compact=True)
            yield OptionList(compact=True)

    def on_mount(self) -> None:
        """All of them before anything is typed."""
        self.query_one(OptionList).can_focus = False
        self._narrow("")

    def action_mark(self, step: int) -> None:
        """Mark another line."""
        found = self.query_one(OptionList)
        if step > 0:
            found.action_cursor_down()
        else:
            found.action_cursor_up()

    def action_leave(self) -> None:
        """Keep the focus where it was."""
        self.dismiss(None)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._narrow(event.value)

    @on(Input.Submitted)
    def _take(self) -> None:
        marked = self.query_one(OptionList).highlighted_option
        self.dismiss(None if marked is None else marked.id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def _narrow(self, piece: str) -> None:
        found = self.query_one(OptionList)
        found.clear_options()
        wanted = piece.strip().casefold()
        matching = [entry for entry in self._symbols if wanted in entry[0].casefold()]
        found.add_options(Option(f"{symbol:<18}{beside}", id=symbol) for symbol, beside in matching)
        if matching:
            found.highlighted = 0
