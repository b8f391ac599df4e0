"""One pair on several venues, kept up to date from the messages of their feeds.

What a venue withdraws counts for nothing until it shows a book again. Of a venue that publishes
quotes alone, the quote is its book.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from feeds.aggregator import (
    Contribution,
    Index,
    VenueBook,
    index_price,
    text_of,
)
from feeds.exact_text import NUMBERS
from feeds.local_book import LocalBook
from feeds.messages import BookDelta, BookLost, BookSnapshot, Levels, Message, Quote

SECOND_NS = 10**9
STALE_AFTER_NS = 10 * SECOND_NS
OUTLIER_PPM = 10_000
"""One percent from the median of the venues."""


@dataclass(slots=True)
class _Venue:
    book: LocalBook = field(default_factory=LocalBook)
    taker_fee_ppm: int = 0
    weight: int = 1
    quoted: bool = False
    heard_ns: int = 0


class PairWatch:
    """The books of one pair, and what they say together."""

    def __init__(self) -> None:
        self._venues: dict[str, _Venue] = {}
        self._takers: dict[type, Callable[[_Venue, Any], None]] = {
            BookSnapshot: _load,
            BookDelta: _apply,
            BookLost: _lose,
            Quote: _quote,
        }

    def carry(
        self, venue: str, *, taker_fee_ppm: int = 0, weight: int = 1, quoted: bool = False
    ) -> None:
        """Follow the pair on one venue more.

        Args:
            weight: How much it counts in the index, such as its usual share of the volume.
            quoted: It publishes quotes and no depth.
        """
        self._venues[venue] = _Venue(taker_fee_ppm=taker_fee_ppm, weight=weight, quoted=quoted)

    def drop(self, venue: str) -> None:
        """Follow it there no more."""
        self._venues.pop(venue, None)

    def take(self, venue: str, message: Message) -> None:
        """A message about the pair came from a venue; kinds that show no price are passed over."""
        known, taker = self._venues.get(venue), self._takers.get(type(message))
        if known is not None and taker is not None:
            taker(known, message)

    @property
    def books(self) -> Mapping[str, VenueBook]:
        """What `feeds.aggregator` works on."""
        return {
            name: VenueBook(each.book, each.taker_fee_ppm) for name, each in self._venues.items()
        }

    def index(
        self,
        now_ns: int,
        *,
        stale_after_ns: int = STALE_AFTER_NS,
        outlier_ppm: int = OUTLIER_PPM,
    ) -> Index | None:
        """The weighted median of the venues' mids; None where none counts."""
        contributions = [
            Contribution(name, mid, each.weight, each.heard_ns)
            for name, each in self._venues.items()
            if (mid := _mid(each.book)) is not None
        ]
        return index_price(
            contributions, now_ns, stale_after_ns=stale_after_ns, outlier_ppm=outlier_ppm
        )


def _load(venue: _Venue, snapshot: BookSnapshot) -> None:
    venue.book.load(snapshot)
    venue.heard_ns = snapshot.received_ns


def _apply(venue: _Venue, delta: BookDelta) -> None:
    venue.book.apply(delta)
    venue.heard_ns = delta.received_ns


def _lose(venue: _Venue, lost: BookLost) -> None:
    del lost
    venue.book.clear()


def _quote(venue: _Venue, quote: Quote) -> None:
    """The touch of a venue without depth; beside a book, a quote says nothing new."""
    if not venue.quoted:
        return
    venue.book.load(
        BookSnapshot(
            received_ns=quote.received_ns,
            symbol=quote.symbol,
            update_id=0,
            bids=_touch(quote.bid, quote.bid_size),
            asks=_touch(quote.ask, quote.ask_size),
        )
    )
    venue.heard_ns = quote.received_ns


def _touch(price: str, size: str) -> Levels:
    """One level, or none where the side is empty; a size that is not stated counts as one unit."""
    if not NUMBERS[price]:
        return ()
    return ((price, size if NUMBERS[size] else "1"),)


def _mid(book: LocalBook) -> str | None:
    """Between the touches; None without both, or where they cross."""
    bid, ask = book.touch()
    if bid is None or ask is None or NUMBERS[bid[0]] >= NUMBERS[ask[0]]:
        return None
    return text_of((NUMBERS[bid[0]] + NUMBERS[ask[0]]) // 2)
