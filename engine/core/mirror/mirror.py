"""What is known of a live venue's depth in one instrument, besides the orders that stand for it."""

from enum import Enum

from engine.core.book import BookOrder, BookSide
from engine.core.commands import QueueModel, Side
from engine.core.mirror.falls import Falls
from engine.core.mirror.place import Place
from engine.core.mirror.regained import Queue
from engine.core.mirror.reported import Unreported

TAKEN_HOLD_NS_DEFAULT = 5_000_000_000
NEVER_NS = 1 << 62


class MirrorState(Enum):
    """Whether a venue's depth stands in the book."""

    NONE = "none"
    """Never any: a local market."""
    LIVE = "live"
    DOWN = "down"
    """There was, and it is not known any more; nothing may trade until a snapshot comes."""


DOWN = MirrorState.DOWN


class Taken:
    """Displayed quantity at one price that we traded away and the venue never saw go."""

    __slots__ = ("lots", "until_ns")

    def __init__(self, lots: int, until_ns: int) -> None:
        self.lots = lots
        self.until_ns = until_ns


class Mirror:
    """Settings and memory of one instrument's mirrored liquidity.

    Attributes:
        taken: What we took, by side and price, until the venue's display counts again.
        depth_ns: The latest time of the venue's that its depth has reached; None for unknown.
        unreported: Prints that the depth does not know yet, by side and price.
        falls: Falls of the depth at levels of ours whose prints may still come.
        kept: The queues of our orders while the depth is down, by side and price.
        due_ns: When the first of `taken` ends.
    """

    __slots__ = (
        "depth_ns",
        "due_ns",
        "falls",
        "kept",
        "queue_model",
        "state",
        "taken",
        "taken_hold_ns",
        "unreported",
    )

    def __init__(self) -> None:
        self.state = MirrorState.NONE
        self.queue_model = QueueModel.PROPORTIONAL
        self.taken_hold_ns = TAKEN_HOLD_NS_DEFAULT
        self.taken: dict[tuple[Side, int], Taken] = {}
        self.due_ns = NEVER_NS
        self.depth_ns: int | None = None
        self.unreported: dict[Place, Unreported] = {}
        self.falls = Falls()
        self.kept: dict[Place, Queue] = {}

    def note_taken(self, shown: BookOrder, lots: int, now_ns: int) -> None:
        """Displayed quantity was traded away by one of our orders."""
        if not self.taken_hold_ns:
            return
        until_ns = now_ns + self.taken_hold_ns
        key = (shown.side, shown.price_ticks)
        taken = self.taken.get(key)
        if taken is None:
            self.taken[key] = Taken(lots, until_ns)
        else:
            taken.lots += lots
            taken.until_ns = until_ns
        self.due_ns = min(self.due_ns, until_ns)

    def still_taken(self, side: Side, price_ticks: int, displayed_lots: int) -> int:
        """How much of what a venue displays at a price we have taken: never more than all of it."""
        key = (side, price_ticks)
        taken = self.taken.get(key)
        if taken is None:
            return 0
        if displayed_lots < taken.lots:
            taken.lots = displayed_lots
        if not displayed_lots:
            del self.taken[key]
        return taken.lots

    def pop_due(self, now_ns: int) -> list[tuple[Side, int, int]]:
        """Forget what was taken long enough ago; gives (side, price_ticks, lots) to show again."""
        due = [(key, taken) for key, taken in self.taken.items() if taken.until_ns <= now_ns]
        for key, _ in due:
            del self.taken[key]
        self.due_ns = min((taken.until_ns for taken in self.taken.values()), default=NEVER_NS)
        return [(side, price_ticks, taken.lots) for (side, price_ticks), taken in due]

    def heard(self, venue_ns: int) -> None:
        """The depth has reached a time of the venue's; falls long before it are forgotten."""
        if self.depth_ns is None or venue_ns > self.depth_ns:
            self.depth_ns = venue_ns
        if self.falls:
            self.falls.forget_old(self.depth_ns)

    def left(self, side: BookSide, order: BookOrder) -> None:
        """One of our orders leaves its queue, or has left it."""
        self.falls.left(side, order)
        queue = self.kept.get((order.side, order.price_ticks))
        if queue is not None:
            queue.left(order.order_id)

    def forget(self) -> None:
        """The venue's depth is gone, and with it what we took and what was known of its changes."""
        self.taken.clear()
        self.due_ns = NEVER_NS
        self.depth_ns = None
        self.unreported.clear()
        self.falls.clear()
