"""Reference prices of coins as the index of listed symbols.

The index of `BTC-EUR`, `BTC-EUR-PERP` or an option on it is the price of BTC in EUR. Where the
quote is itself a coin, such as a dollar token, it is the exact quotient of both prices in USD,
rounded once to 10^-12.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from fractions import Fraction
from random import Random

from feeds.aggregator import text_of
from feeds.connection import Wait
from feeds.feed import Sink
from feeds.messages import IndexPrice, Notice
from feeds.polling import Poller
from feeds.quotas import MemoryQuotas, QuotaStore
from feeds.sources import Reading, Source

INTERVAL_S = 60.0
OLD_AFTER_S = 600.0
LOOK_S = 0.5
USD = "USD"
CURRENCIES = frozenset(
    {"USD", "EUR", "GBP", "JPY", "CHF", "AUD", "CAD", "NZD", "KRW", "TRY", "BRL"}
)
"""What coins are priced in directly; every other quote is taken for a coin."""
PLACES = 12


class ReferencePrices:
    """Tells the index of symbols to a sink until it is cancelled.

    A price that is old by its source's own time is not told. Symbols are those of other feeds: this
    carries no market, has no health, and is run beside them.

    Args:
        sources: Those of `PROVIDERS` that may be asked.
        sink: Receives each IndexPrice, and notices.
        store: Keeps over restarts what the sources were asked.
        interval_s: Between two requests for a coin, if quotas allow.
        old_after_s: A price older than this is not told.
        rng: Spreads attempts over time.
        now_ns: Tells the time.
        wait: Passes some seconds.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        sink: Sink,
        *,
        store: QuotaStore | None = None,
        interval_s: float = INTERVAL_S,
        old_after_s: float = OLD_AFTER_S,
        rng: Random | None = None,
        now_ns: Callable[[], int] = time.time_ns,
        wait: Wait = asyncio.sleep,
    ) -> None:
        self._sink = sink
        self._old_after_ns = int(old_after_s * 10**9)
        self._legs: dict[str, tuple[str, ...]] = {}
        self._readings: dict[str, Reading] = {}
        self._poller = Poller(
            sources,
            self,
            store or MemoryQuotas(),
            interval_s=interval_s,
            old_after_s=old_after_s,
            rng=rng,
            now_ns=now_ns,
            wait=wait,
        )

    @property
    def symbols(self) -> tuple[str, ...]:
        """Whose index is told."""
        return tuple(self._legs)

    def add(self, symbol: str) -> bool:
        """Tell the index of one symbol more; False for one that has no coin, such as `AAPL`."""
        legs = legs_of(symbol)
        if not legs:
            return False
        self._legs[symbol] = legs
        self._poller.wanted.update(dict.fromkeys(legs))
        return True

    def drop(self, symbol: str) -> None:
        """Tell it no more."""
        legs = self._legs.pop(symbol, ())
        wanted = {leg for others in self._legs.values() for leg in others}
        for leg in legs:
            if leg not in wanted:
                self._poller.drop(leg)
                self._readings.pop(leg, None)

    async def run(self) -> None:
        """Tell until cancelled."""
        await self._poller.run(LOOK_S, lambda now_ns: None)

    def reading(self, reading: Reading, source: str, received_ns: int) -> None:
        """A source gave a price: tell it of every symbol that it is part of."""
        del source
        known = self._readings.get(reading.symbol)
        if known is not None and reading.as_of_ns < known.as_of_ns:
            return
        self._readings[reading.symbol] = reading
        for symbol, legs in tuple(self._legs.items()):
            if reading.symbol in legs:
                self._tell(symbol, legs, received_ns)

    def told(self, text: str, now_ns: int) -> None:
        """A source refuses."""
        self._sink(Notice(received_ns=now_ns, text=text))

    def _tell(self, symbol: str, legs: tuple[str, ...], received_ns: int) -> None:
        readings = [self._readings[leg] for leg in legs if leg in self._readings]
        if len(readings) < len(legs):
            return
        as_of_ns = min(reading.as_of_ns for reading in readings)
        if received_ns - as_of_ns > self._old_after_ns:
            return
        price = readings[0].mid / (readings[1].mid if len(readings) > 1 else 1)
        text = price_text(price)
        if text != "0":
            self._sink(
                IndexPrice(received_ns=received_ns, venue_ns=as_of_ns, symbol=symbol, price=text)
            )


def legs_of(symbol: str) -> tuple[str, ...]:
    """What has to be known for a symbol's index: `BTC-EUR`, or a coin and its quote in USD."""
    base, _, rest = symbol.partition(".")[0].partition("-")
    quote = rest.partition("-")[0]
    if not base or not quote or base in CURRENCIES:
        return ()
    if quote.isdigit():
        return (f"{base}-{USD}",)
    if quote in CURRENCIES:
        return (f"{base}-{quote}",)
    return (f"{base}-{USD}", f"{quote}-{USD}")


def price_text(price: Fraction) -> str:
    """Plain digits, rounded half to even to twelve places."""
    return text_of(round(price * 10**PLACES), PLACES)
