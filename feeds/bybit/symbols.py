"""Bybit's symbols and ours; the same word can name a pair and a perpetual.

| category | Bybit | ours |
|---|---|---|
| spot | `BTCUSDT` | `BTC-USDT` |
| linear | `BTCUSDT`, `BTCPERP` | `BTC-USDT-PERP`, `BTC-USDC-PERP` |
| linear | `BTCUSDT-25DEC26`, `BTC-25DEC26` | `BTC-USDT-20261225`, `BTC-USDC-20261225` |
| inverse | `BTCUSD`, `BTCUSDZ26` | `BTC-USD-PERP`, `BTC-USD-20261225` |
| option | `BTC-25DEC26-70000-C` | `BTC-20261225-70000-C` |
| option | `BTC-25DEC26-70000-C-USDT` | `BTC-USDT-20261225-70000-C` |

An inverse future expires on the last Friday of its quarter.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from feeds.errors import UnknownSymbol

QUOTES = tuple(
    sorted(
        (
            *("USDT", "USDC", "USDE", "USD1", "USDQ", "USDR", "DAI", "EURC", "MNT", "BTC", "ETH"),
            *("EUR", "GBP", "BRL", "PLN", "TRY", "SOL", "USD"),
        ),
        key=len,
        reverse=True,
    )
)
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
QUARTERS = {"H": 3, "M": 6, "U": 9, "Z": 12}
FRIDAY = 4
NAMES_KEPT = 8192
PERP_QUOTE = "USDC"
"""What is behind a name that states no quote: `BTCPERP`, `BTC-25DEC26`, `BTC-25DEC26-70000-C`."""


class Category(Enum):
    """Bybit's kinds of product, each with an address of its own."""

    SPOT = "spot"
    LINEAR = "linear"
    INVERSE = "inverse"
    OPTION = "option"


_word = re.compile(r"[A-Z0-9]{1,24}").fullmatch
_day = re.compile(r"(\d{1,2})([A-Z]{3})(\d{2})").fullmatch
_dated = re.compile(r"([A-Z0-9]+)-(\d{1,2}[A-Z]{3}\d{2})").fullmatch
_their_option = re.compile(
    r"([A-Z0-9]+)-(\d{1,2}[A-Z]{3}\d{2})-(\d+(?:\.\d+)?)-([CP])(?:-([A-Z]+))?"
).fullmatch
_our_option = re.compile(r"([A-Z0-9]+)(?:-([A-Z]+))?-(\d{8})-(\d+(?:\.\d+)?)-([CP])").fullmatch
_quarterly = re.compile(r"([A-Z0-9]+)USD([HMUZ])(\d{2})").fullmatch


def our_symbol(text: str) -> str:
    """Our symbol from ours or Bybit's, in any case; `BTCUSDT` alone is the perpetual.

    Raises:
        UnknownSymbol: It cannot be an instrument of Bybit's.
    """
    symbol = text.strip().upper().replace("/", "-")
    if _is_ours(symbol):
        venue_symbol(symbol)
        return symbol
    return named(symbol, certain_category(symbol) or Category.LINEAR)


@lru_cache(NAMES_KEPT)
def named(theirs: str, category: Category) -> str:
    """Our symbol for one of Bybit's in a category.

    Raises:
        UnknownSymbol: The category has no such names.
    """
    option = _their_option(theirs)
    if option is not None:
        base, day, strike, kind, quote = option.groups()
        family = f"{base}-{quote}" if quote else base
        return f"{family}-{_our_day(day)}-{strike}-{kind}"
    future = _dated(theirs)
    if future is not None:
        family = _pair(future[1]) or f"{future[1]}-{PERP_QUOTE}"
        return f"{family}-{_our_day(future[2])}"
    quarter = _quarterly(theirs)
    if quarter is not None:
        expiry = last_friday(2000 + int(quarter[3]), QUARTERS[quarter[2]])
        return f"{quarter[1]}-USD-{expiry:%Y%m%d}"
    if theirs.endswith("PERP") and _word(theirs) and theirs != "PERP":
        return f"{theirs.removesuffix('PERP')}-{PERP_QUOTE}-PERP"
    pair = _pair(theirs)
    if not pair:
        raise UnknownSymbol(
            f"{theirs[:32]!r} is no instrument of Bybit's; write BTC-USDT, BTC-USDT-PERP,"
            " BTC-USD-20261225 or BTC-20261225-70000-C"
        )
    return pair if category is Category.SPOT else f"{pair}-PERP"


