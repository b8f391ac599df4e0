"""The JSON that Binance spot sends, as typed structs.

Source: binance-spot-api-docs, *WebSocket Streams* and *REST API* (market data endpoints).
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from feeds.messages import Levels

Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]


class Probe(msgspec.Struct, gc=False):
    """What tells one kind of JSON object from another, each part still undecoded."""

    stream: str | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    e: str | UnsetType = UNSET
    lastUpdateId: Raw | UnsetType = UNSET
    B: Raw | UnsetType = UNSET
    symbols: Raw | UnsetType = UNSET
    result: Raw | UnsetType = UNSET
    error: Raw | UnsetType = UNSET
    code: Raw | UnsetType = UNSET
    event: Raw | UnsetType = UNSET
    s: Raw | UnsetType = UNSET


class DepthUpdate(msgspec.Struct, tag_field="e", tag="depthUpdate", gc=False):
    """Levels that changed between two update ids; quantities are absolute."""

    E: Milliseconds
    s: str
    U: Id
    u: Id
    b: Levels
    a: Levels


class TradePrint(msgspec.Struct, tag_field="e", tag="trade", gc=False):
    """One trade; `m` says that the buyer was the maker."""

    E: Milliseconds
    s: str
    t: Id
    p: str
    q: str
    T: Milliseconds
    m: bool


class AggregatePrint(msgspec.Struct, tag_field="e", tag="aggTrade", gc=False):
    """The trades that one taker order made at one price."""

    E: Milliseconds
    s: str
    a: Id
    p: str
    q: str
    T: Milliseconds
    m: bool


class BookTicker(msgspec.Struct, gc=False):
    """Best bid and offer; the only stream that names neither its kind nor its time."""

    u: Id
    s: str
    b: str
    B: str
    a: str
    A: str


class DepthSnapshot(msgspec.Struct, gc=False):
    """The body of `GET /api/v3/depth`, which does not name its symbol."""

    lastUpdateId: Id
    bids: Levels
    asks: Levels


class Filter(msgspec.Struct):
    """One rule of an instrument; which fields it has depends on `filterType`."""

    filterType: str
    tickSize: str = ""
    stepSize: str = ""
    minQty: str = ""
    maxQty: str = ""
    minNotional: str = ""


class SymbolInfo(msgspec.Struct):
    """One instrument of `GET /api/v3/exchangeInfo`."""

    symbol: str
    baseAsset: str
    quoteAsset: str
    filters: list[Filter]


class ExchangeInfo(msgspec.Struct):
    """The body of `GET /api/v3/exchangeInfo`."""

    symbols: list[SymbolInfo]


class ErrorBody(msgspec.Struct):
    """A refusal: the whole body of a REST answer, or the `error` of a WebSocket answer."""

    code: int
    msg: str


class ErrorAnswer(msgspec.Struct):
    """A refusal over the WebSocket."""

    error: ErrorBody
    id: int | str | None = None


class Shutdown(msgspec.Struct, tag_field="e", tag="serverShutdown"):
    """The server is about to shut down: connect anew as soon as possible."""

    E: Milliseconds
