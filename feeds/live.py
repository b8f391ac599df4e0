"""A venue's live markets: connection, REST and upkeep around the pipeline."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from random import Random

import httpx

from feeds.connection import USER_AGENT, Connection, Wait
from feeds.feed import Sink
from feeds.fetching import Fetcher
from feeds.health import Health
from feeds.pipeline import Pipeline
from feeds.recorder import Recorder
from feeds.rest import Rest
from feeds.upkeep import Upkeep
from feeds.venue import Venue

Fetch = Callable[[str], Coroutine[None, None, None]]

LOOK_S = 0.1
"""Between two looks at what is due."""


class LiveFeed:
    """Delivers a venue's markets to a sink until it is cancelled.

    Terms are fetched first, then one connection carries all symbols. Whatever fails becomes a state
    with a sentence, and is tried again unless the venue refuses it.

    Args:
        venue: Where to go and how to ask.
        symbols: Ours or the venue's, in any case.
        sink: Receives each message, in order, on the event loop.
        recorder: Also receives every raw frame and REST body; stays its maker's to close.
        rng: Spreads attempts over time.
        now_ns: Tells the time.
        wait: Passes some seconds.

    Raises:
        UnknownSymbol: A symbol cannot be one of this venue's.
    """

    def __init__(
        self,
        venue: Venue,
        symbols: Sequence[str],
        sink: Sink,
        *,
        recorder: Recorder | None = None,
        rng: Random | None = None,
        now_ns: Callable[[], int] = time.time_ns,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._venue = venue
        self._symbols = tuple(dict.fromkeys(venue.our_symbol(symbol) for symbol in symbols))
        self._subscriptions = venue.subscriptions(self._symbols)
        self._pipeline = Pipeline(venue, sink, self._symbols)
        self._upkeep = Upkeep(self._pipeline)
        self._recorder = recorder
        self._rng = rng or Random()
        self._now_ns = now_ns
        self._wait = wait
        self._connection = Connection(
            venue.stream_url, venue.limits, self, rng=self._rng, wait=wait
        )
        self._busy: set[str] = set()

    @property
    def name(self) -> str:
        """The venue, as the status line shows it."""
        return self._venue.name

    @property
    def symbols(self) -> tuple[str, ...]:
        """What it carries, in the order asked for."""
        return self._symbols

    @property
    def pipeline(self) -> Pipeline:
        """Its books, and the frames that could not be used."""
        return self._pipeline

    def health(self, symbol: str) -> Health:
        """How one subscription stands; KeyError for a symbol it does not carry."""
        return self._pipeline.health(symbol)

    def now_ns(self) -> int:
        """The time, Unix nanoseconds."""
        return self._now_ns()

    async def run(self) -> None:
        """Deliver until cancelled; returns only when the venue refuses every symbol."""
        limits = self._venue.limits
        headers = {"user-agent": USER_AGENT}
        async with httpx.AsyncClient(timeout=limits.rest_timeout_s, headers=headers) as client:
            rest = Rest(client, self._venue.rest_url, limits, wait=self._wait)
            fetcher = Fetcher(
                self._pipeline, rest, self._rng, self._now_ns, self._wait, self._record
            )
            await asyncio.gather(*(fetcher.terms(each) for each in self._symbols))
            if all(market.refused for market in self._pipeline.markets.values()):
                return
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._connection.run())
                tasks.create_task(self._look_after(fetcher, tasks))

    def opened(self) -> Iterable[str]:
        """The connection is open: what to subscribe to."""
        wanted = self._subscriptions
        if any(market.refused for market in self._pipeline.markets.values()):
            markets = self._pipeline.markets
            wanted = self._venue.subscriptions([s for s in markets if not markets[s].refused])
        self._pipeline.opened(self._now_ns(), wanted)
        return [each.frame for each in wanted]

    def frame(self, raw: bytes) -> None:
        """A frame arrived."""
        received_ns = self._now_ns()
        self._record(received_ns, raw)
        self._pipeline.frame(raw, received_ns)

    def closed(self, text: str) -> None:
        """The connection is gone, or could not be made."""
        self._pipeline.closed(self._now_ns(), text)

    def _record(self, received_ns: int, raw: bytes) -> None:
        if self._recorder is not None:
            self._recorder.record(received_ns, raw)

    async def _look_after(self, fetcher: Fetcher, tasks: asyncio.TaskGroup) -> None:
        while True:
            await self._wait(LOOK_S)
            now_ns = self._now_ns()
            chores = self._upkeep.due(now_ns)
            if chores.renew:
                self._connection.renew(chores.renew)
                continue
            for symbol in chores.resubscribe:
                self._pipeline.resubscribed(symbol, now_ns)
                self._connection.send(self._venue.resubscription(symbol))
            for symbol in chores.snapshots:
                self._start(tasks, symbol, fetcher.book)
            for symbol in chores.probes:
                self._start(tasks, symbol, fetcher.probe)

    def _start(self, tasks: asyncio.TaskGroup, symbol: str, fetch: Fetch) -> None:
        """Fetch, unless something is being fetched for this symbol."""
        if symbol not in self._busy:
            self._busy.add(symbol)
            task = tasks.create_task(fetch(symbol))
            task.add_done_callback(lambda _: self._busy.discard(symbol))
