"""CoinMarketCap: any number of coins in one currency with one request.

Source: CoinMarketCap API documentation, *Quotes Latest v2* and *Errors & Rate Limits*, read on
2026-11-21. The free plan has 30 requests a minute and 10,000 credits a month; up to 100 coins in
one currency cost one credit. Several coins may share a symbol: the one that ranks first is meant.
"""

from collections.abc import Sequence

import msgspec
from msgspec import Raw

from feeds.errors import Unreachable, VenueRefused
from feeds.plain_text import shown
from feeds.quotas import Quota, Window
from feeds.rfc3339 import unix_ns
from feeds.sources import (
    LIMITS,
    TEXT_MAX,
    KeyRefused,
    QuotaSpent,
    Reading,
    decoded,
    exact_price,
    number_text,
)
from feeds.venue import Limits, RestRequest

COINS_MAX = 100
UNRANKED = 10**9
KEY_CODES = frozenset({1001, 1002, 1003, 1004, 1005, 1007})
SPENT = {
    1008: Window.MINUTE,
    1009: Window.DAY,
    1010: Window.MONTH,
    1011: Window.MINUTE,
}
"""Per minute, per day, per month, and per address."""


class _Price(msgspec.Struct):
    price: Raw
    last_updated: str = ""


class _Coin(msgspec.Struct):
    cmc_rank: int | None = None
    quote: dict[str, _Price] = {}


class _Status(msgspec.Struct):
    error_code: int = 0
    error_message: str | None = None


class _Answer(msgspec.Struct):
    status: _Status
    data: dict[str, list[_Coin]] | None = None


_answer = msgspec.json.Decoder(_Answer)


class CoinMarketCap:
    """The second opinion."""

    name = "coinmarketcap"
    quotas = (Quota(30, Window.MINUTE), Quota(10_000, Window.MONTH))

    def __init__(
        self,
        key: str,
        rest_url: str = "https://pro-api.coinmarketcap.com",
        limits: Limits = LIMITS,
    ) -> None:
        self.key = key
        self.rest_url = rest_url
        self.limits = limits

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """All that are in the currency of the first."""
        currency = symbols[0].partition("-")[2]
        same = [symbol for symbol in symbols if symbol.partition("-")[2] == currency]
        return tuple(same[:COINS_MAX])

    def cost(self, count: int) -> int:
        """One credit."""
        return min(count, 1)

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """The quotes of these coins; the key goes in a header."""
        coins = [symbol.partition("-")[0] for symbol in symbols]
        params = {
            "symbol": ",".join(coins),
            "convert": symbols[0].partition("-")[2],
            "skip_invalid": "true",
        }
        headers = {"x-cmc_pro_api_key": self.key, "accept": "application/json"}
        return RestRequest("/v2/cryptocurrency/quotes/latest", params, headers=headers)

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """The prices that it knows."""
        answer = decoded(_answer, body)
        if answer.status.error_code or answer.data is None:
            raise _refused(answer.status)
        readings = []
        for symbol in symbols:
            coin, _, currency = symbol.partition("-")
            listed = [each for each in answer.data.get(coin, []) if currency in each.quote]
            if not listed:
                continue
            price = min(listed, key=_rank).quote[currency]
            if number_text(price.price):
                stated_ns = unix_ns(price.last_updated) if price.last_updated else received_ns
                mid = exact_price(price.price, f"the price of {symbol}")
                readings.append(Reading(symbol, min(stated_ns, received_ns), mid))
        return tuple(readings)


def _rank(coin: _Coin) -> int:
    return UNRANKED if coin.cmc_rank is None else coin.cmc_rank


def _refused(status: _Status) -> Exception:
    code = status.error_code
    text = f"CoinMarketCap says: {shown(status.error_message or str(code), TEXT_MAX)}"
    if code in SPENT:
        return QuotaSpent(text, SPENT[code])
    if code in KEY_CODES:
        return KeyRefused(text)
    return VenueRefused(text) if 400 <= code < 500 or code > 1000 else Unreachable(text)
