"""The order book: price-time priority, and the few things a book can do.

It rests, matches, removes and reduces orders. It knows no order types, owners, money or events.
"""

from engine.core.book.levels import BookSide, Level
from engine.core.book.order import BookOrder
from engine.core.commands import BUY, SELL, Side

LOWEST_RANK = -(1 << 62)
"""Below every price: the limit of an order that takes any."""
NO_GROUP = -1
"""The group of an incoming order that may trade with any."""

Fill = tuple[BookOrder, int]
"""A resting order and the lots it gave. Its price is the price of the trade."""


class OrderBook:
    """Both sides of one instrument."""

    __slots__ = ("asks", "bids")

    def __init__(self) -> None:
        self.bids = BookSide(BUY)
        self.asks = BookSide(SELL)

    def side(self, side: Side) -> BookSide:
        """Where orders of this side rest."""
        return self.bids if side is BUY else self.asks

    def facing(self, side: Side) -> BookSide:
        """What an order of this side trades against."""
        return self.asks if side is BUY else self.bids

    def add(self, order: BookOrder) -> Level:
        """Rest an order at the back of its price, which is given back. It must not cross."""
        side = self.bids if order.side is BUY else self.asks
        level = side.level_for(order.price_ticks * side.sign)
        level.append(order)
        return level

    def remove(self, order: BookOrder) -> None:
        """Take a resting order out."""
        level = order.level
        assert level is not None, f"order {order.order_id} does not rest"
        level.unlink(order)
        if level.head is None:
            self.side(order.side).drop(level.rank)

    def put_back(self, order: BookOrder, after: BookOrder | None, left: Level) -> None:
        """Undo `remove` while nothing else has changed.

        Args:
            after: What stood behind the order.
            left: The level that it was taken from.
        """
        side = self.side(order.side)
        level = side.level_for(order.price_ticks * side.sign)
        level.insert_before(order, after)
        level.traded = left.traded

    def reduce(self, order: BookOrder, lots: int) -> None:
        """Make a resting order smaller where it stands; at nothing it leaves the book."""
        level = order.level
        assert level is not None, f"order {order.order_id} does not rest"
        assert 0 < lots <= order.open_lots, "a reduction takes some of what is open"
        order.open_lots -= lots
        level.lots -= lots
        if order.open_lots == 0:
            self.remove(order)

    def take(self, order: BookOrder, lots: int) -> None:
        """Make a resting order smaller because so much of it trades."""
        level = order.level
        assert level is not None, f"order {order.order_id} does not rest"
        level.traded += lots
        self.reduce(order, lots)

    def match(
        self, side: Side, lots: int, limit_ticks: int | None, group: int = NO_GROUP
    ) -> list[Fill]:
        """Trade an incoming order against what faces it, best price and oldest order first.

        Args:
            side: The incoming order's.
            lots: How much it wants.
            limit_ticks: The worst price it takes; None for any.
            group: The incoming order's.

        Returns:
            The fills in order, up to the first order that is wary or of the same group. Resting
            orders are reduced, filled ones have left the book.
        """
        facing = self.asks if side is BUY else self.bids
        floor = LOWEST_RANK if limit_ticks is None else limit_ticks * facing.sign
        ranks = facing.ranks
        levels = facing.levels
        fills: list[Fill] = []
        while lots and ranks and ranks[-1] >= floor:
            level = levels[ranks[-1]]
            wanted = lots
            lots = _take(level, lots, fills, group)
            if level.head is not None:
                level.traded += wanted - lots
                break
            del levels[ranks.pop()]
        return fills

    def front(self, side: Side, limit_ticks: int | None) -> BookOrder | None:
        """The order that an incoming one would trade with first; None when none is in reach."""
        facing = self.asks if side is BUY else self.bids
        ranks = facing.ranks
        if not ranks or (limit_ticks is not None and ranks[-1] < limit_ticks * facing.sign):
            return None
        return facing.levels[ranks[-1]].head

    def crosses(self, side: Side, price_ticks: int) -> bool:
        """Whether an order at this price would trade on arrival."""
        facing = self.asks if side is BUY else self.bids
        ranks = facing.ranks
        return bool(ranks) and ranks[-1] >= price_ticks * facing.sign


def _take(level: Level, lots: int, fills: list[Fill], group: int) -> int:
    """Fill up to `lots` from the front of a queue; returns what is still wanted."""
    order = level.head
    while order is not None:
        if order.wary or order.group == group:
            order.before = None
            level.head = order
            return lots
        available = order.open_lots
        if available > lots:
            if lots:
                order.open_lots = available - lots
                level.lots -= lots
                fills.append((order, lots))
            order.before = None
            level.head = order
            return 0
        fills.append((order, available))
        lots -= available
        level.lots -= available
        level.orders -= 1
        after = order.after
        order.open_lots = 0
        order.level = order.before = order.after = None
        order = after
    level.head = level.tail = None
    return lots
