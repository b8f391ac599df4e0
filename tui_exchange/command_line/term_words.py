"""Sizes, prices and times in words, as a trader reads them back while typing."""

from datetime import time, timedelta
from decimal import Decimal

from engine.core.units import decimal_text
from tui_exchange.command_line.moments import render_expiry
from tui_exchange.command_line.render_terms import render_distance
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    BuyingPowerShare,
    Distance,
    Expiry,
    Money,
    Offset,
    OffsetPrice,
    OffsetUnit,
    PositionShare,
    Price,
    PriceWord,
    Quantity,
    RiskUnits,
    Size,
)

FOCUSED = "the focused symbol"
LINE_OR_TOUCH = "the line's last order or the own touch"
LINE_OR_WATCHED = "the line's last order or the price that it watches"
PRICE_IN_WORDS = {
    PriceWord.BID: "the bid",
    PriceWord.ASK: "the ask",
    PriceWord.MID: "the mid",
    PriceWord.LAST: "the last trade",
    PriceWord.MARK: "the mark",
    PriceWord.INDEX: "the index",
    PriceWord.ENTRY: "the entry",
    PriceWord.BEST: "the own side's touch",
}


def size_words(size: Size, what: str) -> str:
    """A size of something in words: `0.5 BTC-USDT`, `500 worth of BTC-USDT`."""
    if isinstance(size, Quantity):
        of = "of " if what == FOCUSED else ""
        return f"{grouped(size.value)} {of}{what}"
    if isinstance(size, Money):
        return f"{grouped(size.value)} worth of {what}"
    if isinstance(size, BuyingPowerShare):
        return f"{what} with {decimal_text(size.percent)}% of buying power"
    if isinstance(size, PositionShare):
        return f"{decimal_text(size.percent)}% of the position in {what}"
    if isinstance(size, RiskUnits):
        units = f"{decimal_text(size.count)} risk unit{'' if size.count == 1 else 's'}"
        return f"{units} of {what} with a stop at {price_words(size.stop, 'its price')}"
    return f"everything in {what}"


def price_words(price: Price, origin: str = LINE_OR_TOUCH) -> str:
    """A price in words.

    Args:
        price: As typed.
        origin: What an offset alone counts from.
    """
    if isinstance(price, AbsolutePrice):
        return grouped(price.value)
    if isinstance(price, OffsetPrice):
        return _shifted(origin, price.offset)
    return _shifted(PRICE_IN_WORDS[price.word], price.offset)


def grouped(value: Decimal) -> str:
    """A number with its thousands grouped: `62,000`."""
    return f"{Decimal(decimal_text(value)):,f}"


def _shifted(origin: str, offset: Offset | None) -> str:
    if offset is None:
        return origin
    sign = "minus" if offset.amount < 0 else "plus"
    amount = abs(offset.amount)
    if offset.unit is OffsetUnit.TICKS:
        return f"{origin} {sign} {grouped(amount)} tick{'' if amount == 1 else 's'}"
    return f"{origin} {sign} {grouped(amount)}{offset.unit.value}"


def distance_words(distance: Distance) -> str:
    """A distance in words: `20 ticks`, `1%`."""
    if distance.unit is OffsetUnit.TICKS:
        return f"{grouped(distance.amount)} tick{'' if distance.amount == 1 else 's'}"
    return render_distance(distance)


def expiry_words(expiry: Expiry) -> str:
    """When something is over, in words."""
    if isinstance(expiry, timedelta):
        return f"for {render_expiry(expiry)}"
    if isinstance(expiry, time):
        return f"until {render_expiry(expiry)} UTC"
    return f"until {render_expiry(expiry).replace('T', ' ')} UTC"