@lru_cache(NAMES_KEPT)
def certain_category(theirs: str) -> Category | None:
    """The category that a name of Bybit's can only belong to; None for a pair against USDT, which
    can be spot or linear."""
    if _their_option(theirs):
        return Category.OPTION
    if _dated(theirs) or theirs.endswith("PERP"):
        return Category.LINEAR
    if _quarterly(theirs):
        return Category.INVERSE
    quote = _pair(theirs).rpartition("-")[2]
    return {"": None, "USDT": None, "USD": Category.INVERSE}.get(quote, Category.SPOT)


def category_of(symbol: str) -> Category:
    """The category of one of our symbols."""
    if _our_option(symbol):
        return Category.OPTION
    parts = symbol.split("-")
    if len(parts) == 2:
        return Category.SPOT
    return Category.INVERSE if parts[1] == "USD" else Category.LINEAR


def venue_symbol(symbol: str) -> str:
    """Bybit's symbol for one of ours.

    Raises:
        UnknownSymbol: A date that does not exist, or is no quarter's for an inverse future.
    """
    option = _our_option(symbol)
    if option is not None:
        base, quote, day, strike, kind = option.groups()
        return f"{base}-{_their_day(day)}-{strike}-{kind}" + (f"-{quote}" if quote else "")
    base, quote, *last = symbol.split("-")
    if not last:
        return base + quote
    if last[0] == "PERP":
        return f"{base}PERP" if quote == PERP_QUOTE else base + quote
    if quote == "USD":
        return f"{base}USD{_quarter(last[0])}"
    return f"{base if quote == PERP_QUOTE else base + quote}-{_their_day(last[0])}"


def last_friday(year: int, month: int) -> date:
    """When the inverse futures of a quarter expire."""
    end = date(year, month, monthrange(year, month)[1])
    return end - timedelta(days=(end.weekday() - FRIDAY) % 7)


def _is_ours(symbol: str) -> bool:
    if _our_option(symbol):
        return True
    parts = symbol.split("-")
    if not all(map(_word, parts)) or len(parts) not in (2, 3):
        return False
    if len(parts) == 2:
        return _day(parts[1]) is None
    return parts[2] == "PERP" or (parts[2].isdigit() and len(parts[2]) == 8)


def _pair(theirs: str) -> str:
    """`BTC-USDT` from `BTCUSDT`; empty when it ends with no quote known here."""
    for quote in QUOTES:
        if theirs.endswith(quote) and _word(theirs) and len(theirs) > len(quote):
            return f"{theirs.removesuffix(quote)}-{quote}"
    return ""


def _our_day(theirs: str) -> str:
    """`20261225` from `25DEC26`."""
    found = _day(theirs)
    assert found is not None
    if found[2] not in MONTHS:
        raise UnknownSymbol(f"{theirs!r} is no date as Bybit writes them, such as 25DEC26")
    text = f"20{found[3]}{MONTHS.index(found[2]) + 1:02}{int(found[1]):02}"
    _date(text)
    return text


def _their_day(ours: str) -> str:
    """`25DEC26` from `20261225`; Bybit pads no day."""
    day = _date(ours)
    return f"{day.day}{MONTHS[day.month - 1]}{day.year % 100:02}"


def _quarter(ours: str) -> str:
    """`Z26` from `20261225`."""
    day = _date(ours)
    for letter, month in QUARTERS.items():
        if day.month == month:
            return f"{letter}{day.year % 100:02}"
    raise UnknownSymbol(f"{ours!r} lies in no month in which an inverse future of Bybit's expires")


def _date(ours: str) -> date:
    try:
        return date(int(ours[:4]), int(ours[4:6]), int(ours[6:]))
    except ValueError:
        raise UnknownSymbol(f"{ours[:12]!r} is no date; write year, month, day: 20261225") from None
