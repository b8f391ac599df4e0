"""Kraken's symbols and ours: `BTC/USD` and `BTC-USD`.

Version 2 of the WebSocket writes currencies as everyone does. REST, and version 1, still have names
of their own for two of them, XBT and XDG. Tokens of stocks end with a small x: `AAPLx/USD`.
"""

import re

from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.plain_text import shown

SHOWN_MAX = 24
RENAMED = {"XBT": "BTC", "XDG": "DOGE"}
OLD_NAMES = {new: old for old, new in RENAMED.items()}
_PAIR = re.compile(r"[A-Z0-9.]{1,16}x?[-/][A-Z0-9.]{1,16}x?", re.ASCII)


def our_symbol(text: str) -> str:
    """`BTC-USD` from `btc-usd`, `BTC/USD` or `XBT/USD`.

    Raises:
        UnknownSymbol: It is no pair; says how one looks.
    """
    symbol = text.strip()
    if not _PAIR.fullmatch(symbol):
        symbol = symbol.upper()
    if not _PAIR.fullmatch(symbol):
        raise UnknownSymbol(
            f"{shown(text, SHOWN_MAX)!r} is no pair of Kraken; write base and quote: BTC-USD"
        )
    return "-".join(RENAMED.get(part, part) for part in symbol.replace("/", "-").split("-"))


def frame_symbol(venue_symbol: str) -> str:
    """Our symbol of the pair of a frame.

    Raises:
        MalformedFrame: It is no pair.
    """
    if "/" not in venue_symbol or not _PAIR.fullmatch(venue_symbol):
        raise MalformedFrame(f"{shown(venue_symbol, SHOWN_MAX)!r} is no pair such as BTC/USD")
    return our_symbol(venue_symbol)


def venue_symbol(symbol: str) -> str:
    """Kraken's name of ours, for its WebSocket."""
    return symbol.replace("-", "/")


def rest_name(symbol: str) -> str:
    """Kraken's name of ours, for REST: `XBTUSD`, the pair's `altname`."""
    return "".join(OLD_NAMES.get(part, part) for part in symbol.split("-"))
