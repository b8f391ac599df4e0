"""OKX's instrument ids and our symbols.

| OKX | ours |
|---|---|
| `BTC-USDT` | `BTC-USDT` |
| `BTC-USDT-SWAP`, `BTC-USD-SWAP` | `BTC-USDT-PERP`, `BTC-USD-PERP` |
| `BTC-USD-261225` | `BTC-USD-20261225` |
| `BTC-USD-261225-70000-C` | `BTC-20261225-70000-C` |

An option on another index than the dollar's keeps its quote: `BTC-USDC-20261225-70000-C`.
"""

import re

from feeds.errors import UnknownSymbol

OPTION_QUOTE = "USD"
CENTURY = "20"

_name = re.compile(r"[A-Z0-9._]{1,24}").fullmatch
_option = re.compile(
    r"(?P<base>[^-]+)(-(?P<quote>[^-]+))??-(?P<day>\d{6}|\d{8})-(?P<strike>\d+(\.\d+)?)-(?P<kind>[CP])"
).fullmatch


def our_symbol(text: str) -> str:
    """Our symbol from ours or OKX's, in any case.

    Raises:
        UnknownSymbol: It cannot be an instrument of OKX's.
    """
    symbol = text.strip().upper().replace("/", "-")
    option = _option(symbol)
    if option is not None and _name(option["base"]):
        return _our_option(option)
    parts = symbol.split("-")
    if all(map(_name, parts)):
        if len(parts) == 2:
            return symbol
        if len(parts) == 3:
            kind = _our_kind(parts[2])
            if kind:
                return f"{parts[0]}-{parts[1]}-{kind}"
    raise UnknownSymbol(
        f"{text[:32]!r} is no instrument of OKX's; write BTC-USDT, BTC-USDT-PERP,"
        " BTC-USD-20261225 or BTC-20261225-70000-C"
    )


def venue_symbol(symbol: str) -> str:
    """OKX's id for one of our symbols."""
    option = _option(symbol)
    if option is not None:
        quote = option["quote"] or OPTION_QUOTE
        day = option["day"].removeprefix(CENTURY) if len(option["day"]) == 8 else option["day"]
        return f"{option['base']}-{quote}-{day}-{option['strike']}-{option['kind']}"
    family, _, last = symbol.rpartition("-")
    if last == "PERP":
        return f"{family}-SWAP"
    if last.isdigit() and len(last) == 8 and "-" in family:
        return f"{family}-{last.removeprefix(CENTURY)}"
    return symbol


def instrument_type(venue_symbol: str) -> str:
    """OKX's name for the kind of instrument: SPOT, SWAP, FUTURES or OPTION."""
    parts = venue_symbol.split("-")
    if len(parts) == 5:
        return "OPTION"
    if len(parts) == 3:
        return "SWAP" if parts[2] == "SWAP" else "FUTURES"
    return "SPOT"


def family_of(venue_symbol: str) -> str:
    """The first two parts, such as `BTC-USD`, which name a family of instruments."""
    return "-".join(venue_symbol.split("-", 2)[:2])


def index_of(venue_symbol: str) -> str:
    """The index that an instrument refers to: its family, without how it is margined."""
    return family_of(venue_symbol).partition("_")[0]


class Names:
    """How instruments are spelled, and which derivatives were met of each index."""

    __slots__ = ("_derivatives", "_met", "_symbols")

    def __init__(self) -> None:
        self._symbols: dict[str, str] = {}
        self._met: dict[str, str] = {}
        self._derivatives: dict[str, dict[str, None]] = {}

    def learn(self, venue_symbol: str, symbol: str) -> None:
        """Use this name of ours from now on; that it exists does not mean that it is met."""
        self._symbols[venue_symbol] = symbol
        self._met.pop(venue_symbol, None)

    def symbol(self, venue_symbol: str) -> str:
        """Ours.

        Raises:
            UnknownSymbol: It cannot be an instrument of OKX's.
        """
        return self._symbols.get(venue_symbol) or our_symbol(venue_symbol)

    def met(self, venue_symbol: str) -> str:
        """Ours, of an instrument whose book or tape is seen."""
        symbol = self._met.get(venue_symbol)
        if symbol is None:
            symbol = self._met[venue_symbol] = self.symbol(venue_symbol)
            if instrument_type(venue_symbol) != "SPOT":
                self._derivatives.setdefault(index_of(venue_symbol), {})[symbol] = None
        return symbol

    def derivatives(self, index: str) -> tuple[str, ...]:
        """Those met so far, ours."""
        return tuple(self._derivatives.get(index, ()))

    def options(self, family: str) -> tuple[str, ...]:
        """The options of a family such as `BTC-USD` that were met so far, ours."""
        met = self._derivatives.get(index_of(family), ())
        return tuple(each for each in met if _option(each) is not None)


def _our_kind(part: str) -> str:
    """`PERP` or the date of a future; empty when it is neither."""
    if part in ("SWAP", "PERP"):
        return "PERP"
    if not part.isdigit():
        return ""
    return {6: CENTURY + part, 8: part}.get(len(part), "")


def _our_option(option: re.Match[str]) -> str:
    day = option["day"] if len(option["day"]) == 8 else CENTURY + option["day"]
    quote = option["quote"] or OPTION_QUOTE
    family = option["base"] if quote == OPTION_QUOTE else f"{option['base']}-{quote}"
    return f"{family}-{day}-{option['strike']}-{option['kind']}"
