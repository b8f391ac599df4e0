"""Alpha Vantage: one pair a request, with bid and ask.

Source: Alpha Vantage API documentation, *Currency Exchange Rates* (`CURRENCY_EXCHANGE_RATE`), and
its support page, read on 2026-11-21. The free plan has 25 requests a day and one a second. Refusals
come as HTTP 200 with one of the members `Error Message`, `Note` and `Information`, and may repeat
the key.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from feeds.errors import MalformedFrame, Unreachable, VenueRefused
from feeds.plain_text import shown
from feeds.quotas import Quota, Window
from feeds.sources import LIMITS, TEXT_MAX, KeyRefused, QuotaSpent, Reading, decoded, exact_price
from feeds.venue import Limits, RestRequest

MINUTE_S = 60.0
SLOW = replace(LIMITS, rest_interval_s=1.2)
NONE_STATED = ("", "-")


class _Rate(msgspec.Struct):
    from_code: str = msgspec.field(name="1. From_Currency Code")
    to_code: str = msgspec.field(name="3. To_Currency Code")
    rate: str = msgspec.field(name="5. Exchange Rate")
    refreshed: str = msgspec.field(name="6. Last Refreshed")
    zone: str = msgspec.field(name="7. Time Zone", default="UTC")
    bid: str = msgspec.field(name="8. Bid Price", default="")
    ask: str = msgspec.field(name="9. Ask Price", default="")


class _Answer(msgspec.Struct):
    rate: _Rate | None = msgspec.field(name="Realtime Currency Exchange Rate", default=None)
    error: str = msgspec.field(name="Error Message", default="")
    note: str = msgspec.field(name="Note", default="")
    information: str = msgspec.field(name="Information", default="")


_answer = msgspec.json.Decoder(_Answer)


class AlphaVantage:
    """The scarcest source: asked last."""

    name = "alpha-vantage"
    quotas = (Quota(25, Window.DAY),)

    def __init__(
        self, key: str, rest_url: str = "https://www.alphavantage.co", limits: Limits = SLOW
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
        """The rate of one pair; the provider takes the key in the address only."""
        base, quote = symbols[0].split("-")
        params = {"function": "CURRENCY_EXCHANGE_RATE", "from_currency": base, "to_currency": quote}
        return RestRequest("/query", params | {"apikey": self.key})

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """The rate, of which bid and ask may be missing."""
        answer = decoded(_answer, body)
        if answer.rate is None:
            raise _refusal(answer)
        rate, symbol = answer.rate, symbols[0]
        if f"{rate.from_code}-{rate.to_code}" != symbol:
            raise MalformedFrame(f"a rate of {rate.from_code[:8]!r} where {symbol} was asked for")
        mid = exact_price(rate.rate, f"the rate of {symbol}")
        as_of_ns = min(_time_ns(rate), received_ns)
        if rate.bid in NONE_STATED or rate.ask in NONE_STATED:
            return (Reading(symbol, as_of_ns, mid),)
        bid, ask = (exact_price(text, f"a side of {symbol}") for text in (rate.bid, rate.ask))
        return (Reading(symbol, as_of_ns, mid, bid, ask),)


def _refusal(answer: _Answer) -> Exception:
    said = answer.error or answer.note or answer.information
    if not said:
        return MalformedFrame("neither a rate nor a reason why there is none")
    text, words = f"Alpha Vantage says: {shown(said, TEXT_MAX)}", said.lower()
    if "spreading out" in words or "per minute" in words:
        return Unreachable(text, MINUTE_S)
    if "per day" in words or "daily" in words:
        return QuotaSpent(text, Window.DAY)
    if "apikey" in words or "api key" in words:
        return KeyRefused(text)
    return VenueRefused(text)


def _time_ns(rate: _Rate) -> int:
    if rate.zone != "UTC":
        raise MalformedFrame(f"a time of {shown(rate.zone, 24)!r} where UTC is documented")
    try:
        moment = datetime.strptime(rate.refreshed, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError:
        raise MalformedFrame(f"{shown(rate.refreshed, 24)!r} is not a time") from None
    return int(moment.timestamp()) * 10**9
