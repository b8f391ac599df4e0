"""OKX's channels of single facts to messages: marks, indices, funding, open interest, candles,
option summaries, quotes and trades.

Black and Scholes' Greeks of the option summary are taken, which are in dollars; those in coins mean
something else and are passed over.
"""

import re

import msgspec

from engine.core.commands import Side
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.fact_text import float_or_none, plain_number, unix_time
from feeds.messages import (
    Candle,
    FundingRate,
    IndexPrice,
    MarkPrice,
    OpenInterest,
    OptionSummary,
    Quote,
    Trade,
)
from feeds.okx import payloads
from feeds.okx.symbols import Names, family_of

NS_PER_MS = 1_000_000
SECOND_NS = 10**9
UNIT_NS = {
    "s": SECOND_NS,
    "m": 60 * SECOND_NS,
    "H": 3600 * SECOND_NS,
    "D": 86_400 * SECOND_NS,
    "W": 7 * 86_400 * SECOND_NS,
}
"""A month has no fixed length, so that candles of months are passed over."""
SIDES = {"buy": Side.BUY, "sell": Side.SELL}
AGGREGATES = "trades"
"""The channel that sums the fills that one order makes at one price; `trades-all` does not."""

_candle_interval = re.compile(r"candle(\d{1,2})([smHDW])(utc)?").fullmatch
_prints = msgspec.json.Decoder(list[payloads.Print]).decode
_tickers = msgspec.json.Decoder(list[payloads.Ticker]).decode
_marks = msgspec.json.Decoder(list[payloads.Mark]).decode
_indices = msgspec.json.Decoder(list[payloads.Index]).decode
_fundings = msgspec.json.Decoder(list[payloads.Funding]).decode
_interests = msgspec.json.Decoder(list[payloads.Interest]).decode
_options = msgspec.json.Decoder(list[payloads.Option]).decode
_candles = msgspec.json.Decoder(list[payloads.CandleRow]).decode


def trades(names: Names, channel: str, data: msgspec.Raw, received_ns: int) -> tuple[Trade, ...]:
    """The prints of a frame, oldest first as OKX sends them."""
    return tuple([_trade(names, channel, each, received_ns) for each in _prints(data)])


def quotes(names: Names, data: msgspec.Raw, received_ns: int) -> tuple[Quote, ...]:
    """The best quotes of tickers."""
    return tuple([_quote(names, each, received_ns) for each in _tickers(data)])


def marks(names: Names, data: msgspec.Raw, received_ns: int) -> tuple[MarkPrice, ...]:
    """Mark prices."""
    return tuple(
        [
            MarkPrice(
                received_ns=received_ns,
                venue_ns=unix_time(each.ts) * NS_PER_MS,
                symbol=names.symbol(each.instId),
                price=_price(each.markPx),
            )
            for each in _marks(data)
        ]
    )


def indices(names: Names, data: msgspec.Raw, received_ns: int) -> tuple[IndexPrice, ...]:
    """An index price for each derivative met that refers to it; before any was met, for the
    perpetual."""
    return tuple(
        [
            IndexPrice(
                received_ns=received_ns,
                venue_ns=unix_time(each.ts) * NS_PER_MS,
                symbol=symbol,
                price=_price(each.idxPx),
            )
            for each in _indices(data)
            for symbol in names.derivatives(each.instId) or (names.symbol(f"{each.instId}-SWAP"),)
        ]
    )


def fundings(names: Names, data: msgspec.Raw, received_ns: int) -> tuple[FundingRate, ...]:
    """The rates of the next payments."""
    return tuple([_funding(names, each, received_ns) for each in _fundings(data)])


def interests(names: Names, data: msgspec.Raw, received_ns: int) -> tuple[OpenInterest, ...]:
    """Open interest, in contracts as the books are."""
    return tuple(
        [
            OpenInterest(
                received_ns=received_ns,
                venue_ns=unix_time(each.ts) * NS_PER_MS,
                symbol=names.symbol(each.instId),
                size=plain_number(each.oi),
            )
            for each in _interests(data)
        ]
    )


