"""A recording as a running feed: at its own speed, faster, paused, step by step, from any time.

Recorded time runs `speed` times as fast as the clock. When this machine cannot keep up, or has
slept, the recording does not make up for it: it runs on from where it was. Seeking moves the books
without showing what happened between: the sink receives each book as it stands at the new time.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from feeds.connection import Wait
from feeds.errors import FeedError
from feeds.feed import Sink
from feeds.health import Health
from feeds.messages import BookLost, FeedState, InstrumentTerms, Message, StateChanged
from feeds.pipeline import Pipeline
from feeds.recording import Line, Recording
from feeds.survey import survey
from feeds.venue import Venue

TICK_S = 0.02
CATCH_UP_MAX_NS = 250_000_000
"""The most clock time that one tick makes up for."""
LINES_PER_TURN = 500
"""Delivered at most before the event loop gets a turn."""
FASTEST = math.inf
SOUGHT = "the recording shows no book at this time"


class SpeedNotPositive(FeedError):
    """A replay does not run at this speed."""


class WallClock(Protocol):
    """Says what time it is, in Unix nanoseconds."""

    def now_ns(self) -> int:
        """The time now."""
        ...


class ReplayFeed:
    """Delivers a recording to a sink, as the live feed that made it would have.

    Args:
        venue: Whose frames the recording holds.
        path: Lines of `<receive ns> <raw frame>`, plain, gzip or zstd.
        sink: Receives each message, in order, on the event loop.
        clock: What recorded time is measured against.
        symbols: What to carry, ours or the venue's; empty for all that appear at the beginning.
        speed: Recorded time per clock time; `FASTEST` for as fast as it goes.
        wait: Passes some seconds; a test passes one that moves its clock.

    Raises:
        UnreadableRecording: The file is missing, empty, or not a recording of this venue.
        UnknownSymbol: The recording does not hold one of the symbols.
        SpeedNotPositive: As it says.
    """

    def __init__(
        self,
        venue: Venue,
        path: Path,
        sink: Sink,
        clock: WallClock,
        *,
        symbols: Sequence[str] = (),
        speed: float = 1.0,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._venue = venue
        self._sink = sink
        self._clock = clock
        self._wait = wait
        self._speed = _checked_speed(speed)
        self._recording = Recording(path)
        self._survey = survey(self._recording, venue, symbols)
        self._symbols = tuple(terms.instrument.symbol for terms in self._survey.terms)
        self._clock_ns = clock.now_ns()
        self._opened = False
        self._overlay: FeedState | None = None
        self._seek_ns: int | None = None
        self._muted = False
        self._listed: set[str] = set()
        self._lines = self._recording.lines()
        self._next: Line | None = None
        self._rewind()

    @property
    def name(self) -> str:
        """The venue, as the status line shows it."""
        return self._venue.name

    @property
    def symbols(self) -> tuple[str, ...]:
        """What it carries, in the order in which they appear."""
        return self._symbols

    @property
    def start_ns(self) -> int:
        """Receive time of the first line."""
        return self._survey.start_ns

    @property
    def speed(self) -> float:
        """Recorded time per clock time."""
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._speed = _checked_speed(speed)

    @property
    def paused(self) -> bool:
        """Whether recorded time stands still."""
        return self._overlay is FeedState.PAUSED

    @property
    def ended(self) -> bool:
        """Whether every line was delivered."""
        return self._overlay is FeedState.ENDED

    @property
    def pipeline(self) -> Pipeline:
        """Its books, and the frames that could not be used."""
        return self._pipeline

    def health(self, symbol: str) -> Health:
        """How one subscription stands; KeyError for a symbol it does not carry."""
        health = self._pipeline.health(symbol)
        if self._overlay is None:
            return health
        return replace(health, state=self._overlay, text=self._overlay_text())

    def now_ns(self) -> int:
        """Recorded time."""
        return self._time_ns

    async def run(self) -> None:
        """Deliver until the recording ends or this is cancelled; runs on after a seek back."""
        self.open()
        self._clock_ns = self._clock.now_ns()
        while not self.ended:
            await self._wait(0 if self._hurried() else TICK_S)
            self.tick()

    def open(self) -> None:
        """Deliver the instruments' terms. Once is enough."""
        if not self._opened:
            self._opened = True
            for terms in self._survey.terms:
                self._pipeline.terms(terms)
            self._pipeline.opened(self._time_ns)
            if self._overlay is not None:
                self._announce()

    def tick(self) -> None:
        """Deliver what the clock says is due, or go on with a seek; nothing while paused."""
        now_ns = self._clock.now_ns()
        passed_ns = min(CATCH_UP_MAX_NS, max(0, now_ns - self._clock_ns))
        self._clock_ns = now_ns
        if self._seek_ns is not None:
            self._continue_seek(self._seek_ns)
        elif self._overlay is None:
            self._run_on(passed_ns)

    def pause(self) -> None:
        """Recorded time stands still until it is resumed."""
        if self._overlay is None:
            self._overlay = FeedState.PAUSED
            self._announce()

    def resume(self) -> None:
        """Recorded time runs on from where it stands."""
        if self.paused:
            self._overlay = None
            self._clock_ns = self._clock.now_ns()
            self._announce()

    def step(self) -> None:
        """Pause, and deliver the next frame alone; nothing while a seek is under way."""
        self.pause()
        if self._seek_ns is None and self._next is not None:
            self._deliver(self._next)

    def seek(self, to_ns: int) -> None:
        """Go to a recorded time, back or forth; done in the turns that follow.

        A replay that had ended is paused there; it has to be run again.
        """
        if self.ended:
            self._overlay = FeedState.PAUSED
        self._muted = True
        if to_ns < self._time_ns:
            self._rewind()
            self._opened = False
            self.open()
        self._seek_ns = max(to_ns, self.start_ns)

    def close(self) -> None:
        """Let the file go; nothing more is delivered."""
        self._lines.close()
        self._next = None

    def _rewind(self) -> None:
        """Stand before the first line, knowing nothing."""
        self._lines.close()
        self._lines = self._recording.lines()
        self._next = next(self._lines, None)
        self._pipeline = Pipeline(self._venue, self._receive, self._symbols)
        self._time_ns = self._survey.start_ns

    def _run_on(self, passed_ns: int) -> None:
        fastest = self._speed == FASTEST
        due_ns = math.inf if fastest else self._time_ns + int(passed_ns * self._speed)
        if self._deliver_until(due_ns) and due_ns != math.inf and not self.ended:
            self._time_ns = max(self._time_ns, int(due_ns))

    def _deliver_until(self, due_ns: float) -> bool:
        """Deliver lines that are due, at most as many as one turn may; whether none is left."""
        for _ in range(LINES_PER_TURN):
            line = self._next
            if line is None:
                self._end()
                return True
            if line[0] > due_ns:
                return True
            self._deliver(line)
        return False

    def _deliver(self, line: Line) -> None:
        received_ns, raw = line
        self._time_ns = max(self._time_ns, received_ns)
        self._pipeline.frame(raw, received_ns)
        self._next = next(self._lines, None)

    def _continue_seek(self, to_ns: int) -> None:
        if not self._deliver_until(to_ns):
            return
        self._seek_ns = None
        self._muted = False
        if not self.ended:
            self._time_ns = to_ns
        for symbol in self._symbols:
            book = self._pipeline.book(symbol).snapshot(symbol, self._time_ns)
            self._sink(book or BookLost(received_ns=self._time_ns, symbol=symbol, text=SOUGHT))
        self._announce()

    def _end(self) -> None:
        self._overlay = FeedState.ENDED
        self._announce()

    def _hurried(self) -> bool:
        return self._seek_ns is not None or (self._speed == FASTEST and self._overlay is None)

    def _receive(self, message: Message) -> None:
        """A message of the pipeline: passed on unless a seek or a pause hides it."""
        if isinstance(message, InstrumentTerms):
            if message.instrument.symbol not in self._listed:
                self._listed.add(message.instrument.symbol)
                self._sink(message)
        elif not (self._muted or (isinstance(message, StateChanged) and self._overlay is not None)):
            self._sink(message)

    def _announce(self) -> None:
        """Say how every subscription stands."""
        if self._muted:
            return
        for symbol in self._symbols:
            health = self.health(symbol)
            self._sink(
                StateChanged(
                    received_ns=self._time_ns,
                    symbol=symbol,
                    state=health.state,
                    text=health.text,
                )
            )

    def _overlay_text(self) -> str:
        if self._overlay is FeedState.PAUSED:
            return "the replay stands still"
        damaged = self._recording.damage.lines
        note = f"; {damaged} lines of it could not be read" if damaged else ""
        return f"the recording has ended{note}"


def _checked_speed(speed: float) -> float:
    if not speed > 0:
        raise SpeedNotPositive(f"{speed:g}x is no speed for a replay; it must be above 0")
    return speed
