"""The parts of a statement that carry numbers: sizes, prices and their offsets.

Equal terms mean the same thing: `62,000` and `62000.0` are one price. Numbers are exact decimals as
typed; what they come to in ticks and lots is decided when a statement is resolved.
"""

from datetime import datetime, time, timedelta
from decimal import Decimal
from enum import Enum

import msgspec


class OffsetUnit(Enum):
    """What an offset counts in; the value is its suffix in text."""

    PRICE = ""
    """Quote currency per unit of base."""
    TICKS = "t"
    PERCENT = "%"
    """Of the price it is an offset from."""


class Offset(msgspec.Struct, frozen=True):
    """A signed distance from a price: `+1t`, `-0.5%`, `+100`."""

    amount: Decimal
    """Signed, never zero; whole for ticks."""
    unit: OffsetUnit


class Distance(msgspec.Struct, frozen=True):
    """How far from a price, without a direction: `50`, `20t`, `1%`."""

    amount: Decimal
    """Not negative; whole for ticks."""
    unit: OffsetUnit


class PriceWord(Enum):
    """A price that the market or the position names."""

    BID = "bid"
    ASK = "ask"
    MID = "mid"
    LAST = "last"
    MARK = "mark"
    INDEX = "index"
    ENTRY = "entry"
    BEST = "best"


class AbsolutePrice(msgspec.Struct, frozen=True):
    """A price as a number: `62000`."""

    value: Decimal
    """Positive."""


class WordPrice(msgspec.Struct, frozen=True):
    """A named price, perhaps with an offset: `bid`, `ask-2t`, `entry+1%`."""

    word: PriceWord
    offset: Offset | None = None


class OffsetPrice(msgspec.Struct, frozen=True):
    """An offset alone: from the order that the same line placed before, else from the own touch."""

    offset: Offset


Price = AbsolutePrice | WordPrice | OffsetPrice


class Quantity(msgspec.Struct, frozen=True):
    """Units of base: `0.5`."""

    value: Decimal
    """Positive."""


class Money(msgspec.Struct, frozen=True):
    """What this much quote currency is worth at the order's price: `$500`."""

    value: Decimal
    """Positive."""


class BuyingPowerShare(msgspec.Struct, frozen=True):
    """What this share of the buying power pays for, fees included: `25%`."""

    percent: Decimal
    """Above 0, at most 100."""


class PositionShare(msgspec.Struct, frozen=True):
    """This share of the position: `50%pos`."""

    percent: Decimal
    """Above 0; at most 100 where the order closes."""


class Everything(msgspec.Struct, frozen=True):
    """`all`: the whole position where the order reduces one, else the whole buying power."""


class RiskUnits(msgspec.Struct, frozen=True):
    """What loses `count` risk units between the order's price and the stop: `1r@62000`."""

    count: Decimal
    """Positive."""
    stop: Price


Size = Quantity | Money | BuyingPowerShare | PositionShare | Everything | RiskUnits


class Weight(msgspec.Struct, frozen=True):
    """This share of a basket's money: `BTC-USDT:60%`."""

    percent: Decimal
    """Above 0, at most 100."""


class EquityShare(msgspec.Struct, frozen=True):
    """This share of the account's equity: `risk=2%`."""

    percent: Decimal
    """Above 0, at most 100."""


class Off(msgspec.Struct, frozen=True):
    """Takes away what is attached to a position: `tp off`."""


class ExitPrices(msgspec.Struct, frozen=True):
    """How an order's position is to be left: `tp=+2% sl=61000/60990`; at least one of the two."""

    take_profit: Price | None = None
    stop_loss: Price | None = None
    stop_limit: Price | None = None
    """The limit of the stop once it fires; None: at market. Only with a stop."""


Expiry = timedelta | time | datetime
"""When an order is gone: so long from now, at the next such time of day, or at a moment; UTC."""
