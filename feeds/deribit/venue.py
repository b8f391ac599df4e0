"""Where Deribit is, how it is asked, and what its books promise.

Raw channels (`book.BTC-PERPETUAL.raw`) are for clients who have logged in; those of 100 ms are
public. In both a book is a snapshot and a chain of changes. Source: Deribit API v2,
*Subscriptions*, *public/set_heartbeat* (at least 10 seconds apart), *Rate Limits* (a subscription
costs 3,000 of 30,000 credits, of which 10,000 come back each second; 500 channels a request).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

import msgspec

from feeds.book_sync import SequenceRule
from feeds.deribit.mapper import DeribitMapper
from feeds.deribit.symbols import name_of, ours
from feeds.errors import UnknownSymbol
from feeds.sequence_rules import Chained
from feeds.venue import Limits, Poll, RestRequest, Subscription

SECOND_NS = 10**9
HEARTBEAT_S = 10
LIMITS = Limits(
    stale_after_ns=15 * SECOND_NS,
    dead_after_ns=40 * SECOND_NS,
    quiet_snapshot_after_ns=5 * SECOND_NS,
    ping_interval_s=20.0,
    open_timeout_s=10.0,
    frame_bytes_max=16 * 2**20,
    subscribes_per_s=3.0,
    rest_interval_s=0.2,
    rest_timeout_s=10.0,
)
"""Options are quiet for long, and heartbeats come each 10 seconds: patience is longer than that."""
CHANNELS = ("book.{}.100ms", "trades.{}.100ms", "ticker.{}.100ms", "chart.trades.{}.1")
PLATFORM_CHANNEL = "platform_state"
SYMBOLS_MAX = 100
INSTRUMENT_PATH = "/public/get_instrument"


@dataclass(frozen=True, slots=True)
class Deribit:
    """Public market data of Deribit; no key is needed."""

    stream_url: str = "wss://www.deribit.com/ws/api/v2"
    rest_url: str = "https://www.deribit.com/api/v2"
    limits: Limits = LIMITS
    name: str = "deribit"
    sequence: SequenceRule = field(default_factory=Chained)
    request_ids: "count[int]" = field(default_factory=lambda: count(1), compare=False)
    """Never the same twice, since answers repeat them."""

    def mapper(self) -> DeribitMapper:
        """A new mapper."""
        return DeribitMapper()

    def our_symbol(self, text: str) -> str:
        """`BTC-USD-PERP` from `btc-perpetual`, `BTC-20261225-70000-C` from `BTC-25DEC26-70000-C`.

        Raises:
            UnknownSymbol: It cannot be one of Deribit's markets.
        """
        return ours(text)

    def venue_symbol(self, symbol: str) -> str:
        """`BTC-PERPETUAL` from `BTC-USD-PERP`."""
        return name_of(symbol)

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """Heartbeats; then book, trades, ticker and minute candles, a frame for each symbol, so
        that a refusal says whose it is.

        Raises:
            UnknownSymbol: More symbols than one connection carries.
        """
        if len(symbols) > SYMBOLS_MAX:
            raise UnknownSymbol(
                f"{len(symbols)} symbols are too many for one connection; at most {SYMBOLS_MAX}"
            )
        beats = self._request("public/set_heartbeat", {"interval": HEARTBEAT_S}, ())
        return (beats, *(self._subscription(symbol) for symbol in symbols))

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """All channels of these symbols."""
        channels = [name for symbol in symbols for name in _channels(symbol)]
        number = next(self.request_ids)
        frame = _frame(f"u{number}", "public/unsubscribe", {"channels": channels})
        return (Subscription(number, tuple(symbols), frame),)

    def snapshot_request(self, symbol: str) -> None:
        """None: the book comes in the stream."""
        del symbol

    def probe_request(self, symbol: str) -> None:
        """None: the book comes with a new subscription."""
        del symbol

    def terms_request(self, symbol: str) -> RestRequest:
        """The instrument's metadata."""
        return RestRequest(INSTRUMENT_PATH, {"instrument_name": name_of(symbol)})

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """Nothing: all of it is streamed."""
        del symbol
        return ()

    def _subscription(self, symbol: str) -> Subscription:
        channels = [*_channels(symbol), PLATFORM_CHANNEL]
        return self._request("public/subscribe", {"channels": channels}, (symbol,))

    def _request(self, method: str, params: object, symbols: tuple[str, ...]) -> Subscription:
        number = next(self.request_ids)
        return Subscription(number, symbols, _frame(number, method, params))


def _channels(symbol: str) -> list[str]:
    return [channel.format(name_of(symbol)) for channel in CHANNELS]


def _frame(request_id: int | str, method: str, params: object) -> str:
    """The frame of a request; that of an unsubscription has an id which is no number, since an
    empty answer to it is no refusal."""
    frame = {"jsonrpc": "2.0", "id": request_id, "method": method, "params": params}
    return msgspec.json.encode(frame).decode()
