"""The still market as if venues carried it: one market well, one silent, one with a wrong clock."""

from feeds.messages import (
    Candle,
    Facts,
    FeedState,
    FundingRate,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    OptionSummary,
)
from tests.tui_exchange.screens.still_market import StillMarket

WELL, SILENT, SKEWED = "BTC-USDT", "ETH-USDT", "ETH-USDT-PERP"
NS_PER_MS = 1_000_000
NS_PER_S = 1_000_000_000
AHEAD_NS = 3 * NS_PER_S


def troubled(market: StillMarket) -> None:
    """Every kind of trouble that the feeds pane tells."""
    well, silent, skewed = (market.feed.health(each) for each in (WELL, SILENT, SKEWED))
    well.latency_ns, well.messages, well.bytes = 42 * NS_PER_MS, 12_345, 48_200_000
    silent.venue, silent.state = "okx", FeedState.STALE
    silent.text = "no message for 14 s; asking the venue"
    silent.last_message_ns = market.clock.now_ns() - 14 * NS_PER_S
    silent.gaps, silent.crossed, silent.resyncs, silent.checksum_failures = 2, 1, 3, 1
    silent.reconnects, silent.bad_frames, silent.bytes = 4, 5, 9_500
    skewed.latency_ns = AHEAD_NS + 80 * NS_PER_MS
    skewed.skew.seen(market.clock.now_ns(), AHEAD_NS)


def facts_of(symbol: str, now_ns: int) -> tuple[Facts, ...]:
    """What a venue says of a perpetual."""
    at = {"received_ns": now_ns, "venue_ns": now_ns, "symbol": symbol}
    return (
        MarkPrice(price="3051.20", **at),
        IndexPrice(price="3050.00", **at),
        FundingRate(rate="0.0001", next_ns=now_ns + 3_725 * NS_PER_S, **at),
        OpenInterest(size="48210.5", **at),
        Candle(
            received_ns=now_ns,
            symbol=symbol,
            interval_ns=60 * NS_PER_S,
            open_ns=now_ns,
            open="3050.00",
            high="3052.35",
            low="3049.10",
            close="3050.95",
            volume="812.400",
            closed=False,
        ),
    )


def greeks_of(symbol: str, now_ns: int) -> OptionSummary:
    """What a venue says of an option; it states no bid volatility."""
    return OptionSummary(
        received_ns=now_ns,
        venue_ns=now_ns,
        symbol=symbol,
        underlying_price="62015.50",
        mark_iv=0.6543,
        bid_iv=None,
        ask_iv=0.661,
        delta=-0.41237,
        gamma=0.0000213,
        vega=52.1,
        theta=-31.25,
        rho=None,
    )


def spoken(market: StillMarket, symbol: str = SKEWED) -> None:
    """The venue says all that it says of a perpetual."""
    for fact in facts_of(symbol, market.clock.now_ns()):
        market.session.take(fact)
