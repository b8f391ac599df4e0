"""Where OKX is, how it is asked, and how patient one has to be with it.

Source: OKX API guide v5, *WebSocket › Connect* (three connections a second, 480 subscriptions an
hour on each, requests of at most 64 KB, a `ping` before 30 s have passed in silence), *Order book
channel* (a quiet book is confirmed about once a minute), *Get instruments* (20 requests in two
seconds). Port 8443 is served no more since 31 October 2026.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from zlib import crc32

import msgspec

from feeds.book_sync import SequenceRule
from feeds.errors import UnknownSymbol
from feeds.okx.mapper import OkxMapper
from feeds.okx.sequence import OkxSequence
from feeds.okx.symbols import family_of, index_of, instrument_type, our_symbol, venue_symbol
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
LIMITS = Limits(
    stale_after_ns=20 * SECOND_NS,
    dead_after_ns=65 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=16 * 2**20,
    subscribes_per_s=5.0,
    rest_interval_s=0.1,
    rest_timeout_s=10.0,
    keepalive_frame="ping",
    keepalive_interval_s=8.0,
)
SYMBOLS_PER_FRAME = 50
SYMBOLS_MAX = 400
ALL_CHANNELS = ("books", "trades", "tickers")
MORE_CHANNELS = {
    "SWAP": ("mark-price", "open-interest", "funding-rate"),
    "FUTURES": ("mark-price", "open-interest"),
    "OPTION": ("mark-price", "open-interest"),
    "SPOT": (),
}
CANDLES = "candle1m"
PUBLIC_PATH = "/ws/v5/public"

Arguments = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Okx:
    """Public market data of OKX; no key is needed."""

    stream_url: str = f"wss://ws.okx.com{PUBLIC_PATH}"
    """An address without a path means that of the public channels."""
    rest_url: str = "https://www.okx.com"
    limits: Limits = LIMITS
    name: str = "okx"
    sequence: SequenceRule = field(default_factory=OkxSequence)

    def __post_init__(self) -> None:
        if urlsplit(self.stream_url).path in ("", "/"):
            address = self.stream_url.rstrip("/") + PUBLIC_PATH
            object.__setattr__(self, "stream_url", address)
        object.__setattr__(self, "rest_url", self.rest_url.rstrip("/"))

    @property
    def business_url(self) -> str:
        """The address beside the public one, where candles are."""
        return f"{self.stream_url.rpartition('/')[0]}/business"

    def mapper(self) -> OkxMapper:
        """A new mapper."""
        return OkxMapper()

    def our_symbol(self, text: str) -> str:
        """`BTC-USDT-PERP` from `btc-usdt-perp` or `BTC-USDT-SWAP`.

        Raises:
            UnknownSymbol: It cannot be an instrument of OKX's.
        """
        return our_symbol(text)

    def venue_symbol(self, symbol: str) -> str:
        """`BTC-USDT-SWAP` from `BTC-USDT-PERP`."""
        return venue_symbol(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """What several instruments share, then books, trades, quotes and facts of each, then
        candles over another connection.

        Raises:
            UnknownSymbol: More symbols than one connection takes requests for.
        """
        if len(symbols) > SYMBOLS_MAX:
            raise UnknownSymbol(
                f"{len(symbols)} symbols are too many for one connection; at most {SYMBOLS_MAX}"
            )
        if not symbols:
            return ()
        shared = _subscription("subscribe", (), _shared(symbols))
        return (shared, *self._own("subscribe", symbols))

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
        """The instrument's metadata; options are asked for within their family."""
        instrument = venue_symbol(symbol)
        kind = instrument_type(instrument)
        params = {"instType": kind, "instId": instrument}
        if kind == "OPTION":
            params["instFamily"] = family_of(instrument)
        return RestRequest("/api/v5/public/instruments", params)

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of it is streamed."""
        del symbol
        return ()

    def _own(self, operation: str, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        starts = range(0, len(symbols), SYMBOLS_PER_FRAME)
        groups = [tuple(symbols[start : start + SYMBOLS_PER_FRAME]) for start in starts]
        books = [_subscription(operation, group, _own(group)) for group in groups]
        candles = [
            _subscription(operation, (), _each(group, lambda _: (CANDLES,)), self.business_url)
            for group in groups
        ]
        return (*books, *candles)


def _own(symbols: Iterable[str]) -> Arguments:
    return _each(symbols, lambda kind: (*ALL_CHANNELS, *MORE_CHANNELS[kind]))


def _each(symbols: Iterable[str], channels: Callable[[str], Sequence[str]]) -> Arguments:
    instruments = [venue_symbol(symbol) for symbol in symbols]
    return [
        {"channel": channel, "instId": instrument}
        for instrument in instruments
        for channel in channels(instrument_type(instrument))
    ]


def _shared(symbols: Iterable[str]) -> Arguments:
    """Maintenance, the indices that derivatives refer to, and the summaries of option families."""
    arguments: Arguments = [{"channel": "status"}]
    for instrument in map(venue_symbol, symbols):
        kind = instrument_type(instrument)
        if kind != "SPOT":
            arguments.append({"channel": "index-tickers", "instId": index_of(instrument)})
        if kind == "OPTION":
            arguments.append({"channel": "opt-summary", "instFamily": family_of(instrument)})
    return [dict(pairs) for pairs in dict.fromkeys(tuple(each.items()) for each in arguments)]


def _subscription(
    operation: str, symbols: tuple[str, ...], arguments: Arguments, url: str = ""
) -> Subscription:
    """A request whose id follows from what it asks for, so that an answer finds its symbols
    however often it was asked."""
    asked = msgspec.json.encode(arguments)
    request_id = crc32(asked)
    frame = {"id": str(request_id), "op": operation, "args": msgspec.Raw(asked)}
    return Subscription(request_id, symbols, msgspec.json.encode(frame).decode(), url)
