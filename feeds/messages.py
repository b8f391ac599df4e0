"""Normalised market messages and the exact meaning of each field.

Symbols are ours (`BTC-USDT`). Prices and sizes are the venue's own text, kept exact: checksums and
verification work on it, and the bridge to the exchange converts it once. `received_ns` is the local
receive time, `venue_ns` the venue's event time, both Unix nanoseconds. A side is the aggressor's.

A mapper returns `VenueMessage`s; a feed gives its sink `Message`s, per symbol in this order:
InstrumentTerms first; then BookSnapshot, BookDelta* and, whenever the book is not known any more,
BookLost until the next BookSnapshot. Deltas that a sink receives follow one another without a gap.
A disconnect is a message too: StateChanged, after a BookLost for each book that was known.

What models make of a market (implied volatilities, Greeks) are floats; everything that is traded or
paid is exact text.
"""

from enum import Enum

import msgspec

from engine.core.commands import Side
from engine.core.instruments import Instrument

Levels = tuple[tuple[str, str], ...]
"""(price, size) pairs, both exact text; a size of zero removes the level."""


class InstrumentTerms(msgspec.Struct, frozen=True, kw_only=True):
    """A venue's metadata for one instrument."""

    received_ns: int
    instrument: Instrument
    venue_symbol: str
    inferred: bool = False
    """True when a recording names no terms: tick and lot are the finest steps seen in its
    numbers."""
    leverage_stated: bool = False
    """True when the initial margin is what the venue's highest leverage asks for."""
    day_volume: str | None = None
    """Where only quotes are published: the average size traded in a day, from which depth is made;
    zero when it is not known. None where the venue publishes its depth."""


class BookSnapshot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The whole displayed book; everything known before is discarded."""

    received_ns: int
    symbol: str
    update_id: int
    """0 where the venue does not number its updates."""
    bids: Levels
    asks: Levels
    venue_ns: int | None = None
    """The venue's time of this book, where it is named."""
    checksum: int | None = None
    """What the venue states of the book as it is after this message."""
    depth_max: int | None = None
    """Levels a side of which the venue tells; deeper ones are forgotten. None: of all."""


class UnassignedSnapshot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A whole book whose body does not say which instrument it belongs to."""

    received_ns: int
    update_id: int
    bids: Levels
    asks: Levels

    def assigned(self, symbol: str) -> BookSnapshot:
        """The same book, as that of `symbol`."""
        return BookSnapshot(
            received_ns=self.received_ns,
            symbol=symbol,
            update_id=self.update_id,
            bids=self.bids,
            asks=self.asks,
        )


class BookDelta(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Levels that changed since the update before; quantities are absolute, not differences."""

    received_ns: int
    venue_ns: int
    symbol: str
    first_update_id: int
    last_update_id: int
    previous_update_id: int | None
    """The last id of the update before this one, where the venue names it."""
    bids: Levels
    asks: Levels
    checksum: int | None = None
    """What the venue states of the book as it is after this message."""


class Quote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The best bid and offer; both texts of an empty side are zero."""

    received_ns: int
    symbol: str
    update_id: int | None
    bid: str
    bid_size: str
    ask: str
    ask_size: str
    venue_ns: int | None = None


class Trade(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One printed trade."""

    received_ns: int
    venue_ns: int
    symbol: str
    trade_id: str
    side: Side
    price: str
    size: str
    aggregate: bool = False
    """True when the venue summed the prints that one order made at one price."""
    history: bool = False
    """True when it was printed before anybody listened: venues repeat the latest trades to a new
    subscriber. It says what the last price was, and fills nothing."""


class MarkPrice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The price at which a venue values positions in a derivative."""

    received_ns: int
    venue_ns: int
    symbol: str
    price: str


class IndexPrice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The price of what a derivative refers to, as its venue reckons it."""

    received_ns: int
    venue_ns: int
    symbol: str
    """The derivative's."""
    price: str


class FundingRate(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What longs will pay shorts at the next funding, as it stands; negative: shorts pay longs."""

    received_ns: int
    venue_ns: int
    symbol: str
    rate: str
    """A fraction of the position's value for one interval: `0.0001` is one basis point."""
    next_ns: int | None
    """When it is paid; None where funding is paid all the time or the venue does not say."""
    interval_ns: int | None = None
    """Between two payments, where the venue says."""


class OpenInterest(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How much of a derivative is held."""

    received_ns: int
    venue_ns: int
    symbol: str
    size: str
    """In the unit of the book's sizes."""


class Candle(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What was traded within one interval of time."""

    received_ns: int
    symbol: str
    interval_ns: int
    open_ns: int
    open: str
    high: str
    low: str
    close: str
    volume: str
    """In the unit of the trades' sizes."""
    closed: bool
    """False while the interval goes on, and another message will replace this one."""


class OptionSummary(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A venue's own valuation of one option; None for what it does not state."""

    received_ns: int
    venue_ns: int
    symbol: str
    underlying_price: str | None
    """Of the future or index that the venue's model uses, in the strike's currency."""
    mark_iv: float | None
    """Volatilities are fractions a year: 0.65 is 65 %."""
    bid_iv: float | None
    ask_iv: float | None
    delta: float | None
    gamma: float | None
    vega: float | None
    """Per 1 % of volatility."""
    theta: float | None
    """Per day."""
    rho: float | None
    """Per 1 % of interest."""
    interest_rate: float | None = None


class Heartbeat(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue says that it has nothing to say."""

    received_ns: int
    symbol: str | None = None
    """The one market that is quiet; None: the connection lives, whatever its markets do."""


class FrameNumber(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue counts every frame of a connection; the first message of a frame's."""

    received_ns: int
    number: int
    """From 0, without a gap, for each connection."""


class Answer(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue expects this frame in return, or it closes the connection."""

    received_ns: int
    frame: str


class Refused(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue refused a request, such as a subscription."""

    received_ns: int
    text: str
    request_id: int | None = None
    """The id of our request, where the venue repeats it."""
    symbol: str | None = None
    """The instrument that it is about, where the venue says so instead."""


class ServerClosing(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue says that it is about to close this connection."""

    received_ns: int
    text: str


class FeedState(Enum):
    """What a trader may believe of one market's prices."""

    LIVE = "LIVE"
    CATCHING_UP = "CATCHING UP"
    """Connected; the book is not aligned yet."""
    STALE = "STALE"
    """Connected, but this market has been silent for too long."""
    DOWN = "DOWN"
    PAUSED = "PAUSED"
    """A replay that stands still."""
    ENDED = "ENDED"
    """A replay that has come to its end."""


class BookLost(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The displayed depth is not known any more, until the next snapshot."""

    received_ns: int
    symbol: str
    text: str
    """Why, in plain words."""


class StateChanged(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One market's feed is in another state."""

    received_ns: int
    symbol: str
    state: FeedState
    text: str
    """What a trader should know in plain words: what failed, and when it is tried again."""


class Notice(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something about the feed that a trader should read once."""

    received_ns: int
    text: str


Facts = MarkPrice | IndexPrice | FundingRate | OpenInterest | Candle | OptionSummary
"""What a venue says of a market besides its book and its tape."""

VenueMessage = (
    InstrumentTerms
    | BookSnapshot
    | UnassignedSnapshot
    | BookDelta
    | Quote
    | Trade
    | Facts
    | Heartbeat
    | FrameNumber
    | Answer
    | Refused
    | ServerClosing
    | Notice
)
Message = (
    InstrumentTerms
    | BookSnapshot
    | BookDelta
    | Quote
    | Trade
    | Facts
    | BookLost
    | StateChanged
    | Notice
)
