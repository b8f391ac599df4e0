"""A screen with nothing but the ladder, on a terminal that only counts what it is sent."""

import asyncio

from textual import events
from textual.app import App, ComposeResult
from textual.driver import Driver
from textual.geometry import Size

from tui_exchange.arming import Arming
from tui_exchange.bench.figures import BenchmarkFailed
from tui_exchange.desk import Desk
from tui_exchange.notices import Weight
from tui_exchange.panes.ladder import Ladder
from tui_exchange.renderables.palette import Look
from tui_exchange.session_protocol import SessionLike
from tui_exchange.theming import DEFAULT_THEME, load_themes

PAINT_TIMEOUT_S = 10.0


class CountingTerminal(Driver):
    """Takes everything that a terminal would be sent.

    Attributes:
        bytes_written: How much that was, in UTF-8.
    """

    bytes_written = 0

    def write(self, data: str) -> None:
        """Count a piece of output."""
        self.bytes_written += len(data.encode())

    def start_application_mode(self) -> None:
        """Tell the program how large this terminal is."""
        assert self._size is not None, "a counting terminal is made with a size"
        size = Size(*self._size)
        self._app.call_later(self._app.post_message, events.Resize(size, size))

    def disable_input(self) -> None:
        """There is no input."""

    def stop_application_mode(self) -> None:
        """There is no terminal to restore."""


class LadderScreen(App[None]):
    """One ladder over the whole terminal; draws when it is told to."""

    CSS = "Ladder { width: 1fr; height: 1fr; }"

    def __init__(self, session: SessionLike, now_ns: int) -> None:
        super().__init__(driver_class=CountingTerminal)
        themes, _ = load_themes()
        desk = Desk(session, lambda: now_ns, Arming(), _nobody_reads)
        self.ladder = Ladder(desk, Look(themes[DEFAULT_THEME].colors))
        self.opened = asyncio.Event()

    def compose(self) -> ComposeResult:
        """The ladder alone."""
        yield self.ladder

    def on_ready(self) -> None:
        """The first picture is there."""
        self.opened.set()

    @property
    def bytes_written(self) -> int:
        """Sent to the terminal so far."""
        assert isinstance(self._driver, CountingTerminal)
        return self._driver.bytes_written

    async def paint(self) -> None:
        """Draw what changed, and wait until it has been sent.

        Raises:
            BenchmarkFailed: The picture does not come.
        """
        painted = asyncio.Event()
        self.ladder.frame()
        self.ladder.call_after_refresh(painted.set)
        try:
            await asyncio.wait_for(painted.wait(), PAINT_TIMEOUT_S)
        except TimeoutError:
            raise BenchmarkFailed(
                f"The ladder was not drawn within {PAINT_TIMEOUT_S:.0f} s: run it again while the"
                " machine is less busy"
            ) from None


def _nobody_reads(text: str, weight: Weight) -> None:
    """Takes the sentences that would be shown over the screen."""
