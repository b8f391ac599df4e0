"""Where Binance's markets are and how they are asked.

Source: binance-spot-api-docs: *WebSocket Streams* (a connection lives 24 hours, takes at most 5
messages a second from us and 1,024 streams) and *REST API* (6,000 request weight a minute; depth
costs 5 for up to 100 levels and 50 for up to 1,000, exchangeInfo 20). What the futures markets do
otherwise stands in `futures.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit
from zlib import crc32

import msgspec

from feeds.binance.mapper import BinanceMapper, Dialect
from feeds.binance.sequences import SpotSequence
from feeds.binance.symbols import joined_spot, split_spot, typed
from feeds.binance.terms import SPOT, spot_terms
from feeds.book_sync import SequenceRule
from feeds.errors import UnknownSymbol
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
STREAMS = ("depth@100ms", "trade", "bookTicker", "kline_1m")
STREAMS_MAX = 1024
"""Of one connection."""
SYMBOLS_PER_FRAME = 50
PROBED_LEVELS = 5

Division = tuple[str, tuple[str, ...]]
"""An address, empty for `stream_url`, and the kinds of stream that it carries."""


@dataclass(frozen=True, slots=True)
class BinanceVenue:
    """What Binance's markets do alike; each states how its own differ."""

    stream_url: str
    rest_url: str
    name: str
    sequence: SequenceRule
    limits: Limits
    snapshot_levels: int = 1000

    api: ClassVar[str]
    """What REST paths begin with."""
    stream_path: ClassVar[str] = "/stream"
    """What is meant by an address without a path."""
    dialect: ClassVar[Dialect]

    def __post_init__(self) -> None:
        address = urlsplit(self.stream_url)
        if address.path in ("", "/"):
            combined = address._replace(path=self.stream_path).geturl()
            object.__setattr__(self, "stream_url", combined)
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    def divisions(self) -> tuple[Division, ...]:
        """Which streams are where; those of books first."""
        raise NotImplementedError

    def mapper(self) -> BinanceMapper:
        """A new mapper."""
        return BinanceMapper(self.dialect)

    def venue_symbol(self, symbol: str) -> str:
        """The venue's name for one of our symbols."""
        return self.dialect.join(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Books, quotes, trades, candles and facts, for some symbols a frame.

        Raises:
            UnknownSymbol: More symbols than one connection carries.
        """
        most = STREAMS_MAX // max(len(streams) for _, streams in self.divisions())
        if len(symbols) > most:
            raise UnknownSymbol(
                f"{len(symbols)} symbols are too many for one connection; at most {most}"
            )
        return self._requests("SUBSCRIBE", symbols)

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All streams of these symbols."""
        return self._requests("UNSUBSCRIBE", symbols)

    def snapshot_request(self, symbol: str) -> RestRequest:
        """The book, `snapshot_levels` a side."""
        return self._depth(symbol, self.snapshot_levels)

    def probe_request(self, symbol: str) -> RestRequest:
        """The cheapest book that names its update id."""
        return self._depth(symbol, PROBED_LEVELS)

    def _depth(self, symbol: str, levels: int) -> RestRequest:
        params = {"symbol": self.dialect.join(symbol), "limit": str(levels)}
        return RestRequest(f"{self.api}/depth", params)

    def _requests(self, method: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """A frame for each division of some symbols, again and again; the id of a request follows
        from what it asks."""
        made: list[Subscription] = []
        for start in range(0, len(symbols), SYMBOLS_PER_FRAME):
            group = tuple(symbols[start : start + SYMBOLS_PER_FRAME])
            carried = group
            for url, streams in self.divisions():
                names = [
                    f"{self.dialect.join(each).lower()}@{kind}"
                    for each in group
                    for kind in streams
                ]
                number = crc32(" ".join((method, *names)).encode())
                frame = {"method": method, "params": names, "id": number}
                text = msgspec.json.encode(frame).decode()
                made.append(Subscription(number, carried, text, url))
                carried = ()
        return tuple(made)


@dataclass(frozen=True, slots=True)
class BinanceSpot(BinanceVenue):
    """Public market data of Binance spot; no key is needed."""

    stream_url: str = "wss://stream.binance.com:9443"
    """`wss://data-stream.binance.vision` serves the same where this one is blocked; an address
    without a path means that of combined streams, `/stream`. With `?timeUnit=MICROSECOND` stamps
    are finer, which is understood."""
    rest_url: str = "https://api.binance.com"
    name: str = SPOT
    sequence: SequenceRule = field(default_factory=SpotSequence)
    limits: Limits = LIMITS

    api = "/api/v3"
    dialect = Dialect(SPOT, split_spot, joined_spot, spot_terms)

    def divisions(self) -> tuple[Division, ...]:
        """All on one connection."""
        return (("", STREAMS),)

    def our_symbol(self, text: str) -> str:
        """`BTC-USDT` from `btc-usdt`, `BTC/USDT` or `BTCUSDT`.

        Raises:
            UnknownSymbol: It cannot be a spot symbol.
        """
        symbol = typed(text)
        parts = symbol.split("-")
        if len(parts) == 1:
            return split_spot(symbol)
        if len(parts) == 2 and all(parts):
            return symbol
        raise UnknownSymbol(f"{text[:24]!r} is no spot symbol; write base and quote: BTC-USDT")

    def terms_request(self, symbol: str) -> RestRequest:
        """The instrument's filters."""
        return RestRequest("/api/v3/exchangeInfo", {"symbol": joined_spot(symbol)})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of spot is streamed."""
        del symbol
        return ()
