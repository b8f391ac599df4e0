"""What a live feed fetches over REST: terms, books, and proof that a silent market is quiet.

A failure that can pass becomes a sentence beside the market's state, and is tried again after a
growing pause; a refusal ends the subscription.
"""

import asyncio
from collections.abc import Callable, Iterator
from random import Random

from feeds.backoff import delays
from feeds.connection import Wait
from feeds.errors import FrameError, Unreachable, VenueRefused
from feeds.messages import InstrumentTerms, Refused
from feeds.pipeline import Pipeline
from feeds.rest import Rest
from feeds.venue import RestRequest

Take = Callable[[str, bytes, int], None]
"""Takes the body for a symbol, with its receive time."""
Passing = Unreachable | FrameError
"""A failure that can pass."""


class Fetcher:
    """Fetches for one pipeline.

    Args:
        pipeline: Receives what was fetched.
        rest: Asks.
        rng: Spreads the attempts.
        now_ns: Tells the time.
        wait: Passes some seconds.
        record: Takes each body with its receive time.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        rest: Rest,
        rng: Random,
        now_ns: Callable[[], int],
        wait: Wait,
        record: Callable[[int, bytes], None],
    ) -> None:
        self._pipeline = pipeline
        self._venue = pipeline.venue
        self._rest = rest
        self._rng = rng
        self._now_ns = now_ns
        self._wait = wait
        self._record = record
        self._pauses: dict[str, Iterator[float]] = {}
        self._listing = asyncio.Lock()
        self._polling: set[tuple[str, ...]] = set()

    async def terms(self, symbol: str) -> None:
        """Fetch an instrument's terms until they are known, refused, or not wanted any more.

        One after the other, since an answer may hold the terms of others too.
        """
        request = self._venue.terms_request(symbol)
        while self._lacks_terms(symbol):
            error = None
            async with self._listing:
                if self._lacks_terms(symbol):
                    error = await self._ask(symbol, request, self._take_terms)
            if error is not None:
                await self._pause(symbol, error)

    async def book(self, symbol: str) -> None:
        """Fetch a book once, and pause if that failed; whether it helped is for upkeep to see."""
        request = self._venue.snapshot_request(symbol)
        if request is not None:
            await self._attempt(symbol, request, self._pipeline.snapshot)

    async def probe(self, symbol: str) -> None:
        """Ask once whether a silent market is merely quiet."""
        request = self._venue.probe_request(symbol)
        if request is not None:
            await self._attempt(symbol, request, self._pipeline.probe)

    async def poll(self, request: RestRequest) -> None:
        """Ask once for what is not streamed, unless that is being asked already; a failure is
        passed over, since it is asked again."""
        key = (request.path, *request.params.values(), request.body)
        if key in self._polling:
            return
        self._polling.add(key)
        try:
            body = await self._rest.get(request)
            received_ns = self._now_ns()
            self._record(received_ns, body)
            self._pipeline.frame(body, received_ns)
        except (Unreachable, VenueRefused):
            return
        finally:
            self._polling.discard(key)

    async def _attempt(self, symbol: str, request: RestRequest, take: Take) -> None:
        """Ask once, and pause if there was no answer."""
        error = await self._ask(symbol, request, take)
        if error is not None:
            await self._pause(symbol, error)

    async def _ask(self, symbol: str, request: RestRequest, take: Take) -> Passing | None:
        """What hindered it for now; None when it was answered, or refused for good. What comes for
        a market that was dropped meanwhile is of no use."""
        try:
            body = await self._rest.get(request)
            received_ns = self._now_ns()
            self._record(received_ns, body)
            if symbol in self._pipeline.markets:
                take(symbol, body, received_ns)
        except VenueRefused as error:
            if symbol in self._pipeline.markets:
                self._pipeline.refused(symbol, f"{error}", self._now_ns())
        except (Unreachable, FrameError) as error:
            return error
        self._pauses.pop(symbol, None)
        return None

    def _lacks_terms(self, symbol: str) -> bool:
        market = self._pipeline.markets.get(symbol)
        return market is not None and not market.listed and not market.refused

    async def _pause(self, symbol: str, error: Passing) -> None:
        pauses = self._pauses.get(symbol)
        if pauses is None:
            pauses = self._pauses[symbol] = delays(self._rng, self._venue.limits.backoff_max_s)
        pause_s = next(pauses)
        if isinstance(error, Unreachable):
            pause_s = max(pause_s, error.retry_after_s)
        text = f"{error}; next try in {max(1, round(pause_s))} s"
        if symbol in self._pipeline.markets:
            self._pipeline.explain(symbol, text, self._now_ns())
        await self._wait(pause_s)

    def _take_terms(self, symbol: str, body: bytes, received_ns: int) -> None:
        for message in self._pipeline.mapper.map(body, received_ns):
            if isinstance(message, Refused):
                raise VenueRefused(f"{message.text}; asked for {symbol}")
            if isinstance(message, InstrumentTerms):
                self._pipeline.terms(message)
        if self._lacks_terms(symbol):
            name = self._venue.name
            raise VenueRefused(f"{name} states no terms for {symbol}; check its spelling")
