"""The JSON that OKX sends, as typed structs.

Numbers are texts, an absent one is an empty text, and times are milliseconds written as texts.
Source: OKX API guide v5, *Order Book Trading › Market Data*, *Public Data* and *WebSocket*.
"""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType

SequenceId = Annotated[int, Meta(ge=-1, le=2**63 - 1)]
Signed32 = Annotated[int, Meta(ge=-(2**31), le=2**32 - 1)]
CandleRow = Annotated[tuple[str, ...], Meta(min_length=6)]
"""Open time, open, high, low, close, volume, and last, in newer frames, whether it is complete."""


class Argument(msgspec.Struct, gc=False):
    """What a frame answers to: a channel, and of what."""

    channel: str
    instId: str = ""


class Probe(msgspec.Struct, gc=False):
    """Any object, its data still undecoded: a push has `arg` and `data`, an event `event`, a REST
    answer `code` and `data`."""

    arg: Argument | UnsetType = UNSET
    action: str = ""
    data: Raw | UnsetType = UNSET
    event: str | UnsetType = UNSET
    code: str = ""
    msg: str = ""
    id: str = ""


class Row(msgspec.Struct, array_like=True, gc=False):
    """A level; what follows is of no use here: liquidated orders, and how many orders there are."""

    price: str
    size: str


class Book(msgspec.Struct, gc=False):
    """A whole book or what changed of it; older frames have no ids, newer ones no checksum."""

    asks: list[Row]
    bids: list[Row]
    ts: str
    checksum: Signed32 | None = None
    seqId: SequenceId | None = None
    prevSeqId: SequenceId | None = None


class BookPush(msgspec.Struct, gc=False):
    """A whole frame of a book, so that most frames are read in one go."""

    arg: Argument
    data: list[Book]
    action: str = ""


class Print(msgspec.Struct, gc=False):
    """A trade; `count` says how many of an order's fills at one price it sums."""

    instId: str
    tradeId: str
    px: str
    sz: str
    side: str
    ts: str
    count: str = ""


class Ticker(msgspec.Struct, gc=False):
    """Last trade and best quotes; of these only the quotes are used."""

    instId: str
    askPx: str
    askSz: str
    bidPx: str
    bidSz: str
    ts: str


class Mark(msgspec.Struct, gc=False):
    """The mark price of a derivative, or of a pair that can be traded on margin."""

    instId: str
    markPx: str
    ts: str


class Index(msgspec.Struct, gc=False):
    """The price of an index; `instId` is the index's name."""

    instId: str
    idxPx: str
    ts: str


class Funding(msgspec.Struct, gc=False):
    """The rate that will be paid at `fundingTime`; the payment after that is at
    `nextFundingTime`."""

    instId: str
    fundingRate: str
    fundingTime: str
    nextFundingTime: str = ""
    ts: str = ""


class Interest(msgspec.Struct, gc=False):
    """Open interest in contracts."""

    instId: str
    oi: str
    ts: str


class Option(msgspec.Struct, gc=False):
    """The valuation of one option; the fields in `BS` are those of Black and Scholes, in dollars,
    beside others in coins that are not used."""

    instId: str
    ts: str
    fwdPx: str = ""
    markVol: str = ""
    bidVol: str = ""
    askVol: str = ""
    deltaBS: str = ""
    gammaBS: str = ""
    vegaBS: str = ""
    thetaBS: str = ""


class Info(msgspec.Struct):
    """An instrument's metadata; `uly` is the index of a derivative."""

    instType: str
    instId: str
    tickSz: str
    lotSz: str
    minSz: str
    baseCcy: str = ""
    quoteCcy: str = ""
    settleCcy: str = ""
    uly: str = ""
    ctVal: str = ""
    ctMult: str = ""
    ctType: str = ""
    lever: str = ""
    maxLmtSz: str = ""


class Status(msgspec.Struct):
    """Maintenance of the system: planned, under way or done."""

    title: str
    state: str
    begin: str
    end: str = ""


class InfoProbe(msgspec.Struct, gc=False):
    """What tells an instrument of a REST answer from other things."""

    instId: str = ""
    tickSz: str = ""
