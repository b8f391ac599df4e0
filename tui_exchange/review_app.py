"""Review as a program of its own: the same screens, themes and keys as in the workstation."""

import logging
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import App
from textual.screen import Screen

from tui_exchange.actions import APP, BY_ID
from tui_exchange.bindings import bindings_of
from tui_exchange.failures import ExitCode, ReviewFailure
from tui_exchange.keymaps import load_keymap
from tui_exchange.palette_commands import ActionCommands
from tui_exchange.renderables.palette import Look
from tui_exchange.review.ordering import Sort
from tui_exchange.review.source import ReviewSource
from tui_exchange.screens.guest import GuestScreen
from tui_exchange.screens.review import ReviewScreen
from tui_exchange.settings import Terminal
from tui_exchange.theming import DEFAULT_THEME, load_themes


class ReviewApp(App[None]):
    """One history on the screen.

    Args:
        open_source: Opens it; called in a worker thread.
        settings: Theme and keymap; unknown names fall back and are told.
        user_folder: The config folder, where `themes/*.toml` and `keymap.toml` may be.
        begin: Filter and order to begin with.

    Attributes:
        failure: Why there was nothing to show; the program has then ended.
    """

    TITLE = "tui-exchange review"
    BINDINGS = bindings_of(APP)
    COMMANDS: ClassVar = {ActionCommands}
    CSS = files("tui_exchange.styles").joinpath("trading.tcss").read_text(encoding="utf-8")
    CSS += ReviewScreen.CSS

    def __init__(
        self,
        open_source: Callable[[], ReviewSource],
        settings: Terminal | None = None,
        user_folder: Path | None = None,
        begin: tuple[str, Sort] = ("", Sort()),
    ) -> None:
        settings = settings or Terminal()
        self._themes, theme_complaints = load_themes(user_folder and user_folder / "themes")
        keymap = load_keymap(settings.keymap, user_folder and user_folder / "keymap.toml")
        self.look = Look(self._themes[DEFAULT_THEME].colors)
        super().__init__()
        self.keys = dict(keymap.keys)
        self.theme_titles = {name: theme.title for name, theme in self._themes.items()}
        self.failure: ReviewFailure | None = None
        self._complaints = [*theme_complaints, *keymap.complaints]
        for theme in self._themes.values():
            self.register_theme(theme.for_textual())
        self.set_keymap(self.keys)
        self._review = ReviewScreen(open_source, self.look, self.keys, begin, stay=True)
        self._first_theme = settings.theme

    def get_default_screen(self) -> Screen[bool]:
        """The history; one trade's page comes over it."""
        return self._review

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour roles for the style sheet, whatever theme is worn."""
        colors = self._themes[DEFAULT_THEME].colors
        return {f"role-{role}": color for role, color in colors.items()}

    def on_mount(self) -> None:
        """Wear the theme, and say what was wrong with the user's files."""
        self.wear_theme(self._first_theme)
        for complaint in self._complaints:
            self.notify(complaint, severity="warning", markup=False)

    def action_help(self) -> None:
        """Explain the screen that is seen."""
        if isinstance(self.screen, GuestScreen):
            self.push_screen(self.screen.help())

    def action_next_theme(self) -> None:
        """Wear the next theme."""
        names = list(self._themes)
        self.wear_theme(names[(names.index(self.theme) + 1) % len(names)])

    def perform(self, action_id: str) -> None:
        """Do what the key of an action would do."""
        action = BY_ID[action_id]
        screen = self.screen
        if action.scope == APP:
            self.call_later(self.run_action, action.call, self)
        elif isinstance(screen, GuestScreen):
            self.call_later(self.run_action, action.call, screen.performer(action.scope))

    def wear_theme(self, name: str) -> None:
        """Switch the theme, or say which there are."""
        theme = self._themes.get(name)
        if theme is None:
            known = ", ".join(self._themes)
            self.notify(f"there is no theme {name!r}; there are {known}", severity="warning")
            theme, name = self._themes[DEFAULT_THEME], DEFAULT_THEME
        self.look.wear(theme.colors)
        self.theme = name
        for screen in self.screen_stack:
            if isinstance(screen, GuestScreen):
                screen.redraw()

    @on(ReviewScreen.NotOpened)
    def _not_opened(self, event: ReviewScreen.NotOpened) -> None:
        self.failure = event.failure
        self.exit()

    def _fatal_error(self) -> None:
        """A defect ends the program with a sentence; what it was goes to the log."""
        error = self._exception
        logging.getLogger(__name__).critical("the screen failed", exc_info=error)
        self._return_code = int(ExitCode.INTERNAL)
        self.panic(
            f"tui-exchange review stopped: {type(error).__name__}: {error}."
            " This is a defect of the program; the history is as it was, and the log file has the"
            " details."
        )


def run(
    open_source: Callable[[], ReviewSource],
    settings: Terminal,
    user_folder: Path,
    begin: tuple[str, Sort],
) -> int:
    """Show the history until the trader leaves; the exit code.

    Raises:
        ReviewFailure: There is none to show; the terminal is restored by then.
    """
    app = ReviewApp(open_source, settings, user_folder, begin)
    app.run()
    if app.failure is not None:
        raise app.failure
    return app.return_code or ExitCode.DONE
