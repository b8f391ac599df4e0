"""CoinGecko: any number of coins in any number of currencies with one request.

Source: CoinGecko API documentation, *Coin Price by IDs, Names, or Symbols* and *Common Errors &
Rate Limit*, read on 2026-11-21. Asked by symbol, the coin of that symbol with the largest market is
meant. Without a key it serves some requests a minute from a shared pool; a free (demo) key has 30 a
minute and 10,000 a month.
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

WITH_KEY = (Quota(30, Window.MINUTE), Quota(10_000, Window.MONTH))
WITHOUT_KEY = (Quota(5, Window.MINUTE),)
UPDATED = "last_updated_at"
COINS_MAX = 50
TOO_MANY = 429
KEY_CODES = frozenset({401, 10002, 10005, 10010, 10011})
"""No key, one of another plan, or one that is not known."""


class _Status(msgspec.Struct):
    error_code: int = 0
    error_message: str = ""


class _Refusal(msgspec.Struct):
    status: _Status | None = None
    error_code: int = 0


_refusal = msgspec.json.Decoder(_Refusal)
_coins = msgspec.json.Decoder(dict[str, dict[str, Raw]])


class CoinGecko:
    """The default: it also answers without a key."""

    name = "coingecko"

    def __init__(
        self,
        key: str = "",
        rest_url: str = "https://api.coingecko.com/api/v3",
        limits: Limits = LIMITS,
    ) -> None:
        self.key = key
        self.rest_url = rest_url
        self.limits = limits
        self.quotas = WITH_KEY if key else WITHOUT_KEY

    def batch(self, symbols: Sequence[str]) -> tuple[str, ...]:
        """All, of as many coins as an address holds."""
        return tuple(symbols[:COINS_MAX])

    def cost(self, count: int) -> int:
        """One request."""
        return min(count, 1)

    def request(self, symbols: Sequence[str]) -> RestRequest:
        """The prices of these coins in these currencies; the key goes in a header."""
        pairs = [symbol.lower().split("-") for symbol in symbols]
        params = {
            "symbols": ",".join(dict.fromkeys(coin for coin, _ in pairs)),
            "vs_currencies": ",".join(dict.fromkeys(currency for _, currency in pairs)),
            "include_last_updated_at": "true",
            "precision": "full",
        }
        headers = {"x-cg-demo-api-key": self.key} if self.key else {}
        return RestRequest("/simple/price", params, headers=headers)

    def read(self, body: bytes, symbols: Sequence[str], received_ns: int) -> tuple[Reading, ...]:
        """The prices that it knows."""
        refusal = decoded(_refusal, body)
        if refusal.status is not None or refusal.error_code:
            raise _refused(refusal)
        coins = decoded(_coins, body)
        readings = []
        for symbol in symbols:
            coin, currency = symbol.lower().split("-")
            stated = coins.get(coin, {})
            token = stated.get(currency)
            if token is None or not number_text(token):
                continue
            price = exact_price(token, f"the price of {symbol}")
            as_of_ns = seconds_ns(_seconds(stated.get(UPDATED, Raw())), received_ns)
            readings.append(Reading(symbol, as_of_ns, price))
        return tuple(readings)


def _refused(refusal: _Refusal) -> Exception:
    status = refusal.status or _Status()
    code = status.error_code or refusal.error_code
    text = f"CoinGecko says: {shown(status.error_message or str(code), TEXT_MAX)}"
    if code == TOO_MANY:
        return QuotaSpent(text, Window.MINUTE)
    if code in KEY_CODES:
        return KeyRefused(text)
    return VenueRefused(text) if code else Unreachable(text)


def _seconds(token: Raw) -> int | None:
    text = number_text(token)
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or len(text) > 12:
        raise MalformedFrame(f"{shown(text, 24)!r} is not a time in seconds")
    return int(text)
