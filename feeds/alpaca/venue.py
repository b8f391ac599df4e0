"""Where Alpaca's market data is, how it is asked, and what it takes to be let in.

Source: Alpaca Market Data API, *Real-time Stock Data* and *About Market Data API*, read on
2026-11-21: one connection for each key, 30 stocks and 200 REST requests a minute on the free plan,
whose stream is that of IEX. The terms come from snapshots of all exchanges, 15 minutes old, for
their volume; the list of assets states neither tick nor lot, and lies on an address of its own for
each kind of account.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from feeds.alpaca.mapper import VENUE, AlpacaMapper
from feeds.errors import UnknownSymbol
from feeds.tickers import our_ticker
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=45 * SECOND_NS,
    dead_after_ns=120 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=4 * 2**20,
    subscribes_per_s=2.0,
    rest_interval_s=0.35,
    rest_timeout_s=10.0,
)
"""Some stocks are quoted a few times a minute; the latest quote is asked for three times before one
is STALE. Half a second passes between the login and the first subscription."""
POLL_INTERVAL_S = 15.0
TERMS_FEED = "delayed_sip"
CHANNELS = ("trades", "quotes", "bars")
LOGIN_ID, SUBSCRIBE_ID = 1, 2


@dataclass(frozen=True, slots=True)
class Alpaca:
    """Trades, quotes and minute bars of US stocks."""

    stream_url: str = "wss://stream.data.alpaca.markets/v2/iex"
    """`…/v2/sip` for all exchanges, on a paid plan; an address without a path means `/v2/iex`."""
    rest_url: str = "https://data.alpaca.markets"
    limits: Limits = LIMITS
    key: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    symbols_max: int = 30
    name: str = VENUE
    sequence: None = None

    def __post_init__(self) -> None:
        if urlsplit(self.stream_url).path in ("", "/"):
            address = self.stream_url.rstrip("/") + "/v2/iex"
            object.__setattr__(self, "stream_url", address)
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def mapper(self) -> AlpacaMapper:
        """A new mapper."""
        return AlpacaMapper()

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
        """The login, which a connection that is logged in already ignores, then the streams.

        Raises:
            UnknownSymbol: More stocks than the plan carries.
        """
        if len(symbols) > self.symbols_max:
            raise UnknownSymbol(
                f"{len(symbols)} stocks are too many for Alpaca; at most {self.symbols_max}"
            )
        if not symbols:
            return ()
        login = {"action": "auth", "key": self.key, "secret": self.secret}
        return (
            Subscription(LOGIN_ID, (), msgspec.json.encode(login).decode()),
            Subscription(SUBSCRIBE_ID, tuple(symbols), _request("subscribe", symbols)),
        )

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All streams of these stocks."""
        return (Subscription(0, tuple(symbols), _request("unsubscribe", symbols)),)

    def snapshot_request(self, symbol: str) -> None:
        """There is no depth."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """Subscribing anew is how to find out whether a stream is dead."""
        del symbol

    def terms_request(self, symbol: str) -> RestRequest:
        """A snapshot, for the price and the volume."""
        return self._ask("/v2/stocks/snapshots", {"symbols": symbol, "feed": TERMS_FEED})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """The latest quote: what the stream begins from, and the proof that a stock is quiet."""
        feed = self.stream_url.rpartition("/")[2]
        request = self._ask("/v2/stocks/quotes/latest", {"symbols": symbol, "feed": feed})
        return (Poll(request, POLL_INTERVAL_S),)

    def _ask(self, path: str, params: dict[str, str]) -> RestRequest:
        headers = {"apca-api-key-id": self.key, "apca-api-secret-key": self.secret}
        return RestRequest(path, params, headers=headers)


def _request(action: str, symbols: Sequence[str]) -> str:
    frame = {"action": action} | {channel: list(symbols) for channel in CHANNELS}
    return msgspec.json.encode(frame).decode()
