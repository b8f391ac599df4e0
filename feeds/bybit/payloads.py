"""The JSON that Bybit v5 sends, as typed structs.

Source: Bybit API v5 documentation, *WebSocket Stream › Public* and *Get Instruments Info*.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType, field

from feeds.messages import Levels

Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Milliseconds = Annotated[int, Meta(ge=0, le=2**53)]


class Probe(msgspec.Struct, gc=False):
    """Any object, its data still undecoded: a push has `topic`, an answer to a request `success`
    or `op`, a REST answer `retCode`; before v5 that was `ret_code`, and a push had its time in
    `timestamp_e6`, as a number or a text."""

    topic: str | UnsetType = UNSET
    type: str = ""
    data: Raw | UnsetType = UNSET
    ts: Milliseconds = 0
    cts: Milliseconds = 0
    success: bool | UnsetType = UNSET
    ret_msg: str = ""
    req_id: str = ""
    op: str = ""
    retCode: int | UnsetType = UNSET
    retMsg: str = ""
    result: Raw | UnsetType = UNSET
    ret_code: int | UnsetType = UNSET
    timestamp_e6: Raw | UnsetType = UNSET


class Book(msgspec.Struct, gc=False):
    """A whole book or what changed of it; `u` counts the messages of one topic."""

    s: str
    b: Levels
    a: Levels
    u: Id


class BookPush(msgspec.Struct, gc=False):
    """A whole frame of a book, so that most frames are read in one go."""

    topic: str
    type: str
    data: Book
    ts: Milliseconds = 0
    cts: Milliseconds = 0


class Print(msgspec.Struct, gc=False):
    """A trade; only futures say with `L` which way the price went."""

    T: Milliseconds
    s: str
    S: str
    v: str
    p: str
    i: str
    L: str = ""


class Ticker(msgspec.Struct, gc=False):
    """What is told of a market besides its book; a future's deltas hold what changed. Options have
    names of their own for some of it."""

    symbol: str
    markPrice: str = ""
    indexPrice: str = ""
    openInterest: str = ""
    fundingRate: str = ""
    nextFundingTime: str = ""
    fundingIntervalHour: str = ""
    tickDirection: str = ""
    bid1Price: str = ""
    ask1Price: str = ""
    bidPrice: str = ""
    bidSize: str = ""
    askPrice: str = ""
    askSize: str = ""
    underlyingPrice: str = ""
    markPriceIv: str = ""
    bidIv: str = ""
    askIv: str = ""
    delta: str = ""
    gamma: str = ""
    vega: str = ""
    theta: str = ""


class Kline(msgspec.Struct, gc=False):
    """One candle; `confirm` says that it is complete."""

    start: Milliseconds
    interval: str
    open: str
    high: str
    low: str
    close: str
    volume: str
    confirm: bool


class Topics(msgspec.Struct):
    """Which topics of a request to the options' address were refused."""

    failTopics: list[str] = []


class Status(msgspec.Struct):
    """Maintenance of the system: planned, under way or done."""

    id: str
    title: str
    state: str


class PriceFilter(msgspec.Struct):
    """Steps of prices."""

    tickSize: str


class LotFilter(msgspec.Struct):
    """Steps and bounds of quantities; spot has `basePrecision` and `minOrderAmt`, the others
    `qtyStep` and `minNotionalValue`."""

    minOrderQty: str = ""
    maxOrderQty: str = ""
    maxLimitOrderQty: str = ""
    qtyStep: str = ""
    basePrecision: str = ""
    minOrderAmt: str = ""
    minNotionalValue: str = ""


class Leverage(msgspec.Struct):
    """How much can be borrowed."""

    maxLeverage: str = ""


class Info(msgspec.Struct):
    """An instrument's metadata."""

    symbol: str
    baseCoin: str
    quoteCoin: str
    priceFilter: PriceFilter
    lotSizeFilter: LotFilter
    settleCoin: str = ""
    contractType: str = ""
    optionsType: str = ""
    leverageFilter: Leverage | None = None


class Listing(msgspec.Struct):
    """What instruments-info answers; other answers have other lists, or none."""

    items: list[Raw] | UnsetType = field(name="list", default=UNSET)


class InfoProbe(msgspec.Struct):
    """What tells an instrument from other items of lists."""

    lotSizeFilter: Raw | UnsetType = UNSET
