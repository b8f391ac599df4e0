"""How market time passes for a session without a screen: simulated at once, or as it comes."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from engine.clock import Clock, ManualClock, SystemClock
from tui_exchange.failures import MarketFailure, UsageFailure
from tui_exchange.market_time import Seekable, moment_ns
from tui_exchange.session import Session
from tui_exchange.views import FeedState

START_NS = 1_767_225_600_000_000_000
"""When an ephemeral simulated market opens: 2026-01-01T00:00:00Z."""
WARM_UP_NS = 400_000_000
"""How long a simulated market trades before the first line."""
STEP_NS = 20_000_000
TICK_NS = 1_000_000_000
POLL_S = 0.01
SEEK_LIMIT_NS = 3600 * 10**9
Condition = Callable[[], bool]


class Pace(Protocol):
    """Lets market time pass until something is true."""

    async def begin(self) -> None:
        """Open the session, and its feed."""

    async def until(self, condition: Condition, limit_ns: int) -> bool:
        """Go on until the condition holds, at most so long; whether it does."""

    async def end(self) -> None:
        """Close the session.

        Raises:
            JournalFailure: The disk refused to the end.
        """


@runtime_checkable
class HandDriven(Protocol):
    """A feed that can be driven without its own loop: simulated or replayed."""

    def open(self) -> None:
        """Deliver the instruments' terms."""

    def tick(self) -> None:
        """Deliver what the clock says is due."""


class HandPace:
    """Moves the clock of a market by hand: a minute of it takes no time."""

    def __init__(self, session: Session, feed: HandDriven, clock: ManualClock) -> None:
        self._session = session
        self._feed = feed
        self._clock = clock
        self._since_tick_ns = 0

    async def begin(self) -> None:
        """Open the session and the market."""
        self._session.open()
        self._feed.open()

    async def until(self, condition: Condition, limit_ns: int) -> bool:
        """Let market time pass in frames of 20 ms."""
        end_ns = self._clock.now_ns() + limit_ns
        while not condition():
            left_ns = end_ns - self._clock.now_ns()
            if left_ns <= 0:
                return False
            self._step(min(STEP_NS, left_ns))
            await asyncio.sleep(0)
        return True

    def _step(self, ns: int) -> None:
        self._clock.advance(ns)
        self._feed.tick()
        self._session.arrive()
        self._since_tick_ns += ns
        if self._since_tick_ns >= TICK_NS:
            self._since_tick_ns = 0
            self._session.tick()

    async def end(self) -> None:
        """Close the session."""
        self._session.close()


class RunningPace:
    """Waits while the feed runs by itself, on the wall clock."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def begin(self) -> None:
        """Start the session."""
        await self._session.start()

    async def until(self, condition: Condition, limit_ns: int) -> bool:
        """Wait for the condition."""
        end_ns = time.monotonic_ns() + limit_ns
        while not condition():
            if time.monotonic_ns() >= end_ns:
                return False
            await asyncio.sleep(POLL_S)
        return True

    async def end(self) -> None:
        """Stop the session."""
        await self._session.stop()


def pace_of(session: Session, clock: object) -> Pace:
    """The pace that fits a session: by hand where its market follows a manual clock."""
    (feed,) = session.feed.feeds
    if isinstance(feed, HandDriven) and isinstance(clock, ManualClock):
        return HandPace(session, feed, clock)
    return RunningPace(session)


def ended(session: Session) -> bool:
    """Whether a replay has come to its end."""
    states = {feed.state for feed in session.feeds()}
    return states == {FeedState.ENDED}


async def go_to(session: Session, pace: Pace, text: str) -> None:
    """Bring a replay to a time of its recording.

    Raises:
        UsageFailure: No such time is written like this.
    """
    (feed,) = session.feed.feeds
    assert isinstance(feed, Seekable)
    try:
        to_ns = moment_ns(text, feed.start_ns, feed.start_ns)
    except ValueError:
        raise UsageFailure(
            f"--from {text!r} is not a time; write 12:30, 12:30:15 or 2026-05-01T12:30 (UTC)"
        ) from None
    feed.seek(to_ns)
    await pace.until(lambda: session.feed.now_ns() >= to_ns or ended(session), SEEK_LIMIT_NS)


def clock_for(by_hand: bool, kept: bool) -> Clock:
    """The clock of a session without a screen: by hand where its market needs no waiting."""
    if not by_hand:
        return SystemClock()
    return ManualClock(time.time_ns() if kept else START_NS)


async def wait_for_books(session: Session, pace: Pace, limit_ns: int) -> None:
    """Let market time pass until every market shows both sides.

    Raises:
        MarketFailure: They do not; says why.
    """

    def ready() -> bool:
        symbols = session.feed.symbols
        return bool(symbols) and all(_has_book(session, symbol) for symbol in symbols)

    if await pace.until(lambda: ready() or ended(session), limit_ns) and ready():
        return
    missing = [symbol for symbol in session.feed.symbols if not _has_book(session, symbol)]
    texts = {session.feed.health(symbol).text for symbol in missing}
    said = "; ".join(sorted(text for text in texts if text)) or "nothing arrived"
    raise MarketFailure(
        f"no book of {', '.join(missing) or session.feed.name} within"
        f" {limit_ns / 1e9:g} s: {said}; check the network, or wait longer with --timeout"
    )


def _has_book(session: Session, symbol: str) -> bool:
    if symbol not in session.exchange.symbols():
        return False
    return None not in (session.exchange.best_bid(symbol), session.exchange.best_ask(symbol))
