"""What a live feed fetches over REST: terms, books, and proof that a silent market is quiet.

A failure that can pass becomes a sentence beside the market's state, and is tried again after a
growing pause; a refusal ends the subscription.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random

from feeds.backoff import delays
from feeds.connection import Wait
from feeds.errors import FrameError, Unreachable, VenueRefused
from feeds.messages import InstrumentTerms, Refused
from feeds.pipeline import Pipeline
from feeds.rest import Rest
from feeds.venue import RestRequest


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

    async def terms(self, symbol: str) -> None:
        """Fetch an instrument's terms until they are known, or refused."""
        request = self._venue.terms_request(symbol)
        while not await self._attempt(symbol, request, self._take_terms):
            pass

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
        """Ask once for what is not streamed; a failure is passed over, since it is asked again."""
        with suppress(Unreachable, VenueRefused):
            body = await self._rest.get(request)
            received_ns = self._now_ns()
            self._record(received_ns, body)
            self._pipeline.frame(body, received_ns)

    async def _attempt(
        self, symbol: str, request: RestRequest, take: Callable[[str, bytes, int], None]
    ) -> bool:
        """Whether that settled it: answered, or refused for good."""
        try:
            body = await self._rest.get(request)
            received_ns = self._now_ns()
            self._record(received_ns, body)
            take(symbol, body, received_ns)
        except VenueRefused as error:
            self._pipeline.refused(symbol, f"{error}", self._now_ns())
        except (Unreachable, FrameError) as error:
            await self._pause(symbol, error)
            return False
        self._pauses.pop(symbol, None)
        return True

    async def _pause(self, symbol: str, error: Unreachable | FrameError) -> None:
        pauses = self._pauses.get(symbol)
        if pauses is None:
            pauses = self._pauses[symbol] = delays(self._rng, self._venue.limits.backoff_max_s)
        pause_s = next(pauses)
        if isinstance(error, Unreachable):
            pause_s = max(pause_s, error.retry_after_s)
        text = f"{error}; next try in {max(1, round(pause_s))} s"
        self._pipeline.explain(symbol, text, self._now_ns())
        await self._wait(pause_s)

    def _take_terms(self, symbol: str, body: bytes, received_ns: int) -> None:
        for message in self._pipeline.mapper.map(body, received_ns):
            if isinstance(message, Refused):
                raise VenueRefused(f"{message.text}; check how {symbol} is spelled")
            if isinstance(message, InstrumentTerms) and message.instrument.symbol == symbol:
                self._pipeline.terms(message)
                return
        raise VenueRefused(f"{self._venue.name} states no terms for {symbol}; check its spelling")
