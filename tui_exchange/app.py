"""The terminal application: theme, keymap, the frame clock, and the way out.

No rule of the market is here. Orders go through the session's command line, whatever key or field
they come from.
"""

import asyncio
import logging
import signal
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import ClassVar, Literal

from textual import events, on
from textual.app import App
from textual.screen import Screen

from engine.clock import Clock, SystemClock
from tui_exchange.actions import APP, BY_ID, DESK
from tui_exchange.app_words import order_named, position_named, prepared_lines, split_word
from tui_exchange.arming import Arming
from tui_exchange.bindings import bindings_of
from tui_exchange.bracket_template import BracketTemplate
from tui_exchange.command_line.history import History
from tui_exchange.desk import Desk
from tui_exchange.failures import ExitCode
from tui_exchange.fill_news import FillNews
from tui_exchange.keymaps import load_keymap
from tui_exchange.line_help import LineHelp
from tui_exchange.notices import BELL_NS, Pace, Weight
from tui_exchange.palette_commands import ActionCommands
from tui_exchange.panes import Pane
from tui_exchange.panes.requests import CommandEntered, LineAsked
from tui_exchange.renderables.palette import Look
from tui_exchange.screens.guest import GuestScreen
from tui_exchange.screens.help import Help
from tui_exchange.screens.trading import TradingScreen
from tui_exchange.session_protocol import SessionLike
from tui_exchange.settings import Terminal
from tui_exchange.theming import DEFAULT_THEME, load_themes

NS_PER_SECOND = 1_000_000_000
SECOND_PRESS_NS = 2 * NS_PER_SECOND
"""How long the second press of a key that asks twice may take."""
TOAST_S = 4
SEVERITIES: dict[Weight, Literal["warning", "error"]] = {
    Weight.REFUSED: "warning",
    Weight.TROUBLE: "error",
    Weight.ALARM: "error",
}


