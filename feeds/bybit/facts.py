"""Bybit's tickers, trades and candles to messages."""

import msgspec

from engine.core.commands import Side
from feeds.bybit import payloads
from feeds.bybit.names import Names
from feeds.bybit.symbols import Category
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.fact_text import float_or_none, plain_number, unix_time
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
MINUTE_NS = 60 * 10**9
HOUR_NS = 60 * MINUTE_NS
INTERVALS_NS = {"D": 24 * HOUR_NS, "W": 7 * 24 * HOUR_NS}
"""A month has no fixed length, so that candles of months are passed over."""
SIDES = {"Buy": Side.BUY, "Sell": Side.SELL}
DELTA = "delta"

_prints = msgspec.json.Decoder(list[payloads.Print]).decode
_ticker = msgspec.json.Decoder(payloads.Ticker).decode
_klines = msgspec.json.Decoder(list[payloads.Kline]).decode


def trades(
    names: Names, data: msgspec.Raw, hint: Category | None, received_ns: int
) -> tuple[Trade, ...]:
    """The prints of a frame, oldest first."""
    return tuple([_trade(names, each, hint, received_ns) for each in _prints(data)])


def candles(symbol: str, data: msgspec.Raw, received_ns: int) -> tuple[Candle, ...]:
    """The candles of a frame; their volume is in the unit of the trades' sizes."""
    found = []
    for kline in _klines(data):
        interval_ns = _interval_ns(kline.interval)
        if interval_ns is not None:
            found.append(_candle(symbol, interval_ns, kline, received_ns))
    return tuple(found)


class Tickers:
    """Maps tickers. Those of futures tell what changed, so that a rate and when it is paid may come
    in different frames; both are remembered, and so are mark and index: a frame that does not name
    them says that they stand."""

    __slots__ = ("_fundings", "_prices")

    def __init__(self) -> None:
        self._fundings: dict[str, tuple[str, str, str]] = {}
        self._prices: dict[str, tuple[str, str]] = {}

    def map(
        self, names: Names, kind: str, data: msgspec.Raw, venue_ns: int, received_ns: int
    ) -> tuple[Facts | Quote, ...]:
        """What a ticker tells; of a pair nothing that is of use here."""
        ticker = _ticker(data)
        symbol = names.symbol(ticker.symbol, _evidence(ticker, kind))
        told: list[Facts | Quote] = []
        mark, index = self._standing(symbol, ticker, kind)
        if mark:
            told.append(
                MarkPrice(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=mark)
            )
        if index:
            told.append(
                IndexPrice(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, price=index)
            )
        if ticker.openInterest:
            size = plain_number(ticker.openInterest)
            told.append(
                OpenInterest(received_ns=received_ns, venue_ns=venue_ns, symbol=symbol, size=size)
            )
        told.extend(self._funding(symbol, ticker, venue_ns, received_ns))
        if ticker.markPriceIv:
            told.append(_summary(symbol, ticker, venue_ns, received_ns))
            told.append(_quote(symbol, ticker, venue_ns, received_ns))
        return tuple(told)

    def _standing(self, symbol: str, ticker: payloads.Ticker, kind: str) -> tuple[str, str]:
        """Mark and index as they are now; empty where the venue has not stated one."""
        mark, index = self._prices.get(symbol, ("", "")) if kind == DELTA else ("", "")
        mark = _price(ticker.markPrice) if ticker.markPrice else mark
        index = _price(ticker.indexPrice) if ticker.indexPrice else index
        if mark or index:
            self._prices[symbol] = mark, index
        return mark, index

    def _funding(
        self, symbol: str, ticker: payloads.Ticker, venue_ns: int, received_ns: int
    ) -> tuple[FundingRate, ...]:
        if not (ticker.fundingRate or ticker.nextFundingTime or ticker.fundingIntervalHour):
            return ()
        rate, next_ms, hours = self._fundings.get(symbol, ("", "", ""))
        rate = plain_number(ticker.fundingRate) if ticker.fundingRate else rate
        next_ms = ticker.nextFundingTime or next_ms
        hours = ticker.fundingIntervalHour or hours
        next_ns = unix_time(next_ms) * NS_PER_MS if next_ms else None
        interval_ns = unix_time(hours) * HOUR_NS if hours else None
        self._fundings[symbol] = (rate, next_ms, hours)
        if not rate:
            return ()
        return (
            FundingRate(
                received_ns=received_ns,
                venue_ns=venue_ns,
                symbol=symbol,
                rate=rate,
                next_ns=next_ns or None,
                interval_ns=interval_ns or None,
            ),
        )


