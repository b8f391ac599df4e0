"""A running feed, the venue that it listens to, and everything that it delivered."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from random import Random

from feeds.exact_text import NUMBERS
from feeds.live import LOOK_S, LiveFeed
from feeds.messages import FeedState, Message, Notice, Quote, StateChanged
from feeds.recorder import Recorder
from feeds.venue import Limits
from tests.feeds.protocol.server import VenueServer
from tests.feeds.protocol.speaker import Speaker

BOUND_S = 20.0
WAIT_MAX_S = 0.01
T0_NS = 1_800_000_000 * 10**9
STEP_NS = 10_000_000
PATIENCE_STEP_NS = 1_000_000_000

Shown = Collection[tuple[str, str]]


def quick(limits: Limits) -> Limits:
    """The venue's own, without pauses that only its real servers need."""
    return replace(
        limits,
        backoff_max_s=0.02,
        rest_interval_s=0.0,
        subscribes_per_s=1000.0,
        rest_timeout_s=5.0,
    )


class Desk:
    """Its clock stands still but for what a test lets pass."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.symbol = speaker.symbol
        self.messages: list[Message] = []
        self.looked = asyncio.Event()
        self.feed_looked = asyncio.Event()
        self.server = VenueServer(speaker, self.looked.set)
        self.clock_ns = T0_NS
        self.feed: LiveFeed
        self.running: asyncio.Task[None] | None = None

    def sink(self, message: Message) -> None:
        self.messages.append(message)
        self.looked.set()

    def now_ns(self) -> int:
        return self.clock_ns

    async def wait(self, seconds: float) -> None:
        """All pauses are short: it is the clock that decides what is due."""
        await asyncio.sleep(min(seconds, WAIT_MAX_S))
        self.looked.set()
        if seconds == LOOK_S:
            self.feed_looked.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let a little time pass, again and again, until this is so."""
        async with asyncio.timeout(BOUND_S):
            while not condition():
                self._check_running()
                self.looked.clear()
                await self.looked.wait()
                self.clock_ns += STEP_NS

    async def patiently(self, condition: Callable[[], bool]) -> None:
        """Let more time pass."""
        async with asyncio.timeout(BOUND_S):
            while not condition():
                self._check_running()
                await self.pass_some_time()

    async def pass_some_time(self) -> None:
        """So little that a feed which looks about does not believe that its machine has slept."""
        self.clock_ns += PATIENCE_STEP_NS
        self.feed_looked.clear()
        await self.feed_looked.wait()

    async def live(self) -> None:
        await self.until(lambda: self.state() is FeedState.LIVE and self.same_book())

    async def change(
        self, bids: dict[str, str] | None = None, asks: dict[str, str] | None = None
    ) -> None:
        """Change the true book and tell it."""
        await self.server.say(lambda: self.speaker.change(bids or {}, asks or {}))

    def unheard(
        self, bids: dict[str, str] | None = None, asks: dict[str, str] | None = None
    ) -> list[str]:
        """Change the true book; the frames, which nobody receives."""
        return self.speaker.change(bids or {}, asks or {})

    async def send(self, *frames: str) -> None:
        await self.server.say(lambda: frames)

    def state(self, symbol: str = "") -> FeedState:
        return self.feed.health(symbol or self.symbol).state

    def states(self) -> list[FeedState]:
        """Every state that was told, in order."""
        return [each.state for each in self.messages if isinstance(each, StateChanged)]

    def texts(self) -> str:
        told = [each.text for each in self.messages if isinstance(each, StateChanged | Notice)]
        return "\n".join(told)

    def count(self, kind: type) -> int:
        return sum(isinstance(message, kind) for message in self.messages)

    @property
    def quoted(self) -> bool:
        """Whether the venue publishes quotes and no depth."""
        return self.feed.pipeline.venue.sequence is None

    def same_book(self) -> bool:
        """Whether the feed shows exactly what the venue has."""
        bids, asks = self._shown()
        return _same(bids, self.speaker.bids) and _same(asks, self.speaker.asks)

    def _check_running(self) -> None:
        """Fail at once when the feed has."""
        if self.running is not None and self.running.done():
            self.running.result()

    def _shown(self) -> tuple[Shown, Shown]:
        if not self.quoted:
            book = self.feed.pipeline.book(self.symbol)
            return book.bids.levels.values(), book.asks.levels.values()
        told = (each for each in self.messages if isinstance(each, Quote))
        quotes = [each for each in told if each.symbol == self.symbol]
        if not quotes:
            return (), ()
        last = quotes[-1]
        return ((last.bid, last.bid_size),), ((last.ask, last.ask_size),)


def _same(shown: Shown, truth: Mapping[str, str]) -> bool:
    """Whether these are the same levels, in whatever order and however they are written."""
    if len(shown) != len(truth):
        return False
    return dict(shown) == truth or _numbers(shown) == _numbers(truth.items())


def _numbers(levels: Shown) -> dict[int, int]:
    return {NUMBERS[price]: NUMBERS[size] for price, size in levels}


@asynccontextmanager
async def trading(
    speaker: Speaker,
    *symbols: str,
    prepare: Callable[[Desk], None] = lambda _: None,
    limits: Callable[[Limits], Limits] = quick,
    recorder: Recorder | None = None,
) -> AsyncIterator[Desk]:
    """A feed that runs; `prepare` is called before it starts."""
    desk = Desk(speaker)
    async with desk.server as server:
        venue = speaker.venue(server.url, server.rest.url, limits(speaker.limits))
        if venue.sequence is not None and not venue.sequence.streamed:
            at_once = replace(venue.limits, quiet_snapshot_after_ns=0)
            venue = speaker.venue(server.url, server.rest.url, at_once)
        wanted: Sequence[str] = symbols or (speaker.symbol,)
        desk.feed = LiveFeed(
            venue,
            wanted,
            desk.sink,
            recorder=recorder,
            rng=Random(1),
            now_ns=desk.now_ns,
            wait=desk.wait,
        )
        prepare(desk)
        desk.running = running = asyncio.create_task(desk.feed.run())
        try:
            yield desk
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
