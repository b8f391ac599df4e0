"""Deribit's instrument names and our symbols.

| Deribit | what | ours |
|---|---|---|
| `BTC-PERPETUAL` | inverse perpetual, settles in BTC | `BTC-USD-PERP` |
| `BTC_USDC-PERPETUAL` | linear perpetual | `BTC-USDC-PERP` |
| `BTC-25DEC26` | inverse future | `BTC-USD-20261225` |
| `BTC_USDC-25DEC26` | linear future | `BTC-USDC-20261225` |
| `BTC-25DEC26-70000-C` | option in BTC | `BTC-20261225-70000-C` |
| `BTC_USDC-25DEC26-70000-C` | option in USDC | `BTC-USDC-20261225-70000-C` |
| `XRP_USDC-25DEC26-0d55-P` | the same, strike 0.55 | `XRP-USDC-20261225-0.55-P` |
| `BTC_USDC` | spot pair | `BTC-USDC` |

Combinations of legs have no symbol here: their prices may be negative. Source: Deribit API v2,
*Naming*.
"""

import re
from datetime import date

from feeds.errors import UnknownSymbol

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
CENTURY = 2000
USD = "USD"
PERPETUAL, PERP = "PERPETUAL", "PERP"
_THEIRS = re.compile(
    r"(?P<base>[A-Z0-9]+)(_(?P<quote>[A-Z0-9]+))?"
    r"(-(?P<perpetual>PERPETUAL)"
    r"|-(?P<day>[0-9]{1,2})(?P<month>[A-Z]{3})(?P<year>[0-9]{2})"
    r"(-(?P<strike>[0-9]+([dD][0-9]+)?)-(?P<right>[CP]))?)?"
)
_OURS = re.compile(
    r"(?P<base>[A-Z0-9]+)(-(?!PERP$)(?P<quote>[A-Z][A-Z0-9]*))?"
    r"(-(?P<perpetual>PERP)"
    r"|-(?P<date>[0-9]{8})(-(?P<strike>[0-9]+([.][0-9]+)?)-(?P<right>[CP]))?)?"
)
_HELP = (
    "write BTC-USD-PERP for a perpetual, BTC-USD-20261225 for a future, BTC-20261225-70000-C for an"
    " option or BTC-USDC for a spot pair"
)


def symbol_of(name: str) -> str:
    """Our symbol for one of Deribit's names.

    Raises:
        UnknownSymbol: It is no name of a perpetual, future, option or spot pair.
    """
    found = _THEIRS.fullmatch(name)
    if found is None or not (found["perpetual"] or found["day"] or found["quote"]):
        raise UnknownSymbol(f"{name[:24]!r} is no instrument that is known here; {_HELP}")
    base, quote = found["base"], found["quote"]
    if found["perpetual"]:
        return "-".join((base, quote or USD, PERP))
    if not found["day"]:
        return f"{base}-{quote}"
    day = _date(int(found["year"]) + CENTURY, found["month"], int(found["day"]), name)
    if not found["strike"]:
        return "-".join((base, quote or USD, day))
    strike = found["strike"].lower().replace("d", ".")
    return "-".join((base, *([quote] if quote else []), day, strike, found["right"]))


def name_of(symbol: str) -> str:
    """Deribit's name for one of our symbols.

    Raises:
        UnknownSymbol: Deribit can have no such instrument.
    """
    found = _OURS.fullmatch(symbol)
    if found is None or found["base"] == symbol:
        raise UnknownSymbol(f"{symbol[:24]!r} cannot be a market of Deribit; {_HELP}")
    base, quote = found["base"], found["quote"]
    family = base if quote in (None, USD) else f"{base}_{quote}"
    if found["perpetual"]:
        return f"{family}-{PERPETUAL}"
    if not found["date"]:
        return f"{base}_{quote}"
    day = _day(found["date"], symbol)
    if not found["strike"]:
        return f"{family}-{day}"
    if quote == USD:
        raise UnknownSymbol(f"{symbol[:32]!r} names a quote currency; leave -USD out: {_HELP}")
    return f"{family}-{day}-{found['strike'].replace('.', 'd')}-{found['right']}"


def ours(text: str) -> str:
    """Our symbol, from ours or Deribit's in any case.

    Raises:
        UnknownSymbol: It cannot be one of Deribit's.
    """
    given = text.strip().upper()
    if _THEIRS.fullmatch(given) and (PERPETUAL in given or not _OURS.fullmatch(given)):
        return symbol_of(given)
    symbol = given.replace("/", "-")
    return symbol_of(name_of(symbol))


def is_option(symbol: str) -> bool:
    """Whether this is one of our symbols of options."""
    return symbol.endswith(("-C", "-P"))


def is_inverse(symbol: str) -> bool:
    """Whether amounts of this market are US dollars, and its profits paid in the base currency."""
    return symbol.split("-")[1] == USD and symbol.count("-") == 2


def perpetual_of_index(index_name: str) -> str:
    """Our symbol of the perpetual that an index such as `btc_usd` is the price of.

    Raises:
        UnknownSymbol: It is no name of an index of two currencies.
    """
    base, _, quote = index_name.upper().partition("_")
    if not (base.isalnum() and quote.isalnum() and index_name.isascii()):
        raise UnknownSymbol(f"{index_name[:24]!r} is no index of two currencies")
    return f"{base}-{quote}-{PERP}"


def _date(year: int, month: str, day: int, name: str) -> str:
    try:
        return f"{date(year, MONTHS.index(month) + 1, day):%Y%m%d}"
    except ValueError:
        raise UnknownSymbol(f"{name[:32]!r} names a day that no calendar has") from None


def _day(text: str, symbol: str) -> str:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise UnknownSymbol(f"{symbol[:32]!r} names a day that no calendar has") from None
    if not CENTURY <= day.year < CENTURY + 100:
        raise UnknownSymbol(f"{symbol[:32]!r} expires in a year that Deribit has no name for")
    return f"{day.day}{MONTHS[day.month - 1]}{day.year % 100:02}"
