"""What Deribit says of a market besides its book: trades, quotes, candles and its ticker.

A ticker states mark, index, open interest and the touch; for a perpetual its funding, which is paid
all the time and stated for eight hours; for an option what the venue's model makes of it, with
volatilities in percent and an implied volatility of zero where a side is empty. Source: Deribit API
v2, *ticker.{instrument_name}.{interval}*, *trades.…*, *quote.…*, *chart.trades.…*.
"""

from collections.abc import Iterator

from engine.core.commands import Side
from feeds.deribit import numbers
from feeds.deribit.payloads import BarData, GreeksData, IndexData, QuoteData, TickerData, TradeData
from feeds.deribit.symbols import is_inverse, is_option
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.messages import (
    Candle,
    Facts,
    FundingRate,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    OptionSummary,
    Quote,
    Trade,
)

NS_PER_MS = 1_000_000
MINUTE_NS = 60_000 * NS_PER_MS
FUNDING_INTERVAL_NS = 8 * 60 * MINUTE_NS
RESOLUTIONS = {"1D": 1440} | {
    str(minutes): minutes for minutes in (1, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720)
}
"""Minutes of a candle by its channel's last part."""
NO_GREEKS = GreeksData()


def trade(data: TradeData, symbol: str, received_ns: int) -> Trade:
    """One print; amounts of inverse contracts are US dollars, like those of their books."""
    price, size = numbers.text(data.price), numbers.text(data.amount)
    if not (NUMBERS[price] and NUMBERS[size]):
        raise MalformedFrame(f"trade {str(data.trade_id)[:24]} has a price or size of zero")
    return Trade(
        received_ns=received_ns,
        venue_ns=data.timestamp * NS_PER_MS,
        symbol=symbol,
        trade_id=str(data.trade_id),
        side=Side.BUY if data.direction == "buy" else Side.SELL,
        price=price,
        size=size,
    )


def quote(data: QuoteData | TickerData, symbol: str, received_ns: int) -> Quote:
    """The touch; an empty side is null or zero there."""
    return Quote(
        received_ns=received_ns,
        venue_ns=data.timestamp * NS_PER_MS,
        symbol=symbol,
        update_id=None,
        bid=numbers.text_or_zero(data.best_bid_price),
        bid_size=numbers.text_or_zero(data.best_bid_amount),
        ask=numbers.text_or_zero(data.best_ask_price),
        ask_size=numbers.text_or_zero(data.best_ask_amount),
    )


def index_price(data: IndexData, symbol: str, received_ns: int) -> IndexPrice:
    """An index, told as that of the perpetual which follows it."""
    return IndexPrice(
        received_ns=received_ns,
        venue_ns=data.timestamp * NS_PER_MS,
        symbol=symbol,
        price=numbers.text(data.price),
    )


def candle(data: BarData, symbol: str, resolution: str, received_ns: int) -> Candle:
    """A candle; `cost` is the volume in US dollars, the unit of inverse contracts."""
    minutes = RESOLUTIONS.get(resolution)
    if minutes is None:
        raise MalformedFrame(f"{resolution[:24]!r} is no resolution that Deribit documents")
    open_ns, interval_ns = data.tick * NS_PER_MS, minutes * MINUTE_NS
    return Candle(
        received_ns=received_ns,
        symbol=symbol,
        interval_ns=interval_ns,
        open_ns=open_ns,
        open=numbers.text(data.open),
        high=numbers.text(data.high),
        low=numbers.text(data.low),
        close=numbers.text(data.close),
        volume=numbers.text(data.cost if is_inverse(symbol) else data.volume),
        closed=received_ns >= open_ns + interval_ns,
    )


def ticker_messages(data: TickerData, symbol: str, received_ns: int) -> Iterator[Facts | Quote]:
    """All that a ticker states; what it leaves out or states as null is left out."""
    venue_ns = data.timestamp * NS_PER_MS
    yield quote(data, symbol, received_ns)
    if (price := numbers.text_or_none(data.mark_price)) is not None:
        yield MarkPrice(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=price)
    if (price := numbers.text_or_none(data.index_price)) is not None:
        yield IndexPrice(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=price)
    if (size := numbers.text_or_none(data.open_interest)) is not None:
        yield OpenInterest(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, size=size)
    funding = data.funding_8h if numbers.is_null(data.current_funding) else data.current_funding
    if not numbers.is_null(funding):
        yield FundingRate(
            received_ns=received_ns,
            venue_ns=venue_ns,
            symbol=symbol,
            rate=numbers.signed_text(funding),
            next_ns=None,
            interval_ns=FUNDING_INTERVAL_NS,
        )
    if is_option(symbol):
        yield option_summary(data, symbol, received_ns)


def option_summary(data: TickerData, symbol: str, received_ns: int) -> OptionSummary:
    """What the venue's model makes of an option."""
    greeks = data.greeks or NO_GREEKS
    return OptionSummary(
        received_ns=received_ns,
        venue_ns=data.timestamp * NS_PER_MS,
        symbol=symbol,
        underlying_price=numbers.text_or_none(data.underlying_price),
        mark_iv=numbers.percent(data.mark_iv),
        bid_iv=numbers.percent(data.bid_iv),
        ask_iv=numbers.percent(data.ask_iv),
        delta=greeks.delta,
        gamma=greeks.gamma,
        vega=greeks.vega,
        theta=greeks.theta,
        rho=greeks.rho,
        interest_rate=data.interest_rate,
    )
