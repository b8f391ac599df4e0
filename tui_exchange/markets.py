"""Which market a session trades on, and the feed that brings it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.clock import Clock
from engine.core.exchange import Exchange
from engine.core.instruments import Instrument
from feeds.feed import Feed, Sink
from tui_exchange.failures import MarketFailure, UsageFailure
from tui_exchange.margin_entry import same_contract
from tui_exchange.settings import Settings
from tui_exchange.sources import FX, exchange_rates, venue_of

SIMULATED_HEADLINE = "PAPER, simulated market"
MakeFeed = Callable[[Sink, Exchange], Feed]
"""Makes the feed that delivers to a sink, for an exchange as it was recovered; not running yet."""


@dataclass(frozen=True, slots=True)
class MarketChoice:
    """A market and how it is called."""

    make_feed: MakeFeed
    headline: str
    """In a few words: `PAPER, simulated market`."""
    fees: Callable[[str], str] = lambda symbol: ""
    """The fee preset that an instrument begins with; empty for what its terms state."""


def simulated(settings: Settings, clock: Clock, symbols: Sequence[str] = ()) -> MarketChoice:
    """The simulated market. One that was traded before goes on from its last prices.

    Args:
        symbols: What to carry; empty for everything that it lists.
    """

    def make(sink: Sink, exchange: Exchange) -> Feed:
        from feeds.errors import FeedError
        from feeds.simulated import LISTINGS, SimulatedMarket
        from feeds.simulated.feed import SimulatedFeed

        listed = [listing.instrument for listing in LISTINGS]
        market = SimulatedMarket(
            settings.market.seed + exchange.seq,
            clock.now_ns(),
            settings.market.scenario,
            opening_ticks=_last_prices(exchange, listed),
        )
        chosen = list(symbols) or None
        try:
            return SimulatedFeed(market, sink, clock, symbols=chosen, speed=settings.market.speed)
        except FeedError as error:
            raise MarketFailure(str(error)) from error

    return MarketChoice(make, SIMULATED_HEADLINE, _simulated_fees)


def live(settings: Settings, venue: str, symbols: Sequence[str]) -> MarketChoice:
    """A live venue's markets.

    Raises:
        UsageFailure: No such venue, or a symbol that it cannot have.
    """
    from feeds.errors import FeedError
    from feeds.live import LiveFeed

    if venue.lower() == FX:
        return rates(symbols)
    try:
        place = venue_of(settings, venue)
        names = ", ".join(place.our_symbol(symbol) for symbol in symbols)
    except FeedError as error:
        raise UsageFailure(str(error)) from error

    def make(sink: Sink, exchange: Exchange) -> Feed:
        del exchange
        return LiveFeed(place, symbols, sink)

    return MarketChoice(make, f"PAPER, live {place.name} prices: {names}")


def replayed(
    settings: Settings, venue: str, path: Path, clock: Clock, speed: float
) -> MarketChoice:
    """A recording.

    Args:
        clock: What recorded time is measured against.
        speed: Recorded time per clock time; infinite for as fast as it goes.

    Raises:
        UsageFailure: No such venue.
    """
    from feeds.errors import FeedError
    from feeds.replay import ReplayFeed

    try:
        place = venue_of(settings, venue)
    except FeedError as error:
        raise UsageFailure(str(error)) from error

    def make(sink: Sink, exchange: Exchange) -> Feed:
        del exchange
        try:
            return ReplayFeed(place, path, sink, clock, speed=speed)
        except FeedError as error:
            raise MarketFailure(str(error)) from error

    return MarketChoice(make, f"PAPER, replay of {path.name}")


def rates(symbols: Sequence[str]) -> MarketChoice:
    """Currency pairs, polled from providers of exchange rates."""

    def make(sink: Sink, exchange: Exchange) -> Feed:
        del exchange
        from feeds.errors import FeedError

        try:
            return exchange_rates(symbols, sink)
        except FeedError as error:
            raise MarketFailure(str(error)) from error

    return MarketChoice(make, f"PAPER, exchange rates: {', '.join(symbols)}")


def _simulated_fees(symbol: str) -> str:
    from feeds.simulated import LISTINGS

    return next((one.fees for one in LISTINGS if one.instrument.symbol == symbol), "")


def _last_prices(exchange: Exchange, instruments: Sequence[Instrument]) -> Mapping[str, int]:
    """Where recovered instruments last traded; those of these names that are others' do not say."""
    known = exchange.symbols()
    mine = [
        i.symbol
        for i in instruments
        if i.symbol in known and same_contract(i, exchange.instrument(i.symbol))
    ]
    found = {symbol: exchange.last_trade(symbol) for symbol in mine}
    return {symbol: last[0] for symbol, last in found.items() if last is not None}
