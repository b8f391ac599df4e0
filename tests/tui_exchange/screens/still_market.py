"""A market written by hand: a book with round quantities, and trades when a test prints them.

Pictures are taken on it, so that they change when the screen does and not when the simulated market
learns something.
"""

import asyncio
from decimal import Decimal

from engine.clock import ManualClock
from engine.core.commands import Side
from engine.core.exchange import Exchange
from engine.core.instruments import AssetClass, Instrument
from feeds.feed import Sink
from feeds.health import Health
from feeds.messages import BookDelta, BookSnapshot, FeedState, InstrumentTerms, Trade
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import START_NS
from tests.tui_exchange.untended import Untended
from tui_exchange.markets import MarketChoice
from tui_exchange.session import Session
from tui_exchange.settings import Settings

LEVELS = 30
CENTRES = {"BTC-USDT": 124_000, "ETH-USDT": 61_000, "ETH-USDT-PERP": 61_020}
"""In ticks: the best ask."""


def instrument(symbol: str) -> Instrument:
    """Terms as a venue would state them."""
    base = symbol.partition("-")[0]
    return Instrument(
        symbol=symbol,
        venue="still",
        asset_class=AssetClass.PERPETUAL if symbol.endswith("PERP") else AssetClass.SPOT,
        base=base,
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal("0.5") if base == "BTC" else Decimal("0.05"),
        lot_size=Decimal("0.001"),
        initial_margin_ppm=100_000 if symbol.endswith("PERP") else 1_000_000,
    )


class StillFeed:
    """Carries the instruments; what it delivers, a test says."""

    name = "still"
    symbols = tuple(CENTRES)

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._health = {
            symbol: Health(symbol=symbol, venue="still", state=FeedState.LIVE, text="")
            for symbol in CENTRES
        }

    def health(self, symbol: str) -> Health:
        """How one subscription stands."""
        return self._health[symbol]

    def now_ns(self) -> int:
        """The time of the test."""
        return self._clock.now_ns()

    async def run(self) -> None:
        """Nothing comes by itself."""
        await asyncio.Event().wait()


class StillMarket:
    """A session on the market of this file."""

    def __init__(self, settings: Settings = INSTANT) -> None:
        self.clock = ManualClock(START_NS)
        self.feed = StillFeed(self.clock)
        market = MarketChoice(self._make, "PAPER, still market")
        self.session = Session(settings, market, memory=Untended())
        self.session.open()
        for symbol in CENTRES:
            self._list(symbol)
        self.run(1)

    def run(self, seconds: int) -> None:
        """Time passes and trades are printed: one a second, on both sides in turn."""
        for _ in range(seconds):
            self.clock.advance(1_000_000_000)
            second = self.clock.now_ns() // 1_000_000_000
            for symbol, centre in CENTRES.items():
                side = Side.BUY if second % 2 else Side.SELL
                price = centre if side is Side.BUY else centre - 1
                self.print(symbol, side, price, 10 + second * 7 % 90)
        self.session.frame()

    def print(self, symbol: str, side: Side, price_ticks: int, lots: int) -> None:
        """The venue prints a trade."""
        terms, now_ns = instrument(symbol), self.clock.now_ns()
        self.feed.health(symbol).last_message_ns = now_ns
        self.session.take(
            Trade(
                received_ns=now_ns,
                venue_ns=now_ns,
                symbol=symbol,
                trade_id=str(now_ns),
                side=side,
                price=str(terms.tick_size * price_ticks),
                size=str(terms.lot_size * lots),
            )
        )

    def depth(self, symbol: str, side: Side, price_ticks: int, lots: int) -> None:
        """The venue shows another quantity at a price."""
        terms, now_ns = instrument(symbol), self.clock.now_ns()
        level = ((str(terms.tick_size * price_ticks), str(terms.lot_size * lots)),)
        self.session.take(
            BookDelta(
                received_ns=now_ns,
                venue_ns=now_ns,
                symbol=symbol,
                first_update_id=2,
                last_update_id=2,
                previous_update_id=1,
                bids=level if side is Side.BUY else (),
                asks=level if side is Side.SELL else (),
            )
        )

    def _make(self, sink: Sink, exchange: Exchange) -> StillFeed:
        del sink, exchange
        return self.feed

    def _list(self, symbol: str) -> None:
        terms, now_ns = instrument(symbol), self.clock.now_ns()
        self.session.take(
            InstrumentTerms(received_ns=now_ns, instrument=terms, venue_symbol=symbol)
        )
        self.snapshot(symbol)

    def snapshot(self, symbol: str) -> None:
        """The venue shows its whole book."""
        terms = instrument(symbol)
        tick, lot, centre = terms.tick_size, terms.lot_size, CENTRES[symbol]
        sizes = [str(lot * (100 + step * 137 % 900)) for step in range(1, LEVELS + 1)]
        self.session.take(
            BookSnapshot(
                received_ns=self.clock.now_ns(),
                symbol=symbol,
                update_id=1,
                bids=tuple((str(tick * (centre - n)), size) for n, size in enumerate(sizes, 1)),
                asks=tuple((str(tick * (centre + n)), size) for n, size in enumerate(sizes)),
            )
        )
