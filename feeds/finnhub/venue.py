"""Where Finnhub is, how it is asked, and where its key goes.

Source: Finnhub API documentation, *Authentication*, *Rate Limits*, *Trades* and *Quote*, read on
2026-11-21: one connection for each key, 50 symbols and 60 REST requests a minute on the free plan.
REST requests carry the key in a header. The stream takes it in its address only; that address is
never shown, logged or recorded, and stands in no field.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import msgspec

from feeds.errors import UnknownSymbol
from feeds.finnhub.mapper import VENUE, FinnhubMapper
from feeds.tickers import our_ticker
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=90 * SECOND_NS,
    dead_after_ns=240 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=4 * 2**20,
    subscribes_per_s=10.0,
    rest_interval_s=1.0,
    rest_timeout_s=10.0,
)
"""The last price of each of 50 stocks can be asked for once a minute."""
POLL_INTERVAL_S = 60.0


@dataclass(frozen=True, slots=True)
class Finnhub:
    """Prints of US stocks, and quotes made of them."""

    stream_url: str = "wss://ws.finnhub.io"
    rest_url: str = "https://finnhub.io/api/v1"
    limits: Limits = LIMITS
    key: str = field(default="", repr=False)
    symbols_max: int = 50
    name: str = VENUE
    sequence: None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def mapper(self) -> FinnhubMapper:
        """A new mapper."""
        return FinnhubMapper()

    def our_symbol(self, text: str) -> str:
        """The ticker.

        Raises:
            UnknownSymbol: It cannot be a ticker of a US stock.
        """
        return our_ticker(text)

    def venue_symbol(self, symbol: str) -> str:
        """The same ticker."""
        return symbol

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """A frame for each stock.

        Raises:
            UnknownSymbol: More stocks than the plan carries.
        """
        if len(symbols) > self.symbols_max:
            raise UnknownSymbol(
                f"{len(symbols)} stocks are too many for Finnhub; at most {self.symbols_max}"
            )
        return self._frames("subscribe", symbols)

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """A frame for each stock."""
        return self._frames("unsubscribe", symbols)

    def snapshot_request(self, symbol: str) -> None:
        """There is no depth."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """Subscribing anew is how to find out whether a stream is dead."""
        del symbol

    def terms_request(self, symbol: str) -> RestRequest:
        """The stock's figures, for its average volume."""
        return self._ask("/stock/metric", {"symbol": symbol, "metric": "all"})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """The last price, whose answer does not name the stock."""
        return (Poll(self._ask("/quote", {"symbol": symbol}, symbol), POLL_INTERVAL_S),)

    def _frames(self, kind: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        url = f"{self.stream_url}?token={quote(self.key, safe='')}"
        return tuple(
            Subscription(number, (symbol,), _request(kind, symbol), url)
            for number, symbol in enumerate(symbols, start=1)
        )

    def _ask(self, path: str, params: dict[str, str], about: str = "") -> RestRequest:
        return RestRequest(path, params, headers={"x-finnhub-token": self.key}, about=about)


def _request(kind: str, symbol: str) -> str:
    return msgspec.json.encode({"type": kind, "symbol": symbol}).decode()
