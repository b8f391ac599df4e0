"""Where Coinbase's two public feeds are, how they are asked, and what they promise.

Source: Coinbase Advanced Trade API, *WebSocket Overview*, *WebSocket Channels* and *WebSocket Rate
Limits* (8 unauthenticated messages a second and address; a channel that sends nothing is closed
after 60 to 90 seconds, unless heartbeats are subscribed to; a client must subscribe within 5
seconds) and *Get Public Product*; Coinbase Exchange, *WebSocket Overview*, *WebSocket Channels*
(`level2_batch` sends what `level2` sends every 50 ms, and needs no key), *Rate Limits* (10 public
requests a second) and *Get single product*.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec

from feeds.book_sync import SequenceRule
from feeds.coinbase.exchange_mapper import CoinbaseExchangeMapper
from feeds.coinbase.mapper import CoinbaseMapper
from feeds.coinbase.symbols import check_has_book, our_symbol
from feeds.sequence_rules import Unnumbered
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=10 * SECOND_NS,
    dead_after_ns=30 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=32 * 2**20,
    subscribes_per_s=6.0,
    rest_interval_s=0.2,
    rest_timeout_s=10.0,
)
"""The largest book is one frame of about 4.8 MB."""
BOOK_CHANNEL = "level2"
CHANNELS = (BOOK_CHANNEL, "market_trades", "ticker", "candles")
HEARTBEATS = "heartbeats"
EXCHANGE_CHANNELS = ("level2_batch", "matches", "ticker", "heartbeat")


class _Coinbase:
    """What both feeds have in common: their symbols, and books that come in the stream."""

    __slots__ = ()

    def our_symbol(self, text: str) -> str:
        """`BTC-USD` from `btc-usd` or `BTC/USD`.

        Raises:
            UnknownSymbol: It cannot be a spot product.
        """
        return our_symbol(text)

    def venue_symbol(self, symbol: str) -> str:
        """The same."""
        return symbol

    def snapshot_request(self, symbol: str) -> None:
        """Books come in the stream."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """Subscribing anew is how to find out."""
        del symbol

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all is streamed."""
        del symbol
        return ()


@dataclass(frozen=True, slots=True)
class CoinbaseAdvanced(_Coinbase):
    """Public market data of Coinbase Advanced Trade; no key is needed."""

    stream_url: str = "wss://advanced-trade-ws.coinbase.com"
    rest_url: str = "https://api.coinbase.com"
    limits: Limits = LIMITS
    name: str = "coinbase"
    sequence: SequenceRule = field(default_factory=Unnumbered)
    """It is the frames that are numbered, not the updates."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def mapper(self) -> CoinbaseMapper:
        """A new mapper."""
        return CoinbaseMapper()

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Heartbeats, then books, trades, quotes and candles of five minutes: a frame a channel.

        Raises:
            UnknownSymbol: The book of a symbol is sent under another name.
        """
        for symbol in symbols:
            check_has_book(symbol)
        heartbeats = Subscription(1, (), _frame("subscribe", HEARTBEATS, ()))
        return (heartbeats, *_by_channel("subscribe", symbols)) if symbols else (heartbeats,)

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All channels of these symbols; heartbeats go on."""
        return _by_channel("unsubscribe", symbols)

    def terms_request(self, symbol: str) -> RestRequest:
        """The product."""
        return RestRequest(f"/api/v3/brokerage/market/products/{symbol}", {})


@dataclass(frozen=True, slots=True)
class CoinbaseExchange(_Coinbase):
    """Public market data of Coinbase Exchange, the older feed; no key is needed."""

    stream_url: str = "wss://ws-feed.exchange.coinbase.com"
    rest_url: str = "https://api.exchange.coinbase.com"
    limits: Limits = LIMITS
    name: str = "coinbase-exchange"
    sequence: SequenceRule = field(default_factory=Unnumbered)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def mapper(self) -> CoinbaseExchangeMapper:
        """A new mapper."""
        return CoinbaseExchangeMapper()

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Books, trades, quotes and heartbeats, in one frame for each symbol: a frame that names
        one product which does not exist is refused as a whole."""
        return _by_product("subscribe", symbols)

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All channels of these symbols."""
        return _by_product("unsubscribe", symbols)

    def terms_request(self, symbol: str) -> RestRequest:
        """The product."""
        return RestRequest(f"/products/{symbol}", {})


def _by_channel(kind: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
    """Advanced Trade takes one channel a frame."""
    return tuple(
        Subscription(
            number,
            tuple(symbols) if channel == BOOK_CHANNEL else (),
            _frame(kind, channel, symbols),
        )
        for number, channel in enumerate(CHANNELS, start=2)
    )


def _frame(kind: str, channel: str, symbols: Sequence[str]) -> str:
    frame: dict[str, object] = {"type": kind}
    if symbols:
        frame["product_ids"] = list(symbols)
    return msgspec.json.encode(frame | {"channel": channel}).decode()


def _by_product(kind: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
    """Exchange takes several channels a frame."""
    frames = (
        {"type": kind, "product_ids": [symbol], "channels": EXCHANGE_CHANNELS} for symbol in symbols
    )
    return tuple(
        Subscription(number, (symbol,), msgspec.json.encode(frame).decode())
        for number, (symbol, frame) in enumerate(zip(symbols, frames, strict=True), start=1)
    )
