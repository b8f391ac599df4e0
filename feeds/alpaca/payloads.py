"""The shapes of Alpaca's messages; numbers are kept as the tokens that were sent.

Source: Alpaca Market Data API, *Real-time Stock Data* and *Snapshots*, read on 2026-11-21.
"""

import msgspec
from msgspec import UNSET, Raw, UnsetType


class Kind(msgspec.Struct):
    """What every element of a frame states."""

    T: str


class StreamTrade(msgspec.Struct):
    """`t`: a print."""

    S: str
    i: int
    x: str
    p: Raw
    s: Raw
    t: str


class StreamQuote(msgspec.Struct):
    """`q`: the best bid and ask of the exchange; zero prices where a side is empty."""

    S: str
    bp: Raw
    bs: Raw
    ap: Raw
    ask_size: Raw = msgspec.field(name="as")
    t: str


class StreamBar(msgspec.Struct):
    """`b`, `u` and `d`: a minute that is over, one that is corrected, and the day so far."""

    S: str
    o: Raw
    h: Raw
    l: Raw  # noqa: E741
    c: Raw
    v: Raw
    t: str


class Subscribed(msgspec.Struct):
    """`subscription`: all that this connection is subscribed to now."""

    quotes: list[str] = []


class StreamError(msgspec.Struct):
    """`error`: a number and a few words."""

    code: int
    msg: str = ""


class RestQuote(msgspec.Struct):
    """The latest quote of one stock."""

    bp: Raw
    bs: Raw
    ap: Raw
    ask_size: Raw = msgspec.field(name="as")
    t: str


class RestPrice(msgspec.Struct):
    """Of a trade or a bar: the price and, of a bar, the volume."""

    p: Raw = Raw()
    c: Raw = Raw()
    v: Raw = Raw()


class Snapshot(msgspec.Struct):
    """What is known of one stock."""

    latestTrade: RestPrice | None = None
    dailyBar: RestPrice | None = None
    prevDailyBar: RestPrice | None = None


class Answer(msgspec.Struct):
    """What tells REST bodies from one another."""

    quotes: dict[str, RestQuote] | UnsetType | None = UNSET
    message: str | UnsetType = UNSET
