"""Currency pairs as a feed: quotes from whichever source is best, and how old they are.

Rates come seconds to hours old, by source and plan. A pair is LIVE while the source's own time of
its last rate is recent, STALE (and its quote withdrawn, so that nobody trades on it) when it is
not, and DOWN while no source has given any rate.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from feeds.connection import Wait
from feeds.feed import Sink
from feeds.fx.pairs import VENUE, instrument_of, our_pair, quote_of
from feeds.health import FeedEvent, Health, Watchdog
from feeds.messages import (
    BookLost,
    FeedState,
    InstrumentTerms,
    Message,
    Notice,
    Quote,
    StateChanged,
)
from feeds.polling import Poller
from feeds.quotas import MemoryQuotas, QuotaStore
from feeds.sources import LIMITS, Reading, Source

SECOND_NS = 1_000_000_000
LOOK_S = 0.5
NOT_STATED = "0"
UNKNOWN_VOLUME = "0"


@dataclass(frozen=True, slots=True)
class FxTerms:
    """How rates are asked for and quoted.

    Attributes:
        interval_s: Between two requests for a pair, if quotas allow.
        stale_after_s: A rate older than this, by its source's time, is not traded on.
        half_spread_ticks: From the mid to bid and ask where a source states neither: 5 tenths of a
            pip make the spread of one pip that retail dealers show for the major pairs.
    """

    interval_s: float = 15.0
    stale_after_s: float = 900.0
    half_spread_ticks: int = 5


class _Pair:
    """One pair, as it stands."""

    def __init__(self, symbol: str) -> None:
        self.health = Health(symbol, VENUE)
        self.watchdog = Watchdog(self.health, LIMITS)
        self.as_of_ns: int | None = None
        self.source = ""
        self.shown = False


class FxFeed:
    """Delivers currency pairs to a sink until it is cancelled.

    Args:
        sources: Those of `PROVIDERS` whose key is known, each made of its key.
        symbols: Pairs, in any spelling.
        sink: Receives each message, in order, on the event loop.
        terms: Intervals and spread.
        store: Keeps over restarts what the sources were asked.
        rng: Spreads attempts over time.
        now_ns: Tells the time.
        wait: Passes some seconds.

    Raises:
        UnknownSymbol: A pair that is not carried.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        symbols: Sequence[str],
        sink: Sink,
        *,
        terms: FxTerms | None = None,
        store: QuotaStore | None = None,
        rng: Random | None = None,
        now_ns: Callable[[], int] = time.time_ns,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._terms = terms or FxTerms()
        self._sink = sink
        self._now_ns = now_ns
        self._running = False
        self._pairs: dict[str, _Pair] = {}
        self._store = store or MemoryQuotas()
        self._problem = ""
        self._poller = Poller(
            sources,
            self,
            self._store,
            interval_s=self._terms.interval_s,
            old_after_s=self._terms.stale_after_s,
            rng=rng,
            now_ns=now_ns,
            wait=wait,
        )
        for symbol in symbols:
            self.add(symbol)

    @property
    def name(self) -> str:
        """The venue, as the status line shows it."""
        return VENUE

    @property
    def symbols(self) -> tuple[str, ...]:
        """The pairs, in the order asked for."""
        return tuple(self._pairs)

    def health(self, symbol: str) -> Health:
        """How one pair stands; KeyError for one that is not carried."""
        return self._pairs[symbol].health

    def now_ns(self) -> int:
        """The time, Unix nanoseconds."""
        return self._now_ns()

    def add(self, text: str) -> str:
        """Carry one pair more; gives our symbol of it.

        Raises:
            UnknownSymbol: It is not carried here.
        """
        symbol = our_pair(text)
        if symbol not in self._pairs:
            self._pairs[symbol] = _Pair(symbol)
            self._poller.wanted[symbol] = None
            if self._running:
                self._begin(self._pairs[symbol])
        return symbol

    def drop(self, symbol: str) -> None:
        """Carry a pair no more; KeyError for one that is not carried."""
        pair, now_ns = self._pairs[symbol], self._now_ns()
        self._poller.drop(symbol)
        self._withdraw(pair, now_ns, "dropped at your request")
        self._happened(pair, now_ns, "dropped at your request", FeedEvent.CLOSED)
        del self._pairs[symbol]

    async def run(self) -> None:
        """Deliver until cancelled."""
        self._running = True
        for pair in tuple(self._pairs.values()):
            self._begin(pair)
        try:
            await self._poller.run(LOOK_S, self._looked)
        finally:
            self._running = False

    def reading(self, reading: Reading, source: str, received_ns: int) -> None:
        """A source gave a rate. An older one than is known already tells nothing."""
        pair = self._pairs.get(reading.symbol)
        if pair is None:
            return
        health = pair.health
        health.messages += 1
        health.last_message_ns = received_ns
        if pair.as_of_ns is not None and reading.as_of_ns < pair.as_of_ns:
            return
        pair.as_of_ns, pair.source = reading.as_of_ns, source
        if self._is_old(pair, received_ns):
            self._age(pair, received_ns)
            return
        bid, ask = quote_of(reading, self._terms.half_spread_ticks)
        pair.shown = True
        self._sink(
            Quote(
                received_ns=received_ns,
                symbol=reading.symbol,
                update_id=None,
                bid=bid,
                bid_size=NOT_STATED,
                ask=ask,
                ask_size=NOT_STATED,
                venue_ns=reading.as_of_ns,
            )
        )
        if reading.candle is not None:
            self._sink(reading.candle)
        self._happened(pair, received_ns, "", FeedEvent.ALIGNED)

    def told(self, text: str, now_ns: int) -> None:
        """A source refuses, or something else that should be read once."""
        self._sink(Notice(received_ns=now_ns, text=text))

    def _begin(self, pair: _Pair) -> None:
        now_ns = self._now_ns()
        self._sink(
            InstrumentTerms(
                received_ns=now_ns,
                instrument=instrument_of(pair.health.symbol),
                venue_symbol=pair.health.symbol.replace("-", "/"),
                day_volume=UNKNOWN_VOLUME,
            )
        )
        self._happened(pair, now_ns, "waiting for a rate", FeedEvent.OPENED)

    def _looked(self, now_ns: int) -> None:
        """All that was due was asked for: who has no rate, and whose has become old?"""
        for pair in tuple(self._pairs.values()):
            if pair.as_of_ns is None:
                text = f"no source gives {pair.health.symbol} yet: {self._poller.outlook(now_ns)}"
                self._happened(pair, now_ns, text, FeedEvent.DEAD)
            elif pair.health.state is FeedState.LIVE and self._is_old(pair, now_ns):
                self._age(pair, now_ns)
        problem = getattr(self._store, "problem", "")
        if problem and problem != self._problem:
            self.told(problem, now_ns)
        self._problem = problem

    def _is_old(self, pair: _Pair, now_ns: int) -> bool:
        limit_ns = int(self._terms.stale_after_s * SECOND_NS)
        return pair.as_of_ns is not None and now_ns - pair.as_of_ns > limit_ns

    def _age(self, pair: _Pair, now_ns: int) -> None:
        """Nobody is to trade on a rate as old as this."""
        assert pair.as_of_ns is not None
        age_s = (now_ns - pair.as_of_ns) // SECOND_NS
        moment = datetime.fromtimestamp(pair.as_of_ns // SECOND_NS, UTC)
        text = f"the rate of {pair.source} is {_words(age_s)} old, of {moment:%Y-%m-%d %H:%M} UTC"
        self._withdraw(pair, now_ns, text)
        if pair.health.state is not FeedState.STALE:
            self._happened(pair, now_ns, text, FeedEvent.ALIGNED, FeedEvent.SILENT)

    def _withdraw(self, pair: _Pair, now_ns: int, text: str) -> None:
        if pair.shown:
            pair.shown = False
            self._sink(BookLost(received_ns=now_ns, symbol=pair.health.symbol, text=text))

    def _happened(self, pair: _Pair, now_ns: int, text: str, *events: FeedEvent) -> None:
        changed = [pair.watchdog.happened(event, now_ns, text) for event in events]
        if any(changed):
            health = pair.health
            state: Message = StateChanged(
                received_ns=now_ns, symbol=health.symbol, state=health.state, text=text
            )
            self._sink(state)


def _words(seconds: int) -> str:
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
