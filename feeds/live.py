"""A venue's live markets: connections, REST and upkeep around the pipeline."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from random import Random

import httpx

from feeds.connection import USER_AGENT, Wait
from feeds.feed import Sink
from feeds.fetching import Fetcher
from feeds.health import Health
from feeds.links import Link
from feeds.market import Market
from feeds.messages import Notice
from feeds.pipeline import Pipeline
from feeds.polls import PollTimes
from feeds.recorder import Recorder
from feeds.rest import Rest
from feeds.upkeep import Upkeep
from feeds.venue import Subscription, Venue

Fetch = Callable[[str], Coroutine[None, None, None]]

LOOK_S = 0.1
"""Between two looks at what is due."""


class LiveFeed:
    """Delivers a venue's markets to a sink until it is cancelled.

    Terms are fetched first, then the venue's connections carry all symbols. Whatever fails becomes
    a state with a sentence, and is tried again unless the venue refuses it. Markets can be added
    and dropped at any time.

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
        wanted = tuple(dict.fromkeys(venue.our_symbol(symbol) for symbol in symbols))
        self._sink = sink
        self._pipeline = Pipeline(venue, sink, wanted)
        self._upkeep = Upkeep(self._pipeline)
        self._recorder = recorder
        self._rng = rng or Random()
        self._now_ns = now_ns
        self._wait = wait
        self._links: dict[str, Link] = {}
        self._polls = PollTimes()
        self._busy: set[str] = set()
        self._tasks: asyncio.TaskGroup | None = None
        self._fetcher: Fetcher | None = None
        self._linked(venue.subscriptions(wanted))

    @property
    def name(self) -> str:
        """The venue, as the status line shows it."""
        return self._venue.name

    @property
    def symbols(self) -> tuple[str, ...]:
        """What it carries, in the order asked for."""
        return tuple(self._pipeline.markets)

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

    def add(self, text: str) -> str:
        """Carry one market more, at once if the feed runs; gives our symbol of it.

        Raises:
            UnknownSymbol: It cannot be one of this venue's, or the venue carries no more.
        """
        symbol = self._venue.our_symbol(text)
        if symbol not in self._pipeline.markets:
            self._venue.subscriptions((*self.symbols, symbol))
            self._pipeline.add(symbol)
            if self._tasks is not None and self._fetcher is not None:
                self._tasks.create_task(self._begin(symbol, self._fetcher, self._tasks))
        return symbol

    def drop(self, symbol: str) -> None:
        """Carry a market no more; KeyError for one that is not carried."""
        self._pipeline.drop(symbol, self._now_ns())
        self._polls.drop(symbol)
        for link, frames in self._linked(self._venue.unsubscriptions((symbol,))):
            link.send(frames)
            link.symbols.pop(symbol, None)

    async def run(self) -> None:
        """Deliver until cancelled; returns only when the venue refuses every symbol."""
        limits = self._venue.limits
        headers = {"user-agent": USER_AGENT}
        async with httpx.AsyncClient(timeout=limits.rest_timeout_s, headers=headers) as client:
            rest = Rest(client, self._venue.rest_url, limits, wait=self._wait)
            self._fetcher = fetcher = Fetcher(
                self._pipeline, rest, self._rng, self._now_ns, self._wait, self._record
            )
            await asyncio.gather(*(fetcher.terms(each) for each in self.symbols))
            markets = self._pipeline.markets
            if markets and all(market.refused for market in markets.values()):
                return
            async with asyncio.TaskGroup() as self._tasks:
                late = [each for each in self.symbols if not _settled(markets[each])]
                ready = [each for each in self.symbols if each not in late]
                for symbol in ready:
                    self._polls.add(symbol, self._venue.polls(symbol), self._now_ns())
                self._linked(self._venue.subscriptions(ready))
                for symbol in late:
                    self._tasks.create_task(self._begin(symbol, fetcher, self._tasks))
                for link in self._links.values():
                    link.start(self._tasks)
                await self._look_after(fetcher, self._tasks)

    async def _begin(self, symbol: str, fetcher: Fetcher, tasks: asyncio.TaskGroup) -> None:
        """Fetch the terms of a market that was added, and ask for its streams."""
        await fetcher.terms(symbol)
        market = self._pipeline.markets.get(symbol)
        if market is None or market.refused:
            return
        self._polls.add(symbol, self._venue.polls(symbol), self._now_ns())
        for link, frames in self._linked(self._venue.subscriptions((symbol,))):
            if link.open:
                self._pipeline.subscribed(self._now_ns(), frames)
                link.send(frames)
            link.start(tasks)

    def _linked(
        self, subscriptions: Iterable[Subscription]
    ) -> list[tuple[Link, list[Subscription]]]:
        """Each connection with its part of these frames; connections are made as they are named."""
        parts: dict[str, list[Subscription]] = {}
        for each in subscriptions:
            parts.setdefault(each.url or self._venue.stream_url, []).append(each)
        return [(self._link(url, frames), frames) for url, frames in parts.items()]

    def _link(self, url: str, frames: Iterable[Subscription]) -> Link:
        link = self._links.get(url)
        if link is None:
            link = self._links[url] = Link(
                url,
                self._venue.limits,
                self._rng,
                self._wait,
                wanted=self._is_wanted,
                opened=self._opened,
                arrived=self._arrived,
                arrived_long=self._arrived_long,
                closed=self._closed,
            )
        for each in frames:
            link.symbols.update(dict.fromkeys(each.symbols))
        return link

    def _is_wanted(self, link: Link) -> bool:
        """Whether a market that the venue did not refuse is carried by a connection, or streams
        beside the books are."""
        markets = self._pipeline.markets
        return any(not markets[symbol].refused for symbol in link.symbols if symbol in markets) or (
            not link.symbols and any(not market.refused for market in markets.values())
        )

    def _opened(self, link: Link) -> Iterable[Subscription]:
        """A connection is open: what to subscribe to."""
        markets = self._pipeline.markets
        wanted = [symbol for symbol in markets if not markets[symbol].refused]
        frames = [
            each
            for each in self._venue.subscriptions(wanted)
            if (each.url or self._venue.stream_url) == link.url
        ]
        self._pipeline.opened(self._now_ns(), frames)
        return frames

    def _arrived(self, link: Link, raw: bytes) -> None:
        received_ns = self._now_ns()
        self._record(received_ns, raw)
        self._pipeline.frame(raw, received_ns)
        if self._pipeline.answers:
            self._answer(link)

    async def _arrived_long(self, link: Link, raw: bytes) -> None:
        """Read a long frame in a thread, so that keys and screen get their turns meanwhile."""
        received_ns = self._now_ns()
        self._record(received_ns, raw)
        messages = await asyncio.to_thread(self._pipeline.mapped, raw, received_ns)
        self._pipeline.take(messages, raw, received_ns)
        self._answer(link)

    def _answer(self, link: Link) -> None:
        """Send what the venue expects in return."""
        link.connection.send(self._pipeline.answers)
        self._pipeline.answers.clear()

    def _closed(self, link: Link, text: str) -> None:
        carried = [symbol for symbol in link.symbols if symbol in self._pipeline.markets]
        now_ns = self._now_ns()
        self._pipeline.closed(now_ns, text, carried)
        if not carried and not link.down and self._pipeline.markets:
            said = f"{text}; books go on without what {self._venue.name} streams there"
            self._sink(Notice(received_ns=now_ns, text=said))

    def _record(self, received_ns: int, raw: bytes) -> None:
        if self._recorder is not None:
            self._recorder.record(received_ns, raw)

    async def _look_after(self, fetcher: Fetcher, tasks: asyncio.TaskGroup) -> None:
        while True:
            await self._wait(LOOK_S)
            now_ns = self._now_ns()
            chores = self._upkeep.due(now_ns)
            if chores.renew:
                for link in self._links.values():
                    link.connection.renew(chores.renew)
                continue
            for symbol in chores.resubscribe:
                self._pipeline.resubscribed(symbol, now_ns)
                self._resubscribe(symbol)
            for symbol in chores.snapshots:
                self._start(tasks, symbol, fetcher.book)
            for symbol in chores.probes:
                if self._venue.probe_request(symbol) is None:
                    self._resubscribe(symbol)
                else:
                    self._start(tasks, symbol, fetcher.probe)
            for request in self._polls.due(now_ns):
                tasks.create_task(fetcher.poll(request))

    def _resubscribe(self, symbol: str) -> None:
        """Give up one market's streams and ask for them again."""
        venue = self._venue
        for frames in (venue.unsubscriptions((symbol,)), venue.subscriptions((symbol,))):
            for link, part in self._linked(frames):
                link.send(part)

    def _start(self, tasks: asyncio.TaskGroup, symbol: str, fetch: Fetch) -> None:
        """Fetch, unless something is being fetched for this symbol."""
        if symbol not in self._busy:
            self._busy.add(symbol)
            task = tasks.create_task(fetch(symbol))
            task.add_done_callback(lambda _: self._busy.discard(symbol))


def _settled(market: Market) -> bool:
    """Its terms are known, or it cannot be had; one that was added meanwhile is neither."""
    return market.listed or market.refused
