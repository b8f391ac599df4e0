"""The command palette: every action of the table with its key, every theme, every venue."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from tui_exchange.actions import (
    ACTIONS,
    APP,
    ORDER,
    OVER_DESK,
    REVIEW,
    REVIEWING,
    Action,
    shown_keys,
)
from tui_exchange.bindings import performs


class Entry(NamedTuple):
    """One line of the palette."""

    text: str
    call: str
    help: str


class ActsById(Protocol):
    """The app: performs actions of the table, wherever the keyboard is."""

    keys: dict[str, str]
    theme_titles: dict[str, str]

    def perform(self, action_id: str) -> None:
        """Do what a key would do."""

    def wear_theme(self, name: str) -> None:
        """Switch the theme."""

    def prepare_line(self, text: str) -> None:
        """Put text into the command line; nothing is done before the trader enters it."""

    def prepared_lines(self) -> Sequence[tuple[str, str]]:
        """(what it is for, the line) of each line that the palette offers on this desk."""


class ActionCommands(Provider):
    """Searches by words; nothing is sent that a key would not send."""

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for entry in self._entries():
            yield DiscoveryHit(entry.text, lambda call=entry.call: self._do(call), help=entry.help)

    async def search(self, query: str) -> Hits:
        """What matches, best first."""
        matcher = self.matcher(query)
        for entry in self._entries():
            score = matcher.match(entry.text)
            if score > 0:
                text = matcher.highlight(entry.text)
                yield Hit(score, text, lambda call=entry.call: self._do(call), help=entry.help)

    def _entries(self) -> Iterator[Entry]:
        app = cast(ActsById, self.app)
        for action in ACTIONS:
            if self._offers(action):
                where = f"{action.scope}, " if action.scope in ("ladder", "list") else ""
                armed = ", armed only" if action.armed else ""
                key = shown_keys(app.keys[action.id]) or "no key"
                yield Entry(action.text, action.id, f"{where}key {key}{armed}")
        for name, title in app.theme_titles.items():
            yield Entry(f"Theme: {title}", f"theme {name}", f":theme {name}")
        if getattr(self.screen, "SCOPE", "") not in (ORDER, *REVIEWING):
            for text, line in app.prepared_lines():
                yield Entry(text, f"line {line}", f"prepares :{line}")

    def _offers(self, action: Action) -> bool:
        """Whether the screen below the palette can do this."""
        if action.hidden or action.id == "app.command_palette":
            return False
        if not performs(self.app, action):
            return False
        own: str = getattr(self.screen, "SCOPE", "")
        if own == ORDER:
            return action.scope in (APP, ORDER)
        if own in REVIEWING:
            return action.scope in (APP, REVIEW, own)
        return action.scope not in OVER_DESK

    def _do(self, call: str) -> None:
        app = cast(ActsById, self.app)
        word, _, name = call.partition(" ")
        if word == "theme":
            app.wear_theme(name)
        elif word == "line":
            app.prepare_line(name)
        else:
            app.perform(call)
