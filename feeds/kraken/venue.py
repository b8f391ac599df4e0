"""Where Kraken's spot market is, how it is asked, and what it promises.

Source: Kraken, *Spot WebSocket Introduction* (about 150 connections in ten minutes from one
address; a connection that carries no subscription is closed after a minute; version 2 is at `/v2`),
*Spot WebSocket v2* and *Spot REST: Get Tradable Asset Pairs* (about one public request a second).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from feeds.book_sync import SequenceRule
from feeds.kraken.checksum import KrakenBooks
from feeds.kraken.mapper import KrakenMapper
from feeds.kraken.symbols import our_symbol, rest_name, venue_symbol
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=10 * SECOND_NS,
    dead_after_ns=30 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=16 * 2**20,
    subscribes_per_s=5.0,
    rest_interval_s=1.0,
    rest_timeout_s=10.0,
)
BOOK_DEPTH = 100
"""Levels a side; 10, 25, 100, 500 and 1,000 are offered."""
CANDLE_MINUTES = 1
SYMBOLS_PER_FRAME = 50

Params = dict[str, object]


@dataclass(frozen=True, slots=True)
class Kraken:
    """Public market data of Kraken spot; no key is needed."""

    stream_url: str = "wss://ws.kraken.com/v2"
    """An address without a path means `/v2`."""
    rest_url: str = "https://api.kraken.com"
    limits: Limits = LIMITS
    book_depth: int = BOOK_DEPTH
    name: str = "kraken"
    sequence: SequenceRule = field(default_factory=KrakenBooks)

    def __post_init__(self) -> None:
        if urlsplit(self.stream_url).path in ("", "/"):
            object.__setattr__(self, "stream_url", self.stream_url.rstrip("/") + "/v2")
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def mapper(self) -> KrakenMapper:
        """A new mapper."""
        return KrakenMapper()

    def our_symbol(self, text: str) -> str:
        """`BTC-USD` from `btc-usd`, `BTC/USD` or `XBT/USD`.

        Raises:
            UnknownSymbol: It cannot be a pair.
        """
        return our_symbol(text)

    def venue_symbol(self, symbol: str) -> str:
        """`BTC/USD` from `BTC-USD`."""
        return venue_symbol(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Books, trades, quotes and candles of a minute, for some symbols a frame."""
        return self._requests("subscribe", symbols)

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All streams of these symbols."""
        return self._requests("unsubscribe", symbols)

    def snapshot_request(self, symbol: str) -> None:
        """Books come in the stream."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """Subscribing anew is how to find out."""
        del symbol

    def terms_request(self, symbol: str) -> RestRequest:
        """The pair's metadata; that of the `instrument` channel is of all pairs at once."""
        return RestRequest("/0/public/AssetPairs", {"pair": rest_name(symbol)})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of spot is streamed."""
        del symbol
        return ()

    def _requests(self, method: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        starts = range(0, len(symbols), SYMBOLS_PER_FRAME)
        groups = [tuple(symbols[start : start + SYMBOLS_PER_FRAME]) for start in starts]
        requests = [(group, params) for group in groups for params in self._channels(method)]
        return tuple(
            _request(number, method, group, params)
            for number, (group, params) in enumerate(requests, start=1)
        )

    def _channels(self, method: str) -> tuple[Params, ...]:
        """What to ask of each channel; giving up needs no more than telling them apart."""
        history: Params = {"snapshot": False} if method == "subscribe" else {}
        return (
            {"channel": "book", "depth": self.book_depth},
            {"channel": "trade"} | history,
            {"channel": "ticker", "event_trigger": "bbo"},
            {"channel": "ohlc", "interval": CANDLE_MINUTES},
        )


def _request(number: int, method: str, symbols: tuple[str, ...], params: Params) -> Subscription:
    named = params | {"symbol": [venue_symbol(each) for each in symbols]}
    frame = {"method": method, "params": named, "req_id": number}
    carried = symbols if params["channel"] == "book" else ()
    return Subscription(number, carried, msgspec.json.encode(frame).decode())
