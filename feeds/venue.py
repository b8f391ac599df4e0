"""What a venue provides, so that everything else in the feeds need not know its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from feeds.book_sync import SequenceRule
from feeds.messages import VenueMessage


@dataclass(frozen=True, slots=True)
class Limits:
    """What a venue asks of its clients, and how long its silence means nothing."""

    stale_after_ns: int
    """A market this long without a message is STALE, unless the venue confirms that it is quiet."""
    dead_after_ns: int
    """A market this long without a message or a confirmation is DOWN, and the connection is
    renewed."""
    quiet_snapshot_after_ns: int
    """A book is asked for once an update waits for it, and for a quiet market after this long."""
    ping_interval_s: float
    """Between our pings; a pong must come within the same time."""
    open_timeout_s: float
    frame_bytes_max: int
    """A longer frame closes the connection before it is read."""
    subscribes_per_s: float
    rest_interval_s: float
    """At least this long between two REST requests."""
    rest_timeout_s: float
    backoff_max_s: float = 30.0


@dataclass(frozen=True, slots=True)
class RestRequest:
    """A GET below the venue's REST address."""

    path: str
    params: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One frame that asks for the streams of some symbols."""

    request_id: int
    symbols: tuple[str, ...]
    frame: str


class Mapper(Protocol):
    """Frames in, normalised messages out: no socket, clock or book."""

    def map(self, raw: bytes | str, received_ns: int) -> tuple[VenueMessage, ...]:
        """The messages of one frame or REST body; none for what is known and of no use.

        Raises:
            UnknownMessage: A kind of message that the mapper does not know.
            MalformedFrame: Not what the venue's documentation says.
        """
        ...

    def symbol_of(self, raw: bytes | str) -> str | None:
        """Which instrument a frame is about, ours, even if it maps to nothing; None when none."""
        ...

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours for the venue's from now on."""
        ...


class Venue(Protocol):
    """One place that publishes markets: where it is, how to ask it, and what its ids promise."""

    @property
    def name(self) -> str:
        """As in the registry: `binance`."""
        ...

    @property
    def stream_url(self) -> str:
        """Where the WebSocket is."""
        ...

    @property
    def rest_url(self) -> str:
        """What the paths of REST requests are appended to."""
        ...

    @property
    def limits(self) -> Limits:
        """Its limits and our patience."""
        ...

    @property
    def sequence(self) -> SequenceRule:
        """How its update ids follow one another."""
        ...

    def mapper(self) -> Mapper:
        """A new mapper."""
        ...

    def our_symbol(self, text: str) -> str:
        """Our symbol, from ours or the venue's in any case.

        Raises:
            UnknownSymbol: It cannot be one of this venue's symbols.
        """
        ...

    def venue_symbol(self, symbol: str) -> str:
        """The venue's name for one of our symbols."""
        ...

    def subscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """The frames that subscribe to depth, trades and quotes of these symbols."""
        ...

    def resubscription(self, symbol: str) -> tuple[str, ...]:
        """The frames that give up one symbol's streams and ask for them again."""
        ...

    def snapshot_request(self, symbol: str) -> RestRequest:
        """Asks for the whole displayed book."""
        ...

    def probe_request(self, symbol: str) -> RestRequest:
        """Asks for as little of the book as names its update id."""
        ...

    def terms_request(self, symbol: str) -> RestRequest:
        """Asks for the instrument's metadata."""
        ...
