"""A running FX feed, its providers, and everything that it delivered."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from random import Random

from feeds.fx import PROVIDERS, FxFeed, FxTerms
from feeds.messages import FeedState, Message, Notice, Quote, StateChanged
from feeds.quotas import QuotaStore
from feeds.sources import LIMITS
from tests.feeds.fx.answers import T0_NS
from tests.feeds.provider_server import Answering, ProviderServer

BOUND_S = 20.0
KEY = "k3y-of-the-trader"
QUICK = replace(LIMITS, rest_interval_s=0.0, rest_timeout_s=5.0)
SECOND_NS = 10**9


class Desk:
    """Its clock stands still but for what `until` lets pass."""

    def __init__(self, answering: dict[str, Answering]) -> None:
        self.server = ProviderServer(answering)
        self.messages: list[Message] = []
        self.looked = asyncio.Event()
        self.clock_ns = T0_NS + SECOND_NS
        self.feed: FxFeed

    def sink(self, message: Message) -> None:
        self.messages.append(message)

    async def wait(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.looked.set()

    async def until(self, condition: Callable[[], bool], step_s: float = 0.0) -> None:
        """Let a little time pass, again and again, until this is so."""
        async with asyncio.timeout(BOUND_S):
            while not condition():
                self.looked.clear()
                await self.looked.wait()
                self.clock_ns += int(step_s * SECOND_NS)

    async def pass_(self, seconds: float) -> None:
        """Let this much time pass, and the feed look at what is due."""
        self.clock_ns += int(seconds * SECOND_NS)
        for _ in range(2):
            self.looked.clear()
            await self.looked.wait()

    def quotes(self, symbol: str = "EUR-USD") -> list[Quote]:
        return [each for each in self.messages if isinstance(each, Quote) and each.symbol == symbol]

    def state(self, symbol: str = "EUR-USD") -> FeedState:
        return self.feed.health(symbol).state

    def texts(self) -> str:
        told = [each.text for each in self.messages if isinstance(each, StateChanged | Notice)]
        return "\n".join(told)


@asynccontextmanager
async def rates(
    answering: dict[str, Answering],
    symbols: Sequence[str] = ("EUR-USD",),
    terms: FxTerms | None = None,
    store: QuotaStore | None = None,
) -> AsyncIterator[Desk]:
    """A feed over these providers; one whose answer is missing is down."""
    desk = Desk({name: answer for name, answer in answering.items() if answer is not None})
    async with desk.server as server:
        sources = [
            PROVIDERS[name](KEY, rest_url=server.url(name), limits=QUICK) for name in answering
        ]
        desk.feed = FxFeed(
            sources,
            symbols,
            desk.sink,
            terms=terms,
            store=store,
            rng=Random(1),
            now_ns=lambda: desk.clock_ns,
            wait=desk.wait,
        )
        running = asyncio.create_task(desk.feed.run())
        try:
            yield desk
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
