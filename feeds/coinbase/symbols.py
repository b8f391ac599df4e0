"""Coinbase's product ids, which for spot are our symbols: `BTC-USD`."""

import re

from feeds.errors import MalformedFrame, UnknownSymbol
from feeds.plain_text import shown

SHOWN_MAX = 24
ALIASED = "USDC"
OWN_BOOKS = frozenset({"USDT-USDC", "EURC-USDC"})
"""The only pairs against USDC that have a book of their own."""
_SPOT = re.compile(r"[A-Z0-9]{1,16}-[A-Z0-9]{1,16}", re.ASCII)
_PRODUCT = re.compile(r"[A-Z0-9]{1,16}(-[A-Z0-9]{1,16}){1,3}", re.ASCII)


def our_symbol(text: str) -> str:
    """`BTC-USD` from `btc-usd` or `BTC/USD`.

    Raises:
        UnknownSymbol: It is no spot product; says how one looks.
    """
    symbol = text.strip().upper().replace("/", "-")
    if _SPOT.fullmatch(symbol):
        return symbol
    raise UnknownSymbol(
        f"{shown(text, SHOWN_MAX)!r} is no spot product of Coinbase; write base and quote: BTC-USD"
    )


def frame_symbol(product_id: str) -> str:
    """Our symbol of the product of a frame; futures, which are not carried, keep their id.

    Raises:
        MalformedFrame: It is no product id.
    """
    if _PRODUCT.fullmatch(product_id):
        return product_id
    raise MalformedFrame(f"{shown(product_id, SHOWN_MAX)!r} is no product id")


def check_has_book(symbol: str) -> None:
    """Coinbase keeps one book for USD and USDC, and Advanced Trade sends it under USD alone.

    Raises:
        UnknownSymbol: The book of this symbol is sent under another name, which the sentence says.
    """
    base, _, quote = symbol.partition("-")
    if quote == ALIASED and symbol not in OWN_BOOKS:
        raise UnknownSymbol(
            f"Coinbase sends the book of {symbol} under the name {base}-USD; ask for that"
        )
