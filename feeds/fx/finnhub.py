"""Finnhub: one pair a request, as OANDA quotes it.

Source: Finnhub API documentation, *Quote*, *Forex symbols* and *Authentication*, read on
2026-11-21. The free plan has 60 requests a minute. `c` is the last price, `t` its time in Unix
seconds; a symbol that is not served has zeros. All pairs at once (*Forex rates*) are for paid
plans.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Raw

from feeds.errors import Unreachable, VenueRefused
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
    seconds_ns,
)
from feeds.venue import Limits, RestRequest


class _Quote(msgspec.Struct):
    c: Raw = Raw()
    t: int | None = None
    error: str = ""


_quote = msgspec.json.Decoder(_Quote)


class FinnhubRates:
    """The cheapest source: a minute's quota serves every pair several times."""

    name = "finnhub"
    quotas = (Quota(60, Window.MINUTE),)

    def __init__(
        self, key: str, rest_url: str = "https://finnhub.io/api/v1", limits: Limits = LIMITS
    ) -> None:
        self.key = key
        self.rest_url = rest_url
        self.limits = limits

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """One."""
        return tuple(symbols[:1])

    def cost(self, count: int) -> int:
        """One request each."""
        return count

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """The quote of one pair; the key goes in a header."""
        name = "OANDA:" + symbols[0].replace("-", "_")
        return RestRequest("/quote", {"symbol": name}, headers={"x-finnhub-token": self.key})

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """The last price; nothing for a pair that is not served."""
        quote = decoded(_quote, body)
        if quote.error:
            raise _refusal(quote.error)
        if not quote.t:
            return ()
        mid = exact_price(quote.c, f"the price of {symbols[0]}")
        return (Reading(symbols[0], seconds_ns(quote.t, received_ns), mid),)


def _refusal(error: str) -> Exception:
    text, words = f"Finnhub says: {shown(error, TEXT_MAX)}", error.lower()
    if "limit" in words:
        return QuotaSpent(text, Window.MINUTE)
    if "api key" in words or "token" in words:
        return KeyRefused(text)
    return VenueRefused(text) if "access" in words else Unreachable(text)
