"""Twelve Data: quotes of several pairs in one request.

Source: Twelve Data API documentation, *Quote*, *Batch API requests* and *Errors*, read on
2026-11-21. The free plan has 800 credits a day and 8 a minute; each symbol costs one. A quote's
`close` is the last price, `last_quote_at` the time of its minute, `datetime` the day that open,
high and low are of. It states no bid and ask.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from msgspec import Raw

from feeds.errors import MalformedFrame, Unreachable, VenueRefused
from feeds.messages import Candle
from feeds.plain_text import shown
from feeds.quotas import Quota, Window
from feeds.sources import (
    LIMITS,
    TEXT_MAX,
    KeyRefused,
    QuotaSpent,
    Reading,
    decoded,
    exact_price,
    number_text,
    plain_price,
    seconds_ns,
)
from feeds.venue import Limits, RestRequest

DAY_NS = 86_400 * 10**9
SYMBOLS_MAX = 8
UNAUTHORISED = (401, 403)
NOT_FOUND = (400, 404)
TOO_MANY = 429


class _Quote(msgspec.Struct):
    symbol: str
    close: Raw
    datetime: str = ""
    timestamp: int | None = None
    last_quote_at: int | None = None
    open: Raw = Raw()
    high: Raw = Raw()
    low: Raw = Raw()


class _Failure(msgspec.Struct):
    code: int | None = None
    message: str = ""
    status: str = ""


_failure = msgspec.json.Decoder(_Failure)
_quote = msgspec.json.Decoder(_Quote)
_object = msgspec.json.Decoder(dict[str, Raw])


class TwelveData:
    """One request for up to eight pairs."""

    name = "twelve-data"
    quotas = (Quota(8, Window.MINUTE), Quota(800, Window.DAY))

    def __init__(
        self, key: str, rest_url: str = "https://api.twelvedata.com", limits: Limits = LIMITS
    ) -> None:
        self.key = key
        self.rest_url = rest_url
        self.limits = limits

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """As many as a minute's credits buy."""
        return tuple(symbols[:SYMBOLS_MAX])

    def cost(self, count: int) -> int:
        """One credit each."""
        return count

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """The quotes of these pairs; the key goes in a header."""
        names = ",".join(symbol.replace("-", "/") for symbol in symbols)
        headers = {"authorization": f"apikey {self.key}"}
        return RestRequest("/quote", {"symbol": names}, headers=headers)

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """One object for one symbol, else one for each; a pair that is not served has an error."""
        _check(decoded(_failure, body))
        if len(symbols) == 1:
            return (_reading(decoded(_quote, body), symbols[0], received_ns),)
        answers = decoded(_object, body)
        readings = []
        for symbol in symbols:
            raw = answers.get(symbol.replace("-", "/"))
            if raw is None or decoded(_failure, raw).status == "error":
                continue
            readings.append(_reading(decoded(_quote, raw), symbol, received_ns))
        return tuple(readings)


def _check(answer: _Failure) -> None:
    if answer.status != "error":
        return
    text = f"Twelve Data says: {shown(answer.message, TEXT_MAX)}"
    if answer.code in UNAUTHORISED:
        raise KeyRefused(text)
    if answer.code == TOO_MANY:
        raise QuotaSpent(text, Window.MINUTE if "minute" in answer.message else Window.DAY)
    if answer.code in NOT_FOUND:
        raise VenueRefused(text)
    raise Unreachable(text)


def _reading(quote: _Quote, symbol: str, received_ns: int) -> Reading:
    if quote.symbol.replace("/", "-") != symbol:
        raise MalformedFrame(f"a quote of {quote.symbol[:16]!r} where {symbol} was asked for")
    return Reading(
        symbol=symbol,
        as_of_ns=seconds_ns(quote.last_quote_at or quote.timestamp, received_ns),
        mid=exact_price(quote.close, f"the price of {symbol}"),
        candle=_candle(quote, symbol, received_ns),
    )


def _candle(quote: _Quote, symbol: str, received_ns: int) -> Candle | None:
    """The day so far, where all four prices and the day are stated."""
    prices = (quote.open, quote.high, quote.low, quote.close)
    try:
        day = datetime.strptime(quote.datetime[:10], "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return None
    if not all(number_text(price) for price in prices):
        return None
    texts = [plain_price(price, f"a price of the day of {symbol}") for price in prices]
    return Candle(
        received_ns=received_ns,
        symbol=symbol,
        interval_ns=DAY_NS,
        open_ns=int(day.timestamp()) * 10**9,
        open=texts[0],
        high=texts[1],
        low=texts[2],
        close=texts[3],
        volume="0",
        closed=False,
    )
