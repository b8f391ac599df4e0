"""The JSON that Binance's spot and futures markets send, as typed structs.

What only some of them send is UNSET elsewhere. Source: binance-spot-api-docs, *WebSocket Streams*
and *REST API* (market data endpoints); developers.binance.com, *USDⓈ-M Futures* and *COIN-M
Futures*, *WebSocket Market Streams* and *Market Data Endpoints*.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

from feeds.messages import Levels

Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Stamp = Annotated[int, Meta(ge=0, le=2**53)]
"""Milliseconds, or microseconds where the address asks for them (`timeUnit=MICROSECOND`)."""


class Probe(msgspec.Struct, gc=False):
    """What tells one kind of JSON object from another, each part still undecoded."""

    stream: str | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    e: str | UnsetType = UNSET
    lastUpdateId: Raw | UnsetType = UNSET
    B: Raw | UnsetType = UNSET
    symbols: Raw | UnsetType = UNSET
    openInterest: Raw | UnsetType = UNSET
    markPrice: Raw | UnsetType = UNSET
    result: Raw | UnsetType = UNSET
    error: Raw | UnsetType = UNSET
    code: Raw | UnsetType = UNSET
    event: Raw | UnsetType = UNSET
    s: Raw | UnsetType = UNSET


class DepthUpdate(msgspec.Struct, tag_field="e", tag="depthUpdate", gc=False):
    """Levels that changed between two update ids; quantities are absolute."""

    E: Stamp
    s: str
    U: Id
    u: Id
    b: Levels
    a: Levels
    pu: Id | UnsetType = UNSET
    """Futures: `u` of the event before."""


class TradePrint(msgspec.Struct, tag_field="e", tag="trade", gc=False):
    """One trade; `m` says that the buyer was the maker."""

    E: Stamp
    s: str
    t: Id
    p: str
    q: str
    T: Stamp
    m: bool
    X: str | UnsetType = UNSET
    """Futures: `MARKET` when it was made in the book."""


class AggregatePrint(msgspec.Struct, tag_field="e", tag="aggTrade", gc=False):
    """The trades that one taker order made at one price."""

    E: Stamp
    s: str
    a: Id
    p: str
    q: str
    T: Stamp
    m: bool


class BookTicker(msgspec.Struct, gc=False):
    """Best bid and offer; spot names neither its kind nor its time."""

    u: Id
    s: str
    b: str
    B: str
    a: str
    A: str
    E: Stamp | UnsetType = UNSET


class Kline(msgspec.Struct, gc=False):
    """One candle; `v` is in the unit of the trades' sizes, `x` says that it is complete."""

    t: Stamp
    i: str
    o: str
    h: str
    l: str  # noqa: E741
    c: str
    v: str
    x: bool


class KlineUpdate(msgspec.Struct, tag_field="e", tag="kline", gc=False):
    """A candle as it stands."""

    s: str
    k: Kline


class MarkUpdate(msgspec.Struct, tag_field="e", tag="markPriceUpdate", gc=False):
    """Mark and index price; a dated future has no funding, and says `""` and 0."""

    E: Stamp
    s: str
    p: str
    i: str = ""
    r: str = ""
    T: Stamp = 0


class OpenContracts(msgspec.Struct, gc=False):
    """The body of `GET …/openInterest`, in the unit of the trades' sizes."""

    symbol: str
    openInterest: str
    time: Stamp


class DepthSnapshot(msgspec.Struct, gc=False):
    """The body of `GET …/depth`, which names its symbol in COIN-M alone."""

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
    notional: str = ""
    """Futures: what spot calls `minNotional`."""


class SymbolInfo(msgspec.Struct):
    """One instrument of `GET …/exchangeInfo`."""

    symbol: str
    baseAsset: str
    quoteAsset: str
    filters: list[Filter]
    contractType: str | UnsetType = UNSET
    """Futures."""
    marginAsset: str | UnsetType = UNSET
    """Futures: what pays."""
    contractSize: Annotated[int, Meta(ge=1, le=10**9)] | UnsetType = UNSET
    """COIN-M: what one contract is worth, in the quote asset."""


class ExchangeInfo(msgspec.Struct):
    """The body of `GET …/exchangeInfo`."""

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

    E: Stamp
