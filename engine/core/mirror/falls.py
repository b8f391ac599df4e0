"""Falls of the depth whose prints may still come.

Where depth falls at a level of ours, the queue model says which runs lost it. If it fell because of
a trade, the print comes later, and it is known then that the front of the queue went, not what the
model said. So the print works first through what the model took from ahead of each of our orders:
those lots are given back for this print, are never displayed, and the fall is explained by as much.
"""

from engine.core.book import BookOrder, BookSide, Level
from engine.core.mirror.place import Place

REMEMBERED_NS = 1_000_000_000
"""How far the depth may be ahead of a fall that a print still explains."""
NEVER_NS = 1 << 62


class Fall:
    """Depth that fell at a level of ours.

    Attributes:
        venue_ns: That of the depth.
        lots: How much of the fall no print has explained.
        losses: What is missing directly ahead of each of our orders, by its number, front first.
        heir: Whether the last of them came to rest after the fall and has the loss from another.
    """

    __slots__ = ("heir", "losses", "lots", "venue_ns")

    def __init__(
        self, venue_ns: int, lots: int, losses: dict[int, int], *, heir: bool = False
    ) -> None:
        self.venue_ns = venue_ns
        self.lots = lots
        self.losses = losses
        self.heir = heir


class Falls(dict[Place, list[Fall]]):
    """The falls of one instrument by place, those that happened first first.

    Attributes:
        oldest_ns: The earliest venue time of any.
    """

    __slots__ = ("oldest_ns",)

    def __init__(self) -> None:
        super().__init__()
        self.oldest_ns = NEVER_NS

    def note(self, place: Place, level: Level, losses: list[int], venue_ns: int) -> None:
        """Remember a fall before it is taken from the level, if one of ours stands there.

        Args:
            losses: Lots that each displayed run loses, front first.
        """
        ours: dict[int, int] = {}
        run = ahead = 0
        order = level.head
        while order is not None:
            if order.displayed:
                ahead += losses[run]
                run += 1
            else:
                ours[order.order_id] = ahead
                ahead = 0
            order = order.after
        if ours:
            self.add(place, Fall(venue_ns, sum(losses), ours))

    def add(self, place: Place, fall: Fall) -> None:
        """Remember one more."""
        self.setdefault(place, []).append(fall)
        self.oldest_ns = min(self.oldest_ns, fall.venue_ns)

    def forget_old(self, depth_ns: int) -> None:
        """Drop what no print explains any more: not at every step, so that a step stays short."""
        if depth_ns - self.oldest_ns <= 2 * REMEMBERED_NS:
            return
        for place, falls in list(self.items()):
            self._keep(place, [f for f in falls if depth_ns - f.venue_ns <= REMEMBERED_NS])
        kept = (fall.venue_ns for falls in self.values() for fall in falls)
        self.oldest_ns = min(kept, default=NEVER_NS)

    def clear(self) -> None:
        """Forget all."""
        super().clear()
        self.oldest_ns = NEVER_NS

    def left(self, side: BookSide, order: BookOrder) -> None:
        """One of ours leaves its queue, or has left it: the next one inherits what it lost."""
        place = (order.side, order.price_ticks)
        falls = self.get(place)
        if falls is None:
            return
        level = side.levels.get(order.price_ticks * side.sign)
        ours = [o.order_id for o in level or () if not o.displayed and o is not order]
        if not ours:
            del self[place]
            return
        for fall in falls:
            if order.order_id in fall.losses:
                _inherit(fall, order.order_id, ours)

    def explain(
        self, place: Place, venue_ns: int, lots: int, depth_ns: int
    ) -> tuple[dict[int, int], dict[int, int]]:
        """Let a print that the depth knows explain falls, those that happened first first.

        Args:
            venue_ns: When it traded.
            depth_ns: The time that the depth has reached.

        Returns:
            Lots given back directly ahead of each of our orders, by its number; and by how much
            more of what stood ahead of it has traded than it seemed.
        """
        given: dict[int, int] = {}
        traded: dict[int, int] = {}
        falls = self.get(place)
        if falls is None:
            return given, traded
        since_ns = max(venue_ns, depth_ns - REMEMBERED_NS)
        for fall in falls:
            if fall.venue_ns >= since_ns and lots:
                part = min(lots, fall.lots)
                lots -= part
                _give_back(fall, part, given, traded)
        self._keep(place, [fall for fall in falls if fall.lots])
        return given, traded

    def _keep(self, place: Place, falls: list[Fall]) -> None:
        if falls:
            self[place] = falls
        else:
            del self[place]


def _inherit(fall: Fall, order_id: int, ours: list[int]) -> None:
    """Pass on what an order lost to the next of `ours`, in priority order; or to nobody."""
    listed = list(fall.losses)
    behind = listed[listed.index(order_id) + 1 :]
    lost = fall.losses.pop(order_id)
    if behind:
        fall.losses[behind[0]] += lost
        return
    fall.heir = False
    later = [number for number in ours if number not in fall.losses]
    if later and lost:
        fall.losses[later[0]] = lost
        fall.heir = True


def _give_back(fall: Fall, part: int, given: dict[int, int], traded: dict[int, int]) -> None:
    """Explain a part of a fall: each loss comes back by its share, rounded down."""
    whole, fall.lots = fall.lots, fall.lots - part
    ahead = 0
    last = len(fall.losses) - 1
    for index, (order_id, lost) in enumerate(fall.losses.items()):
        back = lost * part // whole
        fall.losses[order_id] = lost - back
        given[order_id] = given.get(order_id, 0) + back
        ahead += back
        if not (fall.heir and index == last):
            traded[order_id] = traded.get(order_id, 0) + ahead
