"""The queues that our orders keep while the depth is not known.

When the depth goes down, what was displayed between our orders is remembered. The first depth after
that rebuilds it from the front with what it states: nobody gains a place in a queue because a line
broke, and who stood behind others still does.
"""

from collections.abc import Callable

from engine.core.book import BookOrder, BookSide, DisplayedOrder, Level
from engine.core.mirror.place import Place

NewId = Callable[[], int]
"""Gives each displayed run a number."""


class Queue:
    """What was displayed at a level of ours when the depth went down.

    Attributes:
        ahead: Lots directly ahead of each of our orders, by its number, front first.
        behind: Lots behind all of them.
    """

    __slots__ = ("ahead", "behind")

    def __init__(self, ahead: dict[int, int], behind: int) -> None:
        self.ahead = ahead
        self.behind = behind

    def left(self, order_id: int) -> None:
        """An order goes from its place: what stood ahead of it stands ahead of the next."""
        if order_id not in self.ahead:
            return
        listed = list(self.ahead)
        next_ids = listed[listed.index(order_id) + 1 :]
        lots = self.ahead.pop(order_id)
        if next_ids:
            self.ahead[next_ids[0]] += lots
        else:
            self.behind += lots


def remember(side: BookSide) -> dict[Place, Queue]:
    """The queues of a side at the levels where orders of ours stand."""
    queues: dict[Place, Queue] = {}
    for level in side.best_first():
        ahead: dict[int, int] = {}
        lots = 0
        for order in level:
            if order.displayed:
                lots += order.open_lots
            else:
                ahead[order.order_id] = lots
                lots = 0
        if ahead:
            queues[side.side, level.rank * side.sign] = Queue(ahead, lots)
    return queues


def rebuild(new_id: NewId, side: BookSide, level: Level, queue: Queue, lots: int) -> None:
    """Put displayed lots where they stood, the front first; more than stood there goes behind."""
    ahead = queue.ahead
    later: BookOrder | None = None
    for order in list(level):
        if order.order_id in ahead:
            lots -= _insert(new_id, side, level, min(ahead[order.order_id], lots), order)
        else:
            later = later or order
    if later is not None:
        lots -= _insert(new_id, side, level, min(queue.behind, lots), later)
    _insert(new_id, side, level, lots, None)


def _insert(new_id: NewId, side: BookSide, level: Level, lots: int, after: BookOrder | None) -> int:
    """Put a run in front of an order, or at the back; returns its lots."""
    if lots:
        shown = DisplayedOrder(new_id(), side.side, level.rank * side.sign, lots)
        level.insert_before(shown, after)
    return lots