class TradingApp(App[None]):
    """One trader, one session, one terminal.

    Args:
        settings: Looks and behaviour; unknown names fall back and are told.
        user_folder: The config folder, where `themes/*.toml` and `keymap.toml` may be.
        clock: The wall clock; a test passes one that stands still.
    """

    TITLE = "tui-exchange"
    BINDINGS = bindings_of(APP)
    COMMANDS: ClassVar = {ActionCommands}
    CSS = files("tui_exchange.styles").joinpath("trading.tcss").read_text(encoding="utf-8")
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self,
        session: SessionLike,
        settings: Terminal | None = None,
        user_folder: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self._settings = settings or Terminal()
        self._themes, theme_complaints = load_themes(user_folder and user_folder / "themes")
        self.look = Look(self._themes[DEFAULT_THEME].colors)
        super().__init__()
        self.session = session
        arming = Arming(idle_ns=self._settings.disarm_after_s * NS_PER_SECOND)
        bracket = BracketTemplate.of(self._settings)
        self.desk = Desk(session, (clock or SystemClock()).now_ns, arming, self._toast, bracket)
        keymap = load_keymap(self._settings.keymap, user_folder and user_folder / "keymap.toml")
        self.keys = dict(keymap.keys)
        self.theme_titles = {name: theme.title for name, theme in self._themes.items()}
        self._complaints = [*theme_complaints, *keymap.complaints]
        self._line_help = LineHelp(self.desk, History(session.entered.read()))
        self._fill_news = FillNews(session)
        self._kill_ns: int | None = None
        self._bell_pace = Pace(BELL_NS)
        self.trading = TradingScreen(self.desk, self.look, self.keys, self._line_help)
        self._begin_themes()
        self.set_keymap(self.keys)

    def get_default_screen(self) -> Screen[None]:
        """The trading screen; others are pushed over it."""
        return self.trading

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colour roles for the style sheet, whatever theme is worn."""
        colors = self._themes[DEFAULT_THEME].colors
        return {f"role-{role}": color for role, color in colors.items()}

    async def on_mount(self) -> None:
        """Start the market and the frame clock."""
        self._leave_on_signals()
        for complaint in self._complaints:
            self.desk.say(Weight.TROUBLE, complaint)
        await self.session.start()
        self.set_interval(1 / self._settings.frame_hz, self.frame)

    def frame(self) -> None:
        """One frame: news, the trading switch, then what changed on the screen."""
        fresh = self.session.frame()
        ready = self.desk.ready
        # A fill comes before what follows from it.
        for sentence in self._fill_news.read() if ready else ():
            self.desk.say(Weight.DONE, sentence)
        # With nothing to draw yet, a toast is the only place where news can be read.
        weight = Weight.INFO if ready else Weight.TROUBLE
        while self.session.news:
            self.desk.say(weight, self.session.news.popleft())
        if not ready:
            self.trading.frame()
            return
        desk = self.desk
        sentence = desk.arming.watch(desk.now_ns(), desk.feed, desk.connections())
        if sentence:
            desk.say(Weight.REFUSED, sentence)
        if fresh and self.trading in self.screen_stack:
            self.trading.frame()

    async def on_event(self, event: events.Event) -> None:
        """Any key shows that the trader is there."""
        if isinstance(event, events.Key):
            self.desk.arming.touch(self.desk.now_ns())
        await super().on_event(event)

    def on_app_blur(self) -> None:
        """Keys typed for another window must not trade when this one comes back."""
        sentence = self.desk.arming.disarm("the terminal lost the keyboard")
        self.desk.say(Weight.REFUSED, sentence)

    # Actions of the table, scope `app`

    def action_help(self) -> None:
        """Explain the focused pane, or the screen over it."""
        if isinstance(self.screen, GuestScreen):
            self.push_screen(self.screen.help())
            return
        pane = self.trading.current or self.trading.pane("ladder")
        self.push_screen(Help(pane.TITLE, pane.HELP_TEXT, pane.SCOPE, self.keys))

    def action_next_theme(self) -> None:
        """Wear the next theme."""
        names = list(self._themes)
        self.wear_theme(names[(names.index(self.theme) + 1) % len(names)])

    def action_cancel_everything(self) -> None:
        """Cancel every order. It only takes risk away, so it works disarmed."""
        self.desk.run("cancel all")

    def action_kill(self) -> None:
        """At the second press: cancel every order, close every position, take no new risk."""
        now_ns = self.desk.now_ns()
        first, self._kill_ns = self._kill_ns, now_ns
        if first is not None and 0 <= now_ns - first < SECOND_PRESS_NS:
            self._kill_ns = None
            self.desk.run("kill close")
            self.desk.arming.disarm("the kill switch")
        else:
            text = (
                "press ^k again within 2 s to cancel every order, close every position and take no"
                " new risk until `release`"
            )
            self.desk.say(Weight.REFUSED, text)

    def action_release_kill(self) -> None:
        """Let the account trade again."""
        self.desk.run("release")

    # Asked for by palette and command line

    def perform(self, action_id: str) -> None:
        """Do what the key of an action would do, wherever the keyboard is."""
        action, screen = BY_ID[action_id], self.screen
        if action.scope == APP:
            self.call_later(self.run_action, action.call, self)
        elif isinstance(screen, GuestScreen):
            self.call_later(self.run_action, action.call, screen.performer(action.scope))
        elif action.scope == DESK:
            self.call_later(self.run_action, action.call, self.trading)
        else:
            current = self.trading.current
            fits = isinstance(current, Pane) and action.scope == current.SCOPE
            pane = (
                current
                if fits
                else self.trading.pane("ladder" if action.scope == "ladder" else "orders")
            )
            self.call_later(self.run_action, action.call, pane)

    def prepare_line(self, text: str) -> None:
        """Put text into the command line; nothing is done before the trader enters it."""
        self.trading.post_message(LineAsked(text))

    def prepared_lines(self) -> Sequence[tuple[str, str]]:
        """What the palette offers to begin: another portfolio, a venue more, a market less."""
        session = self.desk.session
        return prepared_lines(session.feeds(), session.portfolios)

    def wear_theme(self, name: str) -> None:
        """Switch the theme, or say which there are."""
        theme = self._themes.get(name)
        if theme is None:
            known = ", ".join(self._themes)
            self.desk.say(Weight.REFUSED, f"there is no theme {name!r}; there are {known}")
            return
        self.look.wear(theme.colors)
        self.theme = name
        for screen in self.screen_stack:
            if isinstance(screen, GuestScreen):
                screen.redraw()
        self.desk.say(Weight.INFO, f"theme {theme.title}")

    @on(CommandEntered)
    def _command_entered(self, entered: CommandEntered) -> None:
        self._line_help.remember(entered.text)
        self.session.entered.add(entered.text)
        word, order_id = split_word(entered.text), order_named(entered.text)
        position = position_named(entered.text, [one.symbol for one in self.session.positions()])
        if order_id is not None:
            self.trading.show_order([order_id])
        elif position:
            self.trading.show_position(position)
        elif word is None:
            self.desk.run(entered.text)
        else:
            self._app_word(word[0].name, word[1])

    def _app_word(self, name: str, rest: str) -> None:
        if name == "theme":
            self.wear_theme(rest)
        elif name == "focus":
            self._focus(rest)
        elif name == "quit":
            self.exit()
        elif name == "keys":
            self.action_help()
        elif name == "log":
            self.trading.go("log")
        elif self.desk.armed is (name == "disarm"):
            self.trading.action_arm()

    def _focus(self, text: str) -> None:
        symbols = self.session.symbols
        found = [symbol for symbol in symbols if symbol.casefold() == text.casefold()]
        found = found or [
            symbol for symbol in symbols if symbol.casefold().startswith(text.casefold())
        ]
        if found:
            self.desk.focus(found[0])
        else:
            self.desk.say(Weight.REFUSED, f"no instrument {text!r}; there are {', '.join(symbols)}")

    def _begin_themes(self) -> None:
        for theme in self._themes.values():
            self.register_theme(theme.for_textual())
        name = self._settings.theme
        if name not in self._themes:
            known = ", ".join(self._themes)
            self._complaints.append(
                f"there is no theme {name!r}, {DEFAULT_THEME} is used; there are {known}"
            )
            name = DEFAULT_THEME
        self.theme = name
        self.look.wear(self._themes[name].colors)

    def _toast(self, text: str, weight: Weight) -> None:
        if self.is_running:
            rings = weight is Weight.ALARM and self._settings.bell
            if rings and self._bell_pace.takes(self.desk.now_ns()):
                self.bell()
            severity = SEVERITIES[weight]
            self.notify(text, severity=severity, timeout=TOAST_S, markup=False)

    def _leave_on_signals(self) -> None:
        """SIGTERM and SIGHUP end the program like the quit key; the terminal is restored."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                try:
                    loop.add_signal_handler(getattr(signal, name), self.exit)
                except (NotImplementedError, RuntimeError, ValueError):
                    # Not on this platform, or not in the main thread: the default action remains.
                    return

    def _fatal_error(self) -> None:
        """A defect ends the program with a sentence; what it was goes to the log."""
        error = self._exception
        logging.getLogger(__name__).critical("the screen failed", exc_info=error)
        self._return_code = int(ExitCode.INTERNAL)
        self.panic(
            f"tui-exchange stopped: {type(error).__name__}: {error}."
            " This is a defect of the program. Orders and positions are kept; the log file has"
            " the details."
        )


def run(
    session: SessionLike, settings: Terminal | None = None, user_folder: Path | None = None
) -> int:
    """Show the workstation until the trader leaves; the exit code.

    Raises:
        Failure: The journal could not be closed in good order; the terminal is restored by then.
    """
    return asyncio.run(_run(TradingApp(session, settings, user_folder)))


async def _run(app: TradingApp) -> int:
    try:
        await app.run_async()
    finally:
        await app.session.stop()
    return app.return_code or 0
