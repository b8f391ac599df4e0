"""Kraken's symbols and ours: `BTC/USD` and `BTC-USD`.

Version 2 of the WebSocket writes currencies as everyone does. REST, and version 1, still have names
of their own for two of them, which come with the metadata's `wsname`: XBT and XDG.
"""

import re

from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.plain_text import shown

SHOWN_MAX = 24
RENAMED = {"XBT": "BTC", "XDG": "DOGE"}
_PAIR = re.compile(r"[A-Z0-9.]{1,16}-[A-Z0-9.]{1,16}", re.ASCII)
_VENUE_PAIR = re.compile(r"[A-Za-z0-9.]{1,16}/[A-Za-z0-9.]{1,16}", re.ASCII)


def our_symbol(text: str) -> str:
    """`BTC-USD` from `btc-usd`, `BTC/USD` or `XBT/USD`.

    Raises:
        UnknownSymbol: It is no pair; says how one looks.
    """
    symbol = text.strip().upper().replace("/", "-")
    if not _PAIR.fullmatch(symbol):
        raise UnknownSymbol(
            f"{shown(text, SHOWN_MAX)!r} is no pair of Kraken; write base and quote: BTC-USD"
        )
    return "-".join(RENAMED.get(part, part) for part in symbol.split("-"))


def frame_symbol(venue_symbol: str) -> str:
    """Our symbol of the pair of a frame.

    Raises:
        MalformedFrame: It is no pair.
    """
    if not _VENUE_PAIR.fullmatch(venue_symbol):
        raise MalformedFrame(f"{shown(venue_symbol, SHOWN_MAX)!r} is no pair such as BTC/USD")
    return our_symbol(venue_symbol)


def venue_symbol(symbol: str) -> str:
    """Kraken's name of ours."""
    return symbol.replace("-", "/")
