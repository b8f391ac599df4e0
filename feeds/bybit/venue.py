"""Where Bybit is, how it is asked, and how patient one has to be with it.

Source: Bybit API v5 documentation: *Connect* (an address for each category, at most 10 topics in a
request for spot, 500 connections in five minutes, a ping at least every 20 s), *Orderbook* (best
quotes are repeated every 3 s while they do not change), *System Status*, *Rate Limit* (600 requests
in five seconds).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from zlib import crc32

import msgspec

from feeds.book_sync import SequenceRule
from feeds.bybit.mapper import BybitMapper
from feeds.bybit.names import DEPTHS
from feeds.bybit.sequence import BybitSequence
from feeds.bybit.symbols import Category, category_of, our_symbol, venue_symbol
from feeds.errors import UnknownSymbol
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=10 * SECOND_NS,
    dead_after_ns=30 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=16 * 2**20,
    subscribes_per_s=25.0,
    rest_interval_s=0.1,
    rest_timeout_s=10.0,
    keepalive_frame='{"op":"ping"}',
    keepalive_interval_s=8.0,
)
PUBLIC_PATH = "/v5/public"
STATUS = "misc/status"
SYMBOLS_MAX = 200
SYMBOLS_PER_FRAME = {
    Category.SPOT: 2,
    Category.LINEAR: 20,
    Category.INVERSE: 20,
    Category.OPTION: 20,
}


@dataclass(frozen=True, slots=True)
class Bybit:
    """Public market data of Bybit; no key is needed."""

    stream_url: str = f"wss://stream.bybit.com{PUBLIC_PATH}/linear"
    """Of one category; those of the others stand beside it. An address without a path means
    Bybit's own paths there."""
    rest_url: str = "https://api.bybit.com"
    limits: Limits = LIMITS
    name: str = "bybit"
    sequence: SequenceRule = field(default_factory=BybitSequence)

    def __post_init__(self) -> None:
        if urlsplit(self.stream_url).path in ("", "/"):
            address = f"{self.stream_url.rstrip('/')}{PUBLIC_PATH}/linear"
            object.__setattr__(self, "stream_url", address)
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def url_of(self, place: str) -> str:
        """The address of a category, or of the system's status."""
        return f"{self.stream_url.rpartition('/')[0]}/{place}"

    def mapper(self) -> BybitMapper:
        """A new mapper."""
        return BybitMapper()

    def our_symbol(self, text: str) -> str:
        """`BTC-USDT-PERP` from `btc-usdt-perp` or `BTCUSDT`, `BTC-USDT` from `BTC/USDT`.

        Raises:
            UnknownSymbol: It cannot be an instrument of Bybit's.
        """
        return our_symbol(text)

    def venue_symbol(self, symbol: str) -> str:
        """`BTCUSDT` from `BTC-USDT-PERP`."""
        return venue_symbol(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """What several instruments share, then books, best quotes, trades and facts of each, at the
        address of its category.

        Raises:
            UnknownSymbol: More symbols than one client should ask for.
        """
        if len(symbols) > SYMBOLS_MAX:
            raise UnknownSymbol(
                f"{len(symbols)} symbols are too many for one client; at most {SYMBOLS_MAX}"
            )
        if not symbols:
            return ()
        status = self._request("subscribe", (), ["system.status"], self.url_of(STATUS))
        return (status, *self._shared(symbols), *self._own("subscribe", symbols))

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """What is of these instruments alone; what others may share stays."""
        return self._own("unsubscribe", symbols)

    def snapshot_request(self, symbol: str) -> None:
        """Books come in the stream."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """The snapshot of a new subscription tells whether a market is quiet."""
        del symbol

    def terms_request(self, symbol: str) -> RestRequest:
        """The instrument's metadata."""
        params = {"category": category_of(symbol).value, "symbol": venue_symbol(symbol)}
        return RestRequest("/v5/market/instruments-info", params)

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of it is streamed."""
        del symbol
        return ()

    def _shared(self, symbols: Iterable[str]) -> tuple[Subscription, ...]:
        """The tapes of options, which are of all options of a coin."""
        bases = dict.fromkeys(
            symbol.partition("-")[0] for symbol in symbols if category_of(symbol) is Category.OPTION
        )
        if not bases:
            return ()
        topics = [f"publicTrade.{base}" for base in bases]
        return (self._request("subscribe", (), topics, self.url_of(Category.OPTION.value)),)

    def _own(self, operation: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        requests: list[Subscription] = []
        for category in Category:
            wanted = [symbol for symbol in symbols if category_of(symbol) is category]
            size = SYMBOLS_PER_FRAME[category]
            for start in range(0, len(wanted), size):
                group = tuple(wanted[start : start + size])
                topics = [topic for symbol in group for topic in _topics(category, symbol)]
                url = self.url_of(category.value)
                requests.append(self._request(operation, group, topics, url))
        return tuple(requests)

    def _request(
        self, operation: str, symbols: tuple[str, ...], topics: list[str], url: str
    ) -> Subscription:
        """A request whose id follows from what it asks for, so that an answer finds its symbols
        however often it was asked."""
        request_id = crc32(f"{url} {topics}".encode())
        frame = {"req_id": str(request_id), "op": operation, "args": topics}
        address = "" if url == self.stream_url else url
        return Subscription(request_id, symbols, msgspec.json.encode(frame).decode(), address)


def _topics(category: Category, symbol: str) -> list[str]:
    market = venue_symbol(symbol)
    book = f"orderbook.{DEPTHS[category]}.{market}"
    if category is Category.OPTION:
        return [book, f"tickers.{market}"]
    topics = [book, f"orderbook.1.{market}", f"publicTrade.{market}", f"kline.1.{market}"]
    return topics if category is Category.SPOT else [*topics, f"tickers.{market}"]
