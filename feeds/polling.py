"""The one loop that polls sources within their quotas.

A symbol is due again after an interval. Sources are tried in this order: those whose last answer
was fresh before those whose was old, and of each the cheapest first, which is the one whose quota
lasts longest when everything due is asked of it. The next one is asked when a source fails, has
used up its quota, or answers with an old price.

A source's quota is spread over the rest of its window: within a pause it is asked again only for
symbols that have no price at all. A symbol waits for such a pause to end, unless its price is
overdue: then it is asked of the next source.
"""

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import Protocol

import httpx

from feeds.connection import USER_AGENT, Wait
from feeds.errors import MalformedFrame, Unreachable, VenueRefused
from feeds.quotas import QuotaLedger, QuotaStore
from feeds.rest import Rest
from feeds.sources import QuotaSpent, Reading, Source
from feeds.standing import Standing, hidden

SECOND_NS = 1_000_000_000


class Listener(Protocol):
    """Who is told what the sources say."""

    def reading(self, reading: Reading, source: str, received_ns: int) -> None:
        """A source gave a price of a symbol that is wanted."""
        ...

    def told(self, text: str, now_ns: int) -> None:
        """Something that a person should know once."""
        ...


class Poller:
    """Asks sources for symbols, one request at a time.

    Args:
        sources: Each with the key that it needs.
        listener: Is told each price, and what a person should know.
        store: Keeps what was spent over restarts.
        interval_s: A symbol is asked for again after this long, if quotas allow.
        old_after_s: A price whose source states a time longer ago is old, and one that was received
            longer ago is overdue.
        rng: Spreads attempts over time.
        now_ns: Tells the time.
        wait: Passes some seconds.

    Attributes:
        wanted: The symbols to ask for; changed at any time.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        listener: Listener,
        store: QuotaStore,
        *,
        interval_s: float,
        old_after_s: float,
        rng: Random | None = None,
        now_ns: Callable[[], int] = time.time_ns,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self.wanted: dict[str, None] = {}
        self._listener = listener
        self._ledger = QuotaLedger(store)
        self._interval_ns = int(interval_s * SECOND_NS)
        self._old_after_ns = int(old_after_s * SECOND_NS)
        self._rng = rng or Random()
        self._now_ns = now_ns
        self._wait = wait
        self._asked_ns: dict[str, int] = {}
        self._received_ns: dict[str, int] = {}
        self._sources = tuple(sources)
        self._standings: list[Standing] = []

    def drop(self, symbol: str) -> None:
        """Ask for a symbol no more."""
        self.wanted.pop(symbol, None)
        self._asked_ns.pop(symbol, None)
        self._received_ns.pop(symbol, None)

    async def run(self, look_s: float, looked: Callable[[int], None]) -> None:
        """Ask for what is due, again and again, until cancelled.

        Args:
            look_s: Between two looks at what is due.
            looked: Is called after each look with the time.
        """
        clients = [self._client(source) for source in self._sources]
        try:
            while True:
                await self.turn()
                looked(self._now_ns())
                await self._wait(look_s)
        finally:
            self._standings.clear()
            await asyncio.gather(*(client.aclose() for client in clients))

    async def turn(self) -> None:
        """Ask for whatever is due now."""
        now_ns = self._now_ns()
        due = [symbol for symbol in self.wanted if self._is_due(symbol, now_ns)]
        due.sort(key=lambda symbol: self._received_ns.get(symbol, 0))
        self._asked_ns.update(dict.fromkeys(due, now_ns))
        for standing in sorted(self._standings, key=lambda each: each.rank(now_ns, len(due))):
            if due:
                due = await self._ask_all(standing, due)

    def outlook(self, now_ns: int) -> str:
        """Why there is no price, source by source, and what comes next."""
        if not self._sources:
            return "no source of rates is set up; give a key for one of them"
        return "; ".join(standing.outlook(now_ns) for standing in self._standings)

    def _client(self, source: Source) -> httpx.AsyncClient:
        limits = source.limits
        headers = {"user-agent": USER_AGENT}
        client = httpx.AsyncClient(timeout=limits.rest_timeout_s, headers=headers)
        rest = Rest(client, source.rest_url, limits, wait=self._wait)
        self._standings.append(Standing(source, rest, self._ledger, self._rng))
        return client

    def _is_due(self, symbol: str, now_ns: int) -> bool:
        asked_ns = self._asked_ns.get(symbol)
        return asked_ns is None or now_ns - asked_ns >= self._interval_ns

    async def _ask_all(self, standing: Standing, due: list[str]) -> list[str]:
        """Ask one source for these; gives those that the next one is to be asked for."""
        source, now_ns = standing.source, self._now_ns()
        if not standing.available(now_ns):
            return due
        left: list[str] = []
        if standing.paced(now_ns):
            due, left = self._within_pause(standing, due, now_ns)
        while due and standing.available(now_ns):
            batch = source.batch(due)
            if not standing.affords(batch, now_ns):
                break
            due = [symbol for symbol in due if symbol not in batch]
            standing.spend(batch, now_ns)
            fresh = await self._ask(standing, batch, now_ns)
            left.extend(symbol for symbol in batch if symbol not in fresh)
            now_ns = self._now_ns()
        return [symbol for symbol in (*due, *left) if symbol in self.wanted]

    def _within_pause(
        self, standing: Standing, due: Iterable[str], now_ns: int
    ) -> tuple[list[str], list[str]]:
        """What a source is asked for though its quota is to last, and what the next one is."""
        now, next_one = [], []
        for symbol in due:
            received_ns = self._received_ns.get(symbol)
            if received_ns is None and not standing.was_asked(symbol):
                now.append(symbol)
            elif received_ns is None or now_ns - received_ns > self._old_after_ns:
                next_one.append(symbol)
        return now, next_one

    async def _ask(self, standing: Standing, batch: Sequence[str], asked_ns: int) -> set[str]:
        """One request; the symbols of which it brought a fresh price."""
        source = standing.source
        try:
            body = await standing.rest.get(source.request(batch))
            received_ns = self._now_ns()
            readings = source.read(hidden(body, source.key), batch, received_ns)
        except QuotaSpent as error:
            standing.spent(error, self._now_ns())
        except VenueRefused as error:
            now_ns = self._now_ns()
            self._listener.told(standing.turned_down(error, now_ns), now_ns)
        except Unreachable as error:
            standing.unreachable(error, batch, asked_ns)
        except MalformedFrame as error:
            standing.malformed(f"its answer cannot be used ({error})", self._now_ns())
        else:
            return self._take(standing, readings, received_ns)
        return set()

    def _take(self, standing: Standing, readings: Iterable[Reading], now_ns: int) -> set[str]:
        found = {each.symbol: each for each in readings if each.symbol in self.wanted}
        oldest_ns = now_ns - self._old_after_ns
        fresh = {symbol for symbol, each in found.items() if each.as_of_ns >= oldest_ns}
        standing.answered(now_ns, only_old=bool(found) and not fresh)
        for symbol, reading in found.items():
            self._received_ns[symbol] = now_ns
            self._listener.reading(reading, standing.source.name, now_ns)
        return fresh
