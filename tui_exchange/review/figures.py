"""Exact decimals, times and durations of the history as a person reads them.

Rounding here is for the eye alone, half to even; an unknown figure is a dash.
"""

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from tui_exchange.number_text import UNKNOWN
from tui_exchange.settings import DOLLARS

NS_PER_SECOND = 10**9
PLACES_DOLLAR = 2
PLACES_COIN = 8


def places_of(currency: str) -> int:
    """Decimals that an amount of a currency is shown with."""
    return PLACES_DOLLAR if currency in DOLLARS else PLACES_COIN


def fixed_text(value: Decimal | None, places: int) -> str:
    """A price, size or amount with so many decimals, grouped: `62,000.10`."""
    if value is None:
        return UNKNOWN
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN):,f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def money_text(value: Decimal | None, currency: str) -> str:
    """An amount in its currency's decimals: `1,204.50`."""
    return fixed_text(value, places_of(currency))


def signed_text(value: Decimal | None, places: int) -> str:
    """A gain or loss: `+12.30`, `-5.00`, `0.00`."""
    text = fixed_text(value, places)
    return f"+{text}" if value is not None and value > 0 and text.strip("0.,") else text


def signed_money_text(value: Decimal | None, currency: str) -> str:
    """A profit or loss in its currency's decimals."""
    return signed_text(value, places_of(currency))


def percent_text(value: Decimal | None, signed: bool = False) -> str:
    """A percentage with two decimals: `62.50%`."""
    if value is None:
        return UNKNOWN
    return f"{signed_text(value, 2) if signed else fixed_text(value, 2)}%"


def sign_role(value: Decimal | None) -> str:
    """The colour role of a gain, a loss, or neither."""
    if not value:
        return "muted"
    return "profit" if value > 0 else "loss"


def iso_text(ts_ns: int) -> str:
    """A UTC time with all its nanoseconds: `2025-03-31T14:05:06.000000001Z`."""
    return f"{_utc(ts_ns):%Y-%m-%dT%H:%M:%S}.{ts_ns % NS_PER_SECOND:09d}Z"


def minute_text(ts_ns: int) -> str:
    """A UTC time to the minute: `2025-03-31 14:05`."""
    return f"{_utc(ts_ns):%Y-%m-%d %H:%M}"


def milli_text(ts_ns: int) -> str:
    """A UTC time to the millisecond, rounded down: `03-31 14:05:06.123`."""
    return f"{_utc(ts_ns):%m-%d %H:%M:%S}.{ts_ns % NS_PER_SECOND // 1_000_000:03d}"


def held_text(held_ns: int | None) -> str:
    """A holding time in its two largest units, rounded down: `45s`, `12m 05s`, `2d 04h`."""
    if held_ns is None:
        return UNKNOWN
    seconds = held_ns // NS_PER_SECOND
    if seconds < 1:
        return f"{held_ns // 1_000_000}ms"
    if seconds < 60:
        return f"{seconds}s"
    if seconds < 3600:
        return f"{seconds // 60}m {seconds % 60:02d}s"
    if seconds < 86_400:
        return f"{seconds // 3600}h {seconds // 60 % 60:02d}m"
    return f"{seconds // 86_400}d {seconds // 3600 % 24:02d}h"


def _utc(ts_ns: int) -> datetime:
    return datetime.fromtimestamp(ts_ns // NS_PER_SECOND, UTC)
