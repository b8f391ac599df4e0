"""The command line: what is typed is described while it is typed, and run only by enter."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_exchange.command_line.scanner import LINE_CHARS_MAX
from tui_exchange.desk import Desk
from tui_exchange.line_help import LineHelp, Offer
from tui_exchange.panes.pane import wrapped
from tui_exchange.panes.requests import CommandEntered, CommandLeft
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.widgets.keyboard import take_keyboard
from tui_exchange.widgets.lines import Lines

PREVIEW_NS = 250_000_000
LENGTH_MAX = 10 * LINE_CHARS_MAX
"""Far more than a line may have: what is too long is refused, never cut and sent."""
DESCRIPTION_LINES = 2
"""At least; a longer description makes the line taller, up to a third of the screen."""


class CommandLine(Widget):
    """A few lines over the foot of the screen: completions, the description, and the input."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "older", "The line before", show=False),
        Binding("down", "newer", "The line behind", show=False),
        Binding("ctrl+r", "search", "Search the history for what is typed", show=False),
        Binding("tab", "complete", "Take the completion", show=False, priority=True),
        Binding("escape", "leave", "Leave without running", show=False),
    ]

    def __init__(self, desk: Desk, look: Look, line_help: LineHelp) -> None:
        super().__init__(id="command")
        self._desk = desk
        self._look = look
        self._help = line_help
        self._shown: tuple[object, ...] = ()
        self._shown_ns = 0
        self._rows = DESCRIPTION_LINES

    def compose(self) -> ComposeResult:
        """The lines that explain, and the prompt."""
        yield Lines(id="command-help")
        with Horizontal(id="command-row"):
            yield Static(":", id="command-prompt")
            yield LineInput(
                compact=True,
                max_length=LENGTH_MAX,
                id="command-input",
                suggester=_Completions(self._help),
            )

    @property
    def input(self) -> "LineInput":
        """Where it is typed."""
        return self.query_one("#command-input", LineInput)

    def open(self, text: str) -> None:
        """Show the line with this text in it, and take the keyboard."""
        self.display = True
        self._help.restart()
        self._replace(text)
        take_keyboard(self.input)
        self._shown = ()
        self._rows = DESCRIPTION_LINES

    def close(self) -> None:
        """Hide the line and forget what was typed."""
        self.display = False
        self.input.value = ""
        self.input.entered = False

    def frame(self) -> None:
        """Describe what is typed; prices in it follow the market four times a second."""
        if not self.display:
            return
        now_ns = self._desk.now_ns()
        fixed = (self.input.value, self._look.revision, self.size, self._desk.symbol)
        if fixed == self._shown and 0 <= now_ns - self._shown_ns < PREVIEW_NS:
            return
        self._shown, self._shown_ns = fixed, now_ns
        self._describe(self.input.value)

    def action_older(self) -> None:
        """The line before that starts like what was typed."""
        self._replace(self._help.older(self.input.value))

    def action_newer(self) -> None:
        """The line behind that starts like what was typed."""
        self._replace(self._help.newer(self.input.value))

    def action_search(self) -> None:
        """The next older line that contains what was typed."""
        self._replace(self._help.search(self.input.value))

    def action_complete(self) -> None:
        """Take the first completion."""
        found = self._help.offers(self.input.value, self.input.cursor_position)
        if found:
            self._replace(found[0].line)

    def action_leave(self) -> None:
        """Step out; nothing is run."""
        self.post_message(CommandLeft())

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        text = event.value.strip()
        self.post_message(CommandEntered(text) if text else CommandLeft())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._help.typed(event.value)

    def _replace(self, text: str) -> None:
        self.input.value = text
        self.input.cursor_position = len(text)

    def _describe(self, text: str) -> None:
        lines = self.query_one("#command-help", Lines)
        width, palette = lines.size.width, self._look.fresh
        if not width:
            return
        ok, sentences = self._help.describe(text)
        offers = self._help.offers(text, self.input.cursor_position)
        role = "text" if ok else "warning"
        said = self._fitted(wrapped("; ".join(sentences), width - 2))
        lines.show(
            [
                text_line(_offer_cells(offers, width), width, palette, "panel"),
                *(text_line([Cell(part, role)], width, palette, "panel") for part in said),
            ]
        )

    def _fitted(self, said: list[str]) -> list[str]:
        """So many lines as the line has now; it grows where they need it, and stays so."""
        most = max(DESCRIPTION_LINES, self.screen.size.height // 3)
        self._rows = min(most, max(self._rows, len(said)))
        self.styles.height = self._rows + 2
        self.query_one("#command-help", Lines).styles.height = self._rows + 1
        if len(said) > self._rows:
            return [*said[: self._rows - 1], f"{said[self._rows - 1]} …"]
        return said + [""] * (self._rows - len(said))


def _offer_cells(offers: list[Offer], width: int) -> list[Cell]:
    """As many words as fit; the help of the first, which tab would take."""
    cells = [Cell(" ")]
    if offers:
        cells += [Cell(offers[0].word, "accent"), Cell(f" {offers[0].help}", "muted")]
    for offer in offers[1:]:
        if sum(len(cell.text) for cell in cells) + len(offer.word) + 3 > width:
            break
        cells.append(Cell(f"  {offer.word}", "faint"))
    return cells


class LineInput(Input):
    """The input of the line; what is typed behind enter goes where the keyboard is then.

    Attributes:
        entered: Enter was pressed, and the line is not closed yet.
    """

    entered = False

    async def _on_key(self, event: Key) -> None:
        if not self.entered and event.key != "enter":
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        if self.entered:
            self.app.post_message(Key(event.key, event.character))
        else:
            # At once: as a binding it would come after the keys that are on their way already.
            self.entered = True
            await self.action_submit()


class _Completions(Suggester):
    """Shows the first completion behind the cursor."""

    def __init__(self, line_help: LineHelp) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._help = line_help

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line with the first completion; never one that would add to a finished word."""
        found = self._help.offers(value, len(value))
        if not found or not found[0].line.startswith(value):
            return None
        return found[0].line if found[0].line[len(value) :][:1].isalnum() else None
