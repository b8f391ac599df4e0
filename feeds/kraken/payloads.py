"""The JSON of Kraken's WebSocket version 2, and of one REST answer, as typed structs.

Prices and quantities are JSON numbers whose exact text counts, so that they are left undecoded.

Source: Kraken, *Spot WebSocket v2* (channels book, trade, ticker, ohlc, instrument, status,
heartbeat; acknowledgements of subscribe) and *Spot REST: Get Tradable Asset Pairs*.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from feeds.exact_text import PLACES

Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Checksum = Annotated[int, Meta(ge=0, le=2**32 - 1)]
Places = Annotated[int, Meta(ge=0, le=PLACES)]
Minutes = Annotated[int, Meta(ge=1, le=21_600)]
Kind = Literal["snapshot", "update"]


class Level(msgspec.Struct, gc=False):
    """One price level as it now stands; a quantity of zero removes it."""

    price: Raw
    qty: Raw


class Book(msgspec.Struct, gc=False):
    """A whole book, or levels that changed, and the checksum of the book afterwards."""

    symbol: str
    bids: list[Level]
    asks: list[Level]
    checksum: Checksum
    timestamp: str = ""


class Print(msgspec.Struct, gc=False):
    """One trade; `side` is the taker's."""

    symbol: str
    side: Literal["buy", "sell"]
    price: Raw
    qty: Raw
    trade_id: Id
    timestamp: str


class Ticker(msgspec.Struct, gc=False):
    """The touch, and statistics of the day."""

    symbol: str
    bid: Raw
    bid_qty: Raw
    ask: Raw
    ask_qty: Raw
    timestamp: str = ""


class Bucket(msgspec.Struct, gc=False):
    """A candle of some minutes."""

    symbol: str
    open: Raw
    high: Raw
    low: Raw
    close: Raw
    volume: Raw
    interval_begin: str
    interval: Minutes


class Pair(msgspec.Struct):
    """What may be ordered, from the `instrument` channel."""

    symbol: str
    base: str
    quote: str
    price_precision: Places
    qty_precision: Places
    qty_min: Raw
    price_increment: Raw | UnsetType = UNSET
    qty_increment: Raw | UnsetType = UNSET
    cost_min: Raw | UnsetType = UNSET


class Pairs(msgspec.Struct):
    """All instruments, or those that changed."""

    pairs: list[Pair]


class System(msgspec.Struct):
    """How the trading engine is."""

    system: str


class Frame(msgspec.Struct, tag_field="channel", kw_only=True, gc=False):
    """What the frames of all channels have in common."""

    type: Kind
    timestamp: str = ""


class BookFrame(Frame, tag="book", gc=False):
    """Of `book`."""

    data: list[Book]


class TradeFrame(Frame, tag="trade", gc=False):
    """Of `trade`."""

    data: list[Print]


class TickerFrame(Frame, tag="ticker", gc=False):
    """Of `ticker`."""

    data: list[Ticker]


class OhlcFrame(Frame, tag="ohlc", gc=False):
    """Of `ohlc`."""

    data: list[Bucket]


class InstrumentFrame(Frame, tag="instrument"):
    """Of `instrument`."""

    data: Pairs


class StatusFrame(Frame, tag="status"):
    """Upon connection, and when the engine's state changes."""

    data: list[System]


class HeartbeatFrame(msgspec.Struct, tag_field="channel", tag="heartbeat", gc=False):
    """About once a second while nothing else is sent."""


Known = (
    BookFrame
    | TradeFrame
    | TickerFrame
    | OhlcFrame
    | InstrumentFrame
    | StatusFrame
    | HeartbeatFrame
)


class Probe(msgspec.Struct, gc=False):
    """What tells acknowledgements, refusals and REST bodies from one another."""

    channel: str | UnsetType = UNSET
    event: str | UnsetType = UNSET
    """Of version 1."""
    method: str | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    error: str | list[str] | UnsetType = UNSET
    symbol: str | UnsetType = UNSET
    req_id: int | UnsetType = UNSET
    result: Raw | UnsetType = UNSET


class OldEvent(msgspec.Struct):
    """An event of version 1."""

    event: str
    status: str = ""
    pair: str = ""
    errorMessage: str = ""


class Subscribed(msgspec.Struct):
    """The `result` of an acknowledgement."""

    channel: str = ""
    symbol: str = ""
    depth: int | UnsetType = UNSET


class AssetPair(msgspec.Struct):
    """One pair of the REST metadata."""

    wsname: str
    pair_decimals: Places
    lot_decimals: Places
    ordermin: str = ""
    costmin: str = ""
    tick_size: str = ""
    fees: list[tuple[Raw, Raw]] = []
    """(volume, percent) for takers, from the lowest volume on."""
    fees_maker: list[tuple[Raw, Raw]] = []


class Name(msgspec.Struct, gc=False):
    """Of whatever a frame is about."""

    symbol: str = ""


class Named(msgspec.Struct, gc=False):
    """A frame of any channel whose data are a list."""

    data: list[Name] = []
