"""FCS API: all pairs in one request, with bid and ask.

Source: FCS Forex API documentation, version 3, *Latest Price* and *API credits*, read on
2026-11-21. One request for up to 100 pairs costs one credit; the free plan has 500 a day and 10
requests a minute. `a` and `b` are ask and bid, `c` the last price, `t` its time in Unix seconds.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Raw

from feeds.errors import MalformedFrame, Unreachable, VenueRefused
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
    seconds_ns,
)
from feeds.venue import Limits, RestRequest

SYMBOLS_PER_CREDIT = 100


class _Price(msgspec.Struct):
    s: str
    c: Raw
    a: Raw = Raw()
    b: Raw = Raw()
    t: Raw = Raw()


class _Answer(msgspec.Struct):
    status: bool
    code: int = 0
    msg: str = ""
    response: list[_Price] | None = None


_answer = msgspec.json.Decoder(_Answer)


class Fcs:
    """One request for every pair."""

    name = "fcs"
    quotas = (Quota(10, Window.MINUTE), Quota(500, Window.DAY))

    def __init__(
        self, key: str, rest_url: str = "https://fcsapi.com/api-v3", limits: Limits = LIMITS
    ) -> None:
        self.key = key
        self.rest_url = rest_url
        self.limits = limits

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """All."""
        return tuple(symbols)

    def cost(self, count: int) -> int:
        """A credit for each hundred."""
        return -(-count // SYMBOLS_PER_CREDIT)

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """The latest prices; the provider takes the key in the address only."""
        names = ",".join(symbol.replace("-", "/") for symbol in symbols)
        return RestRequest("/forex/latest", {"symbol": names, "access_key": self.key})

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """Those of the pairs that are in the answer."""
        answer = decoded(_answer, body)
        if not answer.status:
            raise _refusal(answer)
        if answer.response is None:
            raise MalformedFrame("a successful answer without prices")
        asked = {symbol.replace("-", "/"): symbol for symbol in symbols}
        prices = [price for price in answer.response if price.s in asked]
        return tuple(_reading(price, asked[price.s], received_ns) for price in prices)


def _refusal(answer: _Answer) -> Exception:
    text, words = f"FCS says: {shown(answer.msg, TEXT_MAX)}", answer.msg.lower()
    if "minute" in words:
        return QuotaSpent(text, Window.MINUTE)
    if "limit" in words or "credit" in words:
        return QuotaSpent(text, Window.DAY)
    if "key" in words:
        return KeyRefused(text)
    return VenueRefused(text) if words else Unreachable("FCS gives no reason for its refusal")


def _reading(price: _Price, symbol: str, received_ns: int) -> Reading:
    stated = number_text(price.t)
    seconds = int(stated) if stated.isascii() and stated.isdigit() else None
    as_of_ns = seconds_ns(seconds, received_ns)
    mid = exact_price(price.c, f"the price of {symbol}")
    if not number_text(price.a) or not number_text(price.b):
        return Reading(symbol, as_of_ns, mid)
    bid, ask = exact_price(price.b, f"the bid of {symbol}"), exact_price(price.a, "the ask")
    return Reading(symbol, as_of_ns, mid, bid, ask)
