"""Where Binance spot is, how it is asked, and what its update ids promise.

Source: binance-spot-api-docs: *WebSocket Streams* (a connection lives 24 hours, takes at most 5
messages a second from us and 1,024 streams), *How to manage a local order book correctly*, and
*REST API* (6,000 request weight a minute; depth costs 5 for up to 100 levels and 50 for up to
1,000, exchangeInfo 20).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import msgspec

from feeds.binance.mapper import BinanceMapper
from feeds.binance.symbols import joined_symbol, split_symbol
from feeds.book_sync import SequenceRule
from feeds.errors import UnknownSymbol
from feeds.local_book import LocalBook
from feeds.messages import BookDelta
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=10 * SECOND_NS,
    dead_after_ns=30 * SECOND_NS,
    quiet_snapshot_after_ns=SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=16 * 2**20,
    subscribes_per_s=4.0,
    rest_interval_s=0.5,
    rest_timeout_s=10.0,
)
STREAMS = ("depth@100ms", "trade", "bookTicker")
SYMBOLS_PER_FRAME = 50
SYMBOLS_MAX = 1024 // len(STREAMS)


class SpotSequence:
    """`U` and `u` are the first and last id that an event covers; ids are contiguous.

    An event is applied when it begins at or before the id after the book's: quantities are
    absolute, so that an event which overlaps what is known already is harmless.
    """

    streamed = False
    whole = False
    numbered = True

    def checksum(self, book: LocalBook) -> int | None:
        """None is stated."""
        del book
        return None

    def stale(self, book_id: int, delta: BookDelta) -> bool:
        """Every id of the event is in the book."""
        return delta.last_update_id <= book_id

    def joins(self, snapshot_id: int, delta: BookDelta) -> bool:
        """The event covers the id after the snapshot's."""
        return delta.first_update_id <= snapshot_id + 1

    def follows(self, book_id: int, delta: BookDelta) -> bool:
        """The event covers the id after the book's."""
        return delta.first_update_id <= book_id + 1


@dataclass(frozen=True, slots=True)
class BinanceSpot:
    """Public market data of Binance spot; no key is needed."""

    stream_url: str = "wss://stream.binance.com:9443/stream"
    """`wss://data-stream.binance.vision` serves the same where this one is blocked; an address
    without a path means that of combined streams, `/stream`."""
    rest_url: str = "https://api.binance.com"
    limits: Limits = LIMITS
    snapshot_levels: int = 1000
    name: str = "binance"
    sequence: SequenceRule = field(default_factory=SpotSequence)

    def __post_init__(self) -> None:
        if urlsplit(self.stream_url).path in ("", "/"):
            address = self.stream_url.rstrip("/") + "/stream"
            object.__setattr__(self, "stream_url", address)
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def mapper(self) -> BinanceMapper:
        """A new mapper."""
        return BinanceMapper()

    def our_symbol(self, text: str) -> str:
        """`BTC-USDT` from `btc-usdt`, `BTC/USDT` or `BTCUSDT`.

        Raises:
            UnknownSymbol: It cannot be a spot symbol.
        """
        symbol = text.strip().upper().replace("/", "-")
        parts = symbol.split("-")
        if len(parts) == 1:
            return split_symbol(symbol)
        if len(parts) == 2 and all(parts):
            return symbol
        raise UnknownSymbol(f"{text[:24]!r} is no spot symbol; write base and quote: BTC-USDT")

    def venue_symbol(self, symbol: str) -> str:
        """`BTCUSDT` from `BTC-USDT`."""
        return joined_symbol(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Depth each 100 ms, trades and quotes, for some symbols a frame.

        Raises:
            UnknownSymbol: More symbols than one connection carries.
        """
        if len(symbols) > SYMBOLS_MAX:
            raise UnknownSymbol(
                f"{len(symbols)} symbols are too many for one connection; at most {SYMBOLS_MAX}"
            )
        starts = range(0, len(symbols), SYMBOLS_PER_FRAME)
        groups = (tuple(symbols[start : start + SYMBOLS_PER_FRAME]) for start in starts)
        return tuple(_subscription(number, group) for number, group in enumerate(groups, start=1))

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All streams of these symbols."""
        frame = _request("UNSUBSCRIBE", _streams(symbols), None)
        return (Subscription(0, tuple(symbols), frame),)

    def snapshot_request(self, symbol: str) -> RestRequest:
        """The book, `snapshot_levels` a side."""
        return self._depth(symbol, self.snapshot_levels)

    def probe_request(self, symbol: str) -> RestRequest:
        """The cheapest book that names its update id."""
        return self._depth(symbol, 5)

    def terms_request(self, symbol: str) -> RestRequest:
        """The instrument's filters."""
        return RestRequest("/api/v3/exchangeInfo", {"symbol": joined_symbol(symbol)})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of spot is streamed."""
        del symbol
        return ()

    def _depth(self, symbol: str, levels: int) -> RestRequest:
        params = {"symbol": joined_symbol(symbol), "limit": str(levels)}
        return RestRequest("/api/v3/depth", params)


def _subscription(request_id: int, symbols: tuple[str, ...]) -> Subscription:
    return Subscription(request_id, symbols, _request("SUBSCRIBE", _streams(symbols), request_id))


def _streams(symbols: Sequence[str]) -> list[str]:
    return [f"{joined_symbol(each).lower()}@{stream}" for each in symbols for stream in STREAMS]


def _request(method: str, streams: list[str], request_id: int | None) -> str:
    """The frame of a request; Binance takes `null` for requests not told apart."""
    frame = {"method": method, "params": streams, "id": request_id}
    return msgspec.json.encode(frame).decode()
