"""Whose snapshot is this? A REST body in a recording does not name its symbol.

Update ids of different instruments count independently, so a body belongs to the instrument whose
updates arrive around its id; prices must agree as well, unless exactly one instrument's updates
join it without a hole.
"""

from collections.abc import Iterable

from feeds.book_sync import BookSync, SequenceRule
from feeds.exact_text import NUMBERS
from feeds.messages import BookDelta, Levels, UnassignedSnapshot


def owner_of(
    snapshot: UnassignedSnapshot, books: Iterable[BookSync], rule: SequenceRule
) -> str | None:
    """The symbol of the book that the snapshot belongs to; None while none fits."""
    seen = [book for book in books if book.last_seen_id is not None]
    joined = [book for book in seen if _joins(snapshot, book.buffered, rule)]
    if len(joined) == 1:
        return joined[0].symbol
    agreeing = [book for book in joined or seen if _prices_agree(snapshot, book)]
    if not agreeing:
        return None
    return min(agreeing, key=lambda book: abs((book.last_seen_id or 0) - snapshot.update_id)).symbol


def _joins(snapshot: UnassignedSnapshot, buffered: Iterable[BookDelta], rule: SequenceRule) -> bool:
    """Whether the ids of some waiting update span the snapshot's, or come right after it."""
    book_id = snapshot.update_id
    return any(rule.joins(book_id, delta) and not rule.stale(book_id, delta) for delta in buffered)


def _prices_agree(snapshot: UnassignedSnapshot, book: BookSync) -> bool:
    """Whether some price that the book or its waiting updates show lies within the snapshot's."""
    prices = [NUMBERS[price] for price, _ in (*snapshot.bids, *snapshot.asks)]
    if not prices:
        return False
    lowest, highest = min(prices), max(prices)
    return any(lowest <= price <= highest for price in _known_prices(book))


def _known_prices(book: BookSync) -> Iterable[int]:
    for level in book.book.touch():
        if level is not None:
            yield NUMBERS[level[0]]
    for delta in book.buffered:
        yield from _prices(delta.bids)
        yield from _prices(delta.asks)


def _prices(levels: Levels) -> Iterable[int]:
    return (NUMBERS[price] for price, _ in levels)
