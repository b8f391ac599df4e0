"""Deribit's books as messages: snapshots, the changes that follow them, and grouped books.

Every number of a frame is checked before any of it is passed on, so that a bad one never
half-changes a book. Source: Deribit API v2, *book.{instrument_name}.{interval}* and
*book.{instrument_name}.{group}.{depth}.{interval}*.
"""

from collections.abc import Iterable

from msgspec import Raw

from feeds.deribit import numbers
from feeds.deribit.payloads import BookData, Change, GroupedBookData
from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.messages import BookDelta, BookSnapshot, Levels

NS_PER_MS = 1_000_000


def book_messages(data: BookData, symbol: str, received_ns: int) -> BookSnapshot | BookDelta:
    """A snapshot, or a change that names the one before it."""
    bids, asks = _changed(data.bids), _changed(data.asks)
    if data.type == "snapshot" or (data.type is None and data.prev_change_id is None):
        return BookSnapshot(
            received_ns=received_ns,
            venue_ns=data.timestamp * NS_PER_MS,
            symbol=symbol,
            update_id=data.change_id,
            bids=bids,
            asks=asks,
        )
    if data.prev_change_id is None:
        raise MalformedFrame(f"change {data.change_id} does not name the one before it")
    return BookDelta(
        received_ns=received_ns,
        venue_ns=data.timestamp * NS_PER_MS,
        symbol=symbol,
        first_update_id=data.change_id,
        last_update_id=data.change_id,
        previous_update_id=data.prev_change_id,
        bids=bids,
        asks=asks,
    )


def grouped_book(data: GroupedBookData, symbol: str, received_ns: int) -> BookSnapshot:
    """A whole book to the depth that was asked for."""
    return BookSnapshot(
        received_ns=received_ns,
        venue_ns=data.timestamp * NS_PER_MS,
        symbol=symbol,
        update_id=data.change_id,
        bids=_levels(data.bids),
        asks=_levels(data.asks),
    )


def _changed(changes: Iterable[Change]) -> Levels:
    return tuple(
        [
            (_price(price), "0" if action == "delete" else numbers.text(amount))
            for action, price, amount in changes
        ]
    )


def _levels(levels: Iterable[tuple[Raw, Raw]]) -> Levels:
    return tuple([(_price(price), numbers.text(amount)) for price, amount in levels])


def _price(raw: Raw) -> str:
    price = numbers.text(raw)
    if not NUMBERS[price]:
        raise MalformedFrame("a level has the price zero")
    return price
