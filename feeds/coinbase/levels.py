"""Levels, prints and touches, which both of Coinbase's feeds state alike."""

from collections.abc import Iterable

from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.messages import Quote

Touch = tuple[str, str, str, str]
"""Best bid, its size, best ask, its size; empty texts for an empty side."""


def check_levels(levels: Iterable[tuple[str, str]]) -> None:
    """Refuse a whole frame for one bad number, before any of it reaches a book.

    Raises:
        MalformedFrame: A price or size is no plain number, or a price is zero.
    """
    numbers = NUMBERS
    for price, size in levels:
        numbers[size]
        if not numbers[price]:
            raise MalformedFrame("a level has the price zero")


def check_traded(price: str, size: str, trade_id: str) -> None:
    """Refuse a print that traded nothing, or at nothing.

    Raises:
        MalformedFrame: Price or size is zero, or no plain number.
    """
    if not (NUMBERS[price] and NUMBERS[size]):
        raise MalformedFrame(f"trade {trade_id} has a price or size of zero")


def quote_of(touch: Touch, symbol: str, received_ns: int, venue_ns: int) -> Quote:
    """The touch as a message; `venue_ns` is 0 where the venue names no time.

    Raises:
        MalformedFrame: A text is no plain number.
    """
    bid, bid_size, ask, ask_size = (text or "0" for text in touch)
    for text in (bid, bid_size, ask, ask_size):
        NUMBERS[text]
    return Quote(
        received_ns=received_ns,
        symbol=symbol,
        update_id=None,
        bid=bid,
        bid_size=bid_size,
        ask=ask,
        ask_size=ask_size,
        venue_ns=venue_ns or None,
    )
