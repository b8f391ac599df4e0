"""A trader at the workstation, on a market whose time stands still."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui_exchange.paper import Paper
from tests.tui_exchange.screens.still_market import StillMarket
from tui_exchange.app import TradingApp
from tui_exchange.settings import Terminal
from tui_exchange.views import FeedState

SIZE = (120, 40)
QUIET_ROUNDS = 5
"""How often in a row there must be nothing to process: a handler may wait for another widget."""
SLOW = Terminal(frame_hz=1)
"""Frames come when a test asks for them, and seldom besides."""


class Trader:
    """Presses keys and reads the screen; every frame is drawn when it is asked for."""

    def __init__(self, paper: Paper | StillMarket, app: TradingApp, pilot: Pilot[None]) -> None:
        self.paper = paper
        self.app = app
        self.pilot = pilot

    async def begin(self) -> None:
        """Draw once, and take the market's time into the test's own hands."""
        await self.settle()
        await self.paper.session.stop()

    async def press(self, *keys: str) -> None:
        """Press keys one after another, and draw what they did."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Put a text where the keyboard is, as a terminal pastes it."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def command(self, text: str) -> None:
        """Enter a command line."""
        await self.press("colon")
        await self.type(text)
        await self.press("enter")

    async def settle(self) -> None:
        """Let messages arrive and draw a frame."""
        await self._quiet()
        self.app.frame()
        await self._quiet()

    async def _quiet(self) -> None:
        """Until all that was sent has been processed, laid out and drawn."""
        await self._empty()
        # What `Pilot.pause` ends with; the rest of it sends every widget a message and waits.
        self.app.screen._on_timer_update()
        await self._empty()

    async def _empty(self) -> None:
        """Until no widget has a message left, nor sends one for a while."""
        rounds = 0
        while rounds < QUIET_ROUNDS:
            await asyncio.sleep(0)
            pumps = (self.app, *self.app.screen.walk_children(with_self=True))
            busy = any(pump.message_queue_size for pump in pumps)
            rounds = 0 if busy else rounds + 1

    async def market(self, seconds: int) -> None:
        """Let market time pass."""
        self.paper.run(seconds)
        await self.settle()

    async def feed(self, state: FeedState) -> None:
        """Put every subscription into a state."""
        for symbol in self.paper.session.symbols:
            health = self.paper.feed.health(symbol)
            health.state = type(health.state)[state.name]
        await self.settle()

    def pane(self, name: str) -> str:
        """What a pane says."""
        widget = self.app.trading.query_one(f"#{name}", Widget)
        return text_of(widget)

    @property
    def said(self) -> str:
        """The latest sentence."""
        latest = self.app.desk.notices.latest
        return "" if latest is None else latest.text

    @property
    def place(self) -> str | None:
        """The pane that has the keyboard."""
        current = self.app.trading.current
        return None if current is None else current.NAME


def text_of(widget: Widget) -> str:
    """The lines of a widget as text."""
    return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))


@asynccontextmanager
async def trader(
    size: tuple[int, int] = SIZE,
    settings: Terminal | None = None,
    user_folder: Path | None = None,
    paper: Paper | StillMarket | None = None,
) -> AsyncIterator[Trader]:
    """The workstation, opened and drawn once."""
    paper = paper or Paper()
    app = TradingApp(paper.session, settings or SLOW, user_folder, paper.clock)
    async with app.run_test(size=size) as pilot:
        at_work = Trader(paper, app, pilot)
        await at_work.begin()
        yield at_work
