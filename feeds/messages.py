"""Normalised market messages and the exact meaning of each field.

Symbols are ours (`BTC-USDT`). Prices and sizes are the venue's own text, kept exact: checksums and
verification work on it, and the bridge to the exchange converts it once. `received_ns` is the local
receive time, `venue_ns` the venue's event time, both Unix nanoseconds. A side is the aggressor's.

A mapper returns `VenueMessage`s; a feed gives its sink `Message`s, per symbol in this order:
InstrumentTerms first; then BookSnapshot, BookDelta* and, whenever the book is not known any more,
BookLost until the next BookSnapshot. Deltas that a sink receives follow one another without a gap.
A disconnect is a message too: StateChanged, after a BookLost for each book that was known.
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


class BookSnapshot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The whole displayed book; everything known before is discarded."""

    received_ns: int
    symbol: str
    update_id: int
    bids: Levels
    asks: Levels


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


class Quote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The best bid and offer; both texts of an empty side are zero."""

    received_ns: int
    symbol: str
    update_id: int | None
    bid: str
    bid_size: str
    ask: str
    ask_size: str


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


class Refused(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue refused a request, such as a subscription."""

    received_ns: int
    text: str
    request_id: int | None = None
    """The id of our request, where the venue repeats it."""


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


VenueMessage = (
    InstrumentTerms
    | BookSnapshot
    | UnassignedSnapshot
    | BookDelta
    | Quote
    | Trade
    | Refused
    | ServerClosing
)
Message = (
    InstrumentTerms | BookSnapshot | BookDelta | Quote | Trade | BookLost | StateChanged | Notice
)
