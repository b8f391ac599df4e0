"""Deribit's JSON numbers, as the text that was sent.

Small numbers come with an exponent (`1.0e-5`); those are written out in full, exactly. Whatever is
no number, a string in its place included, is refused.
"""

from decimal import Decimal

from msgspec import Raw

from engine.core.units import UnitError, parse_decimal
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS

_NULL = b"null"


def is_null(raw: Raw) -> bool:
    """Whether nothing is stated."""
    return bytes(raw) == _NULL


def text(raw: Raw) -> str:
    """A number that is not negative: its own text, without exponent."""
    written = bytes(raw).decode()
    if "e" in written or "E" in written:
        written = _written_out(written)
    NUMBERS[written]
    return written


def signed_text(raw: Raw) -> str:
    """A number of either sign."""
    written = bytes(raw).decode()
    if "e" in written or "E" in written:
        written = _written_out(written)
    NUMBERS[written.removeprefix("-")]
    return written


def text_or_none(raw: Raw) -> str | None:
    """The same as `text`; None for null."""
    return None if is_null(raw) else text(raw)


def text_or_zero(raw: Raw) -> str:
    """The same as `text`; zero for null."""
    return "0" if is_null(raw) else text(raw)


def decimal(raw: Raw) -> Decimal:
    """A number of either sign, as a decimal."""
    return Decimal(signed_text(raw))


def percent(raw: Raw) -> float | None:
    """The fraction nearest to a number of percent; None for null."""
    return None if is_null(raw) else float(decimal(raw).scaleb(-2))


def _written_out(written: str) -> str:
    try:
        return format(parse_decimal(written), "f")
    except UnitError as error:
        raise MalformedFrame(f"{error}") from None
