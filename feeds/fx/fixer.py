"""Fixer: every currency against the euro in one request, of which all pairs are crosses.

Source: Fixer API documentation, *Latest rates endpoint* and *API errors*, read on 2026-11-21. The
free plan has 100 requests a month, one base (EUR) and rates of the last hour. `rates` states units
of each currency for one euro; one unit of X in Y is the quotient of the two, kept exact.
"""

from collections.abc import Sequence
from fractions import Fraction

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
    seconds_ns,
)
from feeds.venue import Limits, RestRequest

BASE = "EUR"
MONTH_SPENT = 104
KEY_CODES = (101, 102)
"""No such key; an account that is not active."""


class _Error(msgspec.Struct):
    code: int = 0
    type: str = ""
    info: str = ""


class _Answer(msgspec.Struct):
    success: bool
    timestamp: int | None = None
    base: str = ""
    rates: dict[str, Raw] = {}
    error: _Error | None = None


_answer = msgspec.json.Decoder(_Answer)


class Fixer:
    """One request for every pair."""

    name = "fixer"
    quotas = (Quota(100, Window.MONTH),)

    def __init__(
        self, key: str, rest_url: str = "https://data.fixer.io/api", limits: Limits = LIMITS
    ) -> None:
        self.key = key
        self.rest_url = rest_url
        self.limits = limits

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """All."""
        return tuple(symbols)

    def cost(self, count: int) -> int:
        """One request."""
        return min(count, 1)

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """The rates of every currency in these pairs; the key can only go in the address."""
        currencies = dict.fromkeys(each for symbol in symbols for each in symbol.split("-"))
        names = ",".join(each for each in currencies if each != BASE)
        return RestRequest("/latest", {"access_key": self.key, "symbols": names})

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """The crosses of those pairs of which both currencies have a rate."""
        answer = decoded(_answer, body)
        if not answer.success:
            raise _refusal(answer.error or _Error())
        if answer.base != BASE:
            raise MalformedFrame(f"rates of {shown(answer.base, 8)!r} where {BASE} is documented")
        rates = {
            name: exact_price(token, f"the rate of {name[:8]!r}")
            for name, token in answer.rates.items()
        }
        rates[BASE] = Fraction(1)
        as_of_ns = seconds_ns(answer.timestamp, received_ns)
        readings = []
        for symbol in symbols:
            base, quote = symbol.split("-")
            if base in rates and quote in rates:
                readings.append(Reading(symbol, as_of_ns, rates[quote] / rates[base]))
        return tuple(readings)


def _refusal(error: _Error) -> Exception:
    text = f"Fixer says: {shown(error.info or error.type or str(error.code), TEXT_MAX)}"
    if error.code == MONTH_SPENT:
        return QuotaSpent(text, Window.MONTH)
    if error.code in KEY_CODES:
        return KeyRefused(text)
    return VenueRefused(text) if error.code else Unreachable(text)