def _evidence(ticker: payloads.Ticker, kind: str) -> Category:
    """Only futures have marks, and only theirs come as changes; options have names of their own."""
    derived = ticker.markPrice or ticker.indexPrice or ticker.openInterest or ticker.bid1Price
    derived = derived or ticker.tickDirection or ticker.fundingRate or ticker.ask1Price
    return Category.LINEAR if derived or kind == DELTA else Category.SPOT


def _trade(names: Names, each: payloads.Print, hint: Category | None, received_ns: int) -> Trade:
    side = SIDES.get(each.S)
    if side is None:
        raise MalformedFrame(f"{each.S[:24]!r} is no side of a trade")
    if not (NUMBERS[each.p] and NUMBERS[each.v]):
        raise MalformedFrame(f"trade {each.i[:40]} has a price or size of zero")
    evidence = None
    if each.L or "-" in each.i:
        evidence = Category.LINEAR
    elif each.i.isdigit() and len(each.i) > 8:
        evidence = Category.SPOT
    return Trade(
        received_ns=received_ns,
        venue_ns=each.T * NS_PER_MS,
        symbol=names.symbol(each.s, evidence, hint=hint),
        trade_id=each.i,
        side=side,
        price=each.p,
        size=each.v,
    )


def _summary(
    symbol: str, ticker: payloads.Ticker, venue_ns: int, received_ns: int
) -> OptionSummary:
    return OptionSummary(
        received_ns=received_ns,
        venue_ns=venue_ns,
        symbol=symbol,
        underlying_price=_price(ticker.underlyingPrice) if ticker.underlyingPrice else None,
        mark_iv=_volatility(ticker.markPriceIv),
        bid_iv=_volatility(ticker.bidIv),
        ask_iv=_volatility(ticker.askIv),
        delta=float_or_none(ticker.delta),
        gamma=float_or_none(ticker.gamma),
        vega=float_or_none(ticker.vega),
        theta=float_or_none(ticker.theta),
        rho=None,
    )


def _quote(symbol: str, ticker: payloads.Ticker, venue_ns: int, received_ns: int) -> Quote:
    return Quote(
        received_ns=received_ns,
        symbol=symbol,
        update_id=None,
        bid=_quoted(ticker.bidPrice),
        bid_size=_quoted(ticker.bidSize),
        ask=_quoted(ticker.askPrice),
        ask_size=_quoted(ticker.askSize),
        venue_ns=venue_ns,
    )


def _candle(symbol: str, interval_ns: int, kline: payloads.Kline, received_ns: int) -> Candle:
    return Candle(
        received_ns=received_ns,
        symbol=symbol,
        interval_ns=interval_ns,
        open_ns=kline.start * NS_PER_MS,
        open=_price(kline.open),
        high=_price(kline.high),
        low=_price(kline.low),
        close=_price(kline.close),
        volume=plain_number(kline.volume),
        closed=kline.confirm,
    )


def _interval_ns(text: str) -> int | None:
    """Minutes, a day or a week; None for a month."""
    if text.isascii() and text.isdigit() and len(text) < 6:
        return int(text) * MINUTE_NS or None
    return INTERVALS_NS.get(text)


def _volatility(text: str) -> float | None:
    """A side without orders has the volatility zero."""
    return float_or_none(text) or None


def _quoted(text: str) -> str:
    if not text:
        return "0"
    NUMBERS[text]
    return text


def _price(text: str) -> str:
    """A price that is not negative, in plain digits; an option's can be zero."""
    price = plain_number(text)
    if price.startswith("-"):
        raise MalformedFrame(f"{text[:24]!r} is no price")
    return price
