"""Where Hyperliquid is, how it is asked, and what its books promise.

Source: Hyperliquid Docs, *Websocket: Subscriptions* (each message of `l2Book` is a whole book, sent
at most every half second), *Timeouts and heartbeats* (a connection that has heard nothing from the
client for 60 seconds is closed), *Rate limits and user limits* (1,000 subscriptions and 2,000
messages a minute for one address; REST weight 1,200 a minute, `meta` and `spotMeta` 20 each).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

import msgspec

from feeds.book_sync import SequenceRule
from feeds.errors import UnknownSymbol
from feeds.hyperliquid.mapper import BOOK, HyperliquidMapper
from feeds.hyperliquid.symbols import PERP, Names
from feeds.sequence_rules import WholeBooks
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=10 * SECOND_NS,
    dead_after_ns=30 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=16 * 2**20,
    subscribes_per_s=20.0,
    rest_interval_s=1.0,
    rest_timeout_s=10.0,
    keepalive_frame='{"method":"ping"}',
    keepalive_interval_s=5.0,
)
"""Pings are frequent, so that the answer to one always lends a quiet market patience."""
STREAMS = (BOOK, "trades", "bbo", "activeAssetCtx", "candle")
INTERVAL = "1m"
SYMBOLS_MAX = 1000 // len(STREAMS)
INFO_PATH = "/info"


@dataclass(frozen=True, slots=True)
class Hyperliquid:
    """Public market data of Hyperliquid; no key is needed."""

    stream_url: str = "wss://api.hyperliquid.xyz/ws"
    rest_url: str = "https://api.hyperliquid.xyz"
    limits: Limits = LIMITS
    name: str = "hyperliquid"
    sequence: SequenceRule = field(default_factory=WholeBooks)
    names: Names = field(default_factory=Names, compare=False)
    """What metadata has taught of spot pairs, which are subscribed to by number."""
    request_ids: "count[int]" = field(default_factory=lambda: count(1), compare=False)
    """Requests carry no id here; each is counted all the same."""

    def mapper(self) -> HyperliquidMapper:
        """A new mapper, which shares what metadata teaches."""
        return HyperliquidMapper(self.names)

    def our_symbol(self, text: str) -> str:
        """`BTC-USDC-PERP` from `btc`, `BTC-PERP` or `BTC-USD-PERP`, `HYPE-USDC` from `@107`.

        Raises:
            UnknownSymbol: It cannot be one of Hyperliquid's markets.
        """
        return self.names.ours(text)

    def venue_symbol(self, symbol: str) -> str:
        """`BTC` from `BTC-USDC-PERP`, `@107` from `HYPE-USDC`."""
        return self.names.coin(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Book, trades, quotes, context and minute candles, a frame each.

        Raises:
            UnknownSymbol: More symbols than one address may subscribe to.
        """
        if len(symbols) > SYMBOLS_MAX:
            raise UnknownSymbol(
                f"{len(symbols)} symbols are too many for one address; at most {SYMBOLS_MAX}"
            )
        return self._frames("subscribe", symbols)

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All streams of these symbols."""
        return self._frames("unsubscribe", symbols)

    def snapshot_request(self, symbol: str) -> None:
        """None: every message is a whole book."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """None: the book comes with a new subscription."""
        del symbol

    def terms_request(self, symbol: str) -> RestRequest:
        """All perpetuals of whoever lists this one, or all spot pairs."""
        asked = {"type": "spotMeta"}
        if symbol.endswith(PERP):
            lister, _, _ = self.venue_symbol(symbol).rpartition(":")
            asked = {"type": "meta"} | ({"dex": lister} if lister else {})
        return RestRequest(INFO_PATH, {}, msgspec.json.encode(asked).decode())

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of it is streamed."""
        del symbol
        return ()

    def _frames(self, method: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        return tuple(
            self._frame(method, symbol, stream) for symbol in symbols for stream in STREAMS
        )

    def _frame(self, method: str, symbol: str, stream: str) -> Subscription:
        asked = {"type": stream, "coin": self.venue_symbol(symbol)}
        if stream == "candle":
            asked["interval"] = INTERVAL
        frame = msgspec.json.encode({"method": method, "subscription": asked}).decode()
        carried = (symbol,) if stream == BOOK else ()
        return Subscription(next(self.request_ids), carried, frame)
