"""What a venue provides, so that everything else in the feeds need not know its name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from feeds.book_sync import SequenceRule
from feeds.messages import VenueMessage


@dataclass(frozen=True, slots=True)
class Limits:
    """What a venue asks of its clients, and how long its silence means nothing."""

    stale_after_ns: int
    """A market this long without a message is STALE, unless the venue confirms that it is quiet;
    a heartbeat of the whole connection confirms it for `dead_after_ns` more."""
    dead_after_ns: int
    """A market this long without a message or a confirmation is DOWN, and the connection is
    renewed."""
    quiet_snapshot_after_ns: int
    """A fetched book is asked for once an update waits for it, and for a quiet market after this
    long; a book that comes in the stream is subscribed to anew when it did not come for so long."""
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
    keepalive_frame: str = ""
    """What the venue wants to hear now and then, besides WebSocket pings; empty for nothing."""
    keepalive_interval_s: float = 15.0


@dataclass(frozen=True, slots=True)
class RestRequest:
    """A request below the venue's REST address: a GET, or a POST of a body."""

    path: str
    params: Mapping[str, str]
    body: str = ""
    """JSON to post; empty for a GET."""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Besides the usual ones: where a key goes, so that no address names it."""
    about: str = ""
    """Our symbol, where the answer does not say what it is about: it is then given to the mapper,
    and recorded, as `{"about": symbol, "answer": body}`."""


@dataclass(frozen=True, slots=True)
class Poll:
    """What a venue does not stream and is asked for again and again; the mapper maps the answer."""

    request: RestRequest
    interval_s: float


@dataclass(frozen=True, slots=True)
class Subscription:
    """One frame to send, in the order given: most ask for the streams of some symbols."""

    request_id: int
    symbols: tuple[str, ...]
    """Whose books (quotes, where the venue has no books) it asks for; none for a login, or for
    streams without which a market is alive all the same."""
    frame: str
    url: str = ""
    """Of the connection that carries it; empty for the venue's `stream_url`."""


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
    def sequence(self) -> SequenceRule | None:
        """How its update ids follow one another; None when it publishes quotes and no depth."""
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
        """What to send so that books, trades, quotes and facts of these symbols come; it is also
        asked for some symbols more while a connection is open.

        Raises:
            UnknownSymbol: More symbols than the venue carries for one client.
        """
        ...

    def unsubscriptions(self, symbols: Sequence[str]) -> tuple[Subscription, ...]:
        """What to send so that these streams end."""
        ...

    def snapshot_request(self, symbol: str) -> RestRequest | None:
        """Asks for the whole displayed book; None where it comes in the stream."""
        ...

    def probe_request(self, symbol: str) -> RestRequest | None:
        """Asks for as little of the book as names its update id; None where subscribing anew is
        how to find out whether a market is merely quiet."""
        ...

    def terms_request(self, symbol: str) -> RestRequest:
        """Asks for the instrument's metadata."""
        ...

    def polls(self, symbol: str) -> tuple[Poll, ...]:
        """What has to be asked for again and again."""
        ...
