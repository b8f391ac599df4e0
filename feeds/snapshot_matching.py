"""Whose snapshot is this? A REST body in a recording does not name its symbol.

Update ids of different instruments count independently, so a body belongs to the instrument one of
whose waiting updates ends at its id or covers the id after it. Before such an update arrives
nothing is decided: instruments with the same base asset have prices so alike that they prove
nothing. Prices must agree all the same, since two instruments can happen to pass the same ids.
"""

from collections.abc import Iterable

from feeds.book_sync import BookSync, SequenceRule
from feeds.exact_text import NUMBERS
from feeds.messages import BookDelta, UnassignedSnapshot


def owner_of(snapshot: UnassignedSnapshot, books: Iterable[BookSync]) -> str | None:
    """The symbol of the waiting book that the snapshot belongs to; None while none fits."""
    for book in books:
        if any(_touches(snapshot.update_id, delta, book.rule) for delta in book.buffered):
            prices = set(_prices(book.buffered))
            if not prices or _alike(snapshot, prices):
                return book.symbol
    return None


def _touches(snapshot_id: int, delta: BookDelta, rule: SequenceRule) -> bool:
    """Whether the update ends exactly where the snapshot does, or continues it."""
    if rule.stale(snapshot_id, delta):
        return delta.last_update_id == snapshot_id
    return rule.joins(snapshot_id, delta)


def _alike(snapshot: UnassignedSnapshot, prices: Iterable[int]) -> bool:
    """Whether some price lies near the range that the snapshot shows.

    Twice beyond it still counts, since updates name levels deeper than a snapshot goes.
    """
    shown = [NUMBERS[price] for price, _ in (*snapshot.bids, *snapshot.asks)]
    return bool(shown) and any(min(shown) <= 2 * price <= 4 * max(shown) for price in prices)


def _prices(deltas: Iterable[BookDelta]) -> Iterable[int]:
    return (NUMBERS[price] for delta in deltas for price, _ in (*delta.bids, *delta.asks))
