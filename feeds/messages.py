"""Normalised market messages and the exact meaning of each field.

Symbols are ours (`BTC-USDT`). Prices and sizes are the venue's own text, kept exact: checksums and
verification work on it, and the bridge to the exchange converts it once. `received_ns` is the local
receive time, `venue_ns` the venue's event time, both Unix nanoseconds. A side is the aggressor's.
"""

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


class BookSnapshot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The whole displayed book; everything known before is discarded."""

    received_ns: int
    symbol: str
    update_id: int
    bids: Levels
    asks: Levels


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
    """The best bid and offer."""

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


class Refused(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The venue refused a request, such as a subscription."""

    received_ns: int
    text: str


Message = InstrumentTerms | BookSnapshot | BookDelta | Quote | Trade | Refused
