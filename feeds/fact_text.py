"""Numbers of a market's facts, which unlike those of a book may be negative, small or missing.

A rate such as `-0.00012` and a price such as `9.5e-7` become plain decimals exactly; what a model
makes of a market (volatilities, Greeks) becomes a float.
"""

from decimal import Decimal, InvalidOperation
from math import isfinite

from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS

TEXT_MAX = 64
TIME_DIGITS_MAX = 16
EXPONENT_MAX = 18


def plain_number(text: str) -> str:
    """The same number in plain digits, with a sign if it is negative.

    Raises:
        MalformedFrame: Not a finite decimal number, or one too long to be a market's.
    """
    digits = text.removeprefix("-")
    if "e" in digits or "E" in digits:
        digits = _expanded(digits)
        text = f"-{digits}" if text.startswith("-") else digits
    NUMBERS[digits]
    return text


def float_or_none(text: str) -> float | None:
    """What a venue's model states; None for an empty text.

    Raises:
        MalformedFrame: Not a finite number.
    """
    if not text:
        return None
    try:
        value = float(text) if len(text) <= TEXT_MAX else float("nan")
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        raise MalformedFrame(f"{text[:24]!r} is not a finite number")
    return value


def unix_time(text: str) -> int:
    """A Unix time that is written as a text, in the venue's unit, at the finest microseconds.

    Raises:
        MalformedFrame: Not a whole number of them.
    """
    if not (text.isascii() and text.isdigit()) or len(text) > TIME_DIGITS_MAX:
        raise MalformedFrame(f"{text[:24]!r} is not a time")
    return int(text)


def _expanded(digits: str) -> str:
    try:
        value = Decimal(digits) if len(digits) <= TEXT_MAX else Decimal("NaN")
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value.is_signed() or abs(value.adjusted()) > EXPONENT_MAX:
        raise MalformedFrame(f"{digits[:24]!r} is not a number that a market has")
    return f"{value:f}"
