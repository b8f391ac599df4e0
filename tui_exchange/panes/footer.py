"""The two lines at the foot: the latest sentence, and the keys that mean something now."""

from collections.abc import Mapping

from tui_exchange.actions import APP, DESK, LADDER, Action, actions_of, shown_key
from tui_exchange.desk import Desk
from tui_exchange.number_text import clock_text
from tui_exchange.panes.log import ROLES
from tui_exchange.renderables.palette import Look
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.widgets.lines import Lines


class Footer(Lines):
    """Derived from the table of actions and the keymap in use."""

    def __init__(self, desk: Desk, look: Look, keys: Mapping[str, str]) -> None:
        super().__init__(id="footer")
        self._desk = desk
        self._look = look
        self._keys = keys

    def frame(self, scope: str) -> None:
        """Show the latest sentence, and the keys of the pane that has the focus."""
        width = self.size.width
        if width:
            palette = self._look.fresh
            self.show(
                [
                    text_line(self._notice(width), width, palette),
                    text_line(self._hints(scope, width), width, palette, "surface"),
                ]
            )

    def _notice(self, width: int) -> list[Cell]:
        notice = self._desk.notices.latest
        if notice is None:
            return [Cell(" b buys, s sells, : takes a command, ? explains this pane", "muted")]
        start = f" {clock_text(notice.ts_ns)} "
        times = f" (×{notice.times})" if notice.times > 1 else ""
        text = f"{notice.text}{times}"
        room = width - len(start) - 1
        if len(text) > room:
            text = f"{text[: room - 7]}… L log"
        return [Cell(start, "faint"), Cell(text, ROLES[notice.weight])]

    def _hints(self, scope: str, width: int) -> list[Cell]:
        cells: list[Cell] = []
        used = 0
        for action in self._actions(scope):
            key, label = shown_key(self._keys[action.id]), f" {action.label}  "
            if not key:
                continue
            used += len(key) + len(label)
            if used > width:
                break
            cells += [Cell(key, "accent"), Cell(label, "muted")]
        return [Cell(" "), *cells]

    def _actions(self, scope: str) -> list[Action]:
        """What matters most first: the trading keys when armed, else those that open something."""
        trading = scope == LADDER and self._desk.armed
        own = [a for a in actions_of(scope) if a.label and (trading or not a.armed)]
        rest = [a for a in (*actions_of(DESK), *actions_of(APP)) if a.label]
        return [*own, *rest] if trading else [*rest, *own]
