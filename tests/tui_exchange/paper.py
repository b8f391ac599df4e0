"""A session on the simulated market whose time is moved by hand, for tests."""

from pathlib import Path

from engine.clock import ManualClock
from engine.core.commands import Command, MirrorDepth, MirrorTrade
from engine.core.events import Event
from engine.core.invariants import check
from feeds.simulated.feed import SimulatedFeed
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.untended import Untended
from tui_exchange.keeping import Keeping
from tui_exchange.markets import simulated
from tui_exchange.session import Session
from tui_exchange.settings import Journal, Settings

START_NS = 1_767_225_600_000_000_000
FRAME_NS = 20_000_000


class Paper:
    """A session, the clock of its market, and the exchange's invariants after each command.

    What the venue says of one instrument is followed by a look at its book, all else by one at all.
    """

    def __init__(self, folder: Path | None = None, settings: Settings | None = None) -> None:
        self.settings = settings or INSTANT
        self.clock = ManualClock(START_NS)
        keeping = None if folder is None else Keeping(folder, self.settings.journal)
        market = simulated(self.settings, self.clock)
        self.session = Session(self.settings, market, keeping, Untended())
        self.session.sequencer.subscribe(self._check)
        (feed,) = self.session.feed.feeds
        assert isinstance(feed, SimulatedFeed)
        self.feed = feed
        self.session.open()
        self.feed.open()
        self.session.frame()

    def run(self, seconds: int = 1) -> None:
        """Let market time pass."""
        for _ in range(seconds * 1_000_000_000 // FRAME_NS):
            self.clock.advance(FRAME_NS)
            self.feed.tick()
        self.session.frame()
        check(self.session.exchange)

    def line(self, text: str, focus: str = "BTC-USDT") -> tuple[str, ...]:
        """Run a command line that must succeed; its sentences."""
        outcome = self.session.run_line(text, focus)
        assert outcome.ok, outcome.messages
        self.session.frame()
        return outcome.messages

    def refusal(self, text: str, focus: str = "BTC-USDT") -> str:
        """Run a command line that must be refused; its last sentence."""
        outcome = self.session.run_line(text, focus)
        assert not outcome.ok, outcome.messages
        return outcome.messages[-1]

    def _check(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        del ts_ns, events
        if isinstance(command, MirrorDepth | MirrorTrade):
            check(self.session.exchange, (command.symbol,))
        else:
            check(self.session.exchange)


def eager() -> Settings:
    """Settings with a log that is safe after each command."""
    return Settings(journal=Journal(fsync="each"))
