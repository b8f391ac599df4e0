"""The two lines at the foot of the review screens: the latest sentence, and the keys."""

from collections.abc import Mapping, Sequence

from tui_exchange.actions import APP, actions_of, shown_key
from tui_exchange.bindings import performs
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.widgets.lines import Lines


class ReviewFoot(Lines):
    """Derived from the table of actions and the keymap in use.

    Args:
        scopes: Whose keys work on this screen.
    """

    def __init__(self, look: Look, keys: Mapping[str, str], scopes: Sequence[str]) -> None:
        super().__init__(id="review-foot")
        self._look = look
        self._keys = keys
        self._scopes = (*scopes, APP)
        self._said = Cell("")

    def say(self, text: str, role: str = "muted") -> None:
        """Show this sentence until there is another."""
        self._said = Cell(f" {text}", role)
        self.redraw()

    def redraw(self) -> None:
        """Draw both lines."""
        width = self.size.width
        if width:
            palette = self._look.fresh
            said = self._said
            if len(said.text) > width:
                said = said._replace(text=f"{said.text[: width - 1]}…")
            self.show(
                [
                    text_line([said], width, palette),
                    text_line(self._hints(width), width, palette, "surface"),
                ]
            )

    def on_resize(self) -> None:
        """Fill the new width."""
        self.redraw()

    def _hints(self, width: int) -> list[Cell]:
        cells: list[Cell] = [Cell(" ")]
        used = 1
        for scope in self._scopes:
            for action in actions_of(scope):
                key, label = shown_key(self._keys[action.id]), f" {action.label}  "
                used += len(key) + len(label)
                if action.label and key and used <= width and performs(self.app, action):
                    cells += [Cell(key, "accent"), Cell(label, "muted")]
                else:
                    used -= len(key) + len(label)
        return cells
