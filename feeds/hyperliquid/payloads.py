"""The JSON that Hyperliquid sends, as typed structs.

Source: Hyperliquid Docs, *Websocket: Subscriptions* (data formats) and *Info endpoint* (perpetuals:
`meta`; spot: `spotMeta`).
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]
TradeId = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Index = Annotated[int, Meta(ge=0, le=2**31)]
Decimals = Annotated[int, Meta(ge=0, le=12)]

NONE = Raw(b"null")


class Probe(msgspec.Struct, gc=False):
    """What tells one kind of JSON object from another, each part still undecoded."""

    channel: str | UnsetType = UNSET
    data: Raw | UnsetType = UNSET
    isSnapshot: bool = False
    levels: Raw | UnsetType = UNSET
    universe: Raw | UnsetType = UNSET
    tokens: Raw | UnsetType = UNSET


class CoinProbe(msgspec.Struct, gc=False):
    """Which coin a message is about."""

    coin: str | UnsetType = UNSET
    s: str | UnsetType = UNSET


class Level(msgspec.Struct, gc=False):
    """A price and what rests there."""

    px: str
    sz: str


class Book(msgspec.Struct, gc=False):
    """The whole book as far as it is shown: bids, then asks, best first."""

    coin: str
    time: Milliseconds
    levels: tuple[tuple[Level, ...], tuple[Level, ...]]


class BestQuote(msgspec.Struct, gc=False):
    """The best bid and the best ask, either of which may be missing."""

    coin: str
    time: Milliseconds
    bbo: tuple[Level | None, Level | None]


class Print(msgspec.Struct, gc=False):
    """One trade; the side is the aggressor's, `B` or `A` (for ask). The first recordings have no
    `tid`, only the hash of the order that made it."""

    coin: str
    side: str
    px: str
    sz: str
    time: Milliseconds
    tid: TradeId | None = None
    hash: str = ""


class TradeHistory(msgspec.Struct, gc=False):
    """Trades with a word on whether they are past."""

    trades: tuple[Print, ...] = ()
    isSnapshot: bool = False


class Context(msgspec.Struct, gc=False):
    """What the venue says of an asset besides its book; spot has no more than a mark."""

    markPx: Raw = NONE
    oraclePx: Raw = NONE
    funding: Raw = NONE
    openInterest: Raw = NONE


class ActiveContext(msgspec.Struct, gc=False):
    """The context of one coin; it names no time."""

    coin: str
    ctx: Context


class Bar(msgspec.Struct, gc=False):
    """A candle: `t` and `T` are the first and last millisecond of its interval."""

    t: Milliseconds
    T: Milliseconds
    s: str
    o: Raw
    h: Raw
    l: Raw  # noqa: E741 - the venue's name
    c: Raw
    v: Raw


class Asset(msgspec.Struct):
    """A perpetual of `meta`."""

    name: str
    szDecimals: Decimals
    maxLeverage: Index = 0
    isDelisted: bool | None = None


class PerpMeta(msgspec.Struct):
    """The answer to `meta`; the collateral is a token's index, that of USDC where none is named."""

    universe: list[Asset]
    collateralToken: Index = 0


class Token(msgspec.Struct):
    """A spot token of `spotMeta`."""

    name: str
    index: Index
    szDecimals: Decimals


class Pair(msgspec.Struct):
    """A spot pair: the indices of its base and quote tokens."""

    name: str
    tokens: tuple[Index, Index]


class SpotMeta(msgspec.Struct):
    """The answer to `spotMeta`."""

    tokens: list[Token]
    universe: list[Pair]


class Request(msgspec.Struct):
    """What a subscription asked for, as an error repeats it."""

    type: str = ""
    coin: str = ""
    subscription: "Request | None" = None