def summaries(names: Names, data: msgspec.Raw, received_ns: int) -> tuple[OptionSummary, ...]:
    """The valuation of the options met; of a whole family before any of its options was met."""
    options = _options(data)
    met: set[str] = set()
    for family in dict.fromkeys(family_of(each.instId) for each in options):
        met.update(names.options(family))
    return tuple(
        [
            _summary(symbol, each, received_ns)
            for each in options
            if (symbol := names.symbol(each.instId)) in met or not met
        ]
    )


def candle_interval_ns(channel: str) -> int | None:
    """How long the candles of a channel are; None for a month or for no candles of trades."""
    found = _candle_interval(channel)
    return int(found[1]) * UNIT_NS[found[2]] if found is not None else None


def candles(
    symbol: str, interval_ns: int, data: msgspec.Raw, received_ns: int
) -> tuple[Candle, ...]:
    """The candles of a frame; their volume is in the unit of the trades' sizes."""
    return tuple([_candle(symbol, interval_ns, row, received_ns) for row in _candles(data)])


def _trade(names: Names, channel: str, each: payloads.Print, received_ns: int) -> Trade:
    side = SIDES.get(each.side)
    if side is None:
        raise MalformedFrame(f"{each.side[:24]!r} is no side of a trade")
    if not (NUMBERS[each.px] and NUMBERS[each.sz]):
        raise MalformedFrame(f"trade {each.tradeId[:24]} has a price or size of zero")
    return Trade(
        received_ns=received_ns,
        venue_ns=unix_time(each.ts) * NS_PER_MS,
        symbol=names.met(each.instId),
        trade_id=each.tradeId,
        side=side,
        price=each.px,
        size=each.sz,
        aggregate=channel == AGGREGATES and bool(each.count),
    )


def _quote(names: Names, each: payloads.Ticker, received_ns: int) -> Quote:
    return Quote(
        received_ns=received_ns,
        symbol=names.symbol(each.instId),
        update_id=None,
        bid=_quoted(each.bidPx),
        bid_size=_quoted(each.bidSz),
        ask=_quoted(each.askPx),
        ask_size=_quoted(each.askSz),
        venue_ns=unix_time(each.ts) * NS_PER_MS,
    )


def _funding(names: Names, each: payloads.Funding, received_ns: int) -> FundingRate:
    next_ns = unix_time(each.fundingTime) * NS_PER_MS
    interval_ns = 0
    if each.nextFundingTime:
        interval_ns = unix_time(each.nextFundingTime) * NS_PER_MS - next_ns
    return FundingRate(
        received_ns=received_ns,
        venue_ns=unix_time(each.ts) * NS_PER_MS if each.ts else received_ns,
        symbol=names.symbol(each.instId),
        rate=plain_number(each.fundingRate),
        next_ns=next_ns,
        interval_ns=interval_ns if interval_ns > 0 else None,
    )


def _summary(symbol: str, each: payloads.Option, received_ns: int) -> OptionSummary:
    return OptionSummary(
        received_ns=received_ns,
        venue_ns=unix_time(each.ts) * NS_PER_MS,
        symbol=symbol,
        underlying_price=_price(each.fwdPx) if each.fwdPx else None,
        mark_iv=float_or_none(each.markVol),
        bid_iv=float_or_none(each.bidVol),
        ask_iv=float_or_none(each.askVol),
        delta=float_or_none(each.deltaBS),
        gamma=float_or_none(each.gammaBS),
        vega=float_or_none(each.vegaBS),
        theta=float_or_none(each.thetaBS),
        rho=None,
    )


def _candle(symbol: str, interval_ns: int, row: tuple[str, ...], received_ns: int) -> Candle:
    opened, high, low, close = map(_price, row[1:5])
    return Candle(
        received_ns=received_ns,
        symbol=symbol,
        interval_ns=interval_ns,
        open_ns=unix_time(row[0]) * NS_PER_MS,
        open=opened,
        high=high,
        low=low,
        close=close,
        volume=plain_number(row[5]),
        closed=len(row) > 8 and row[8] == "1",
    )


def _price(text: str) -> str:
    """A price that is above zero, in plain digits."""
    price = plain_number(text)
    if price.startswith("-") or not NUMBERS[price]:
        raise MalformedFrame(f"{text[:24]!r} is no price")
    return price


def _quoted(text: str) -> str:
    """A side without orders is an empty text."""
    if not text:
        return "0"
    NUMBERS[text]
    return text
