"""What an incoming order would get if it came now, without touching anything.

Hidden quantity counts, own orders do not. An order that the fills before it would make smaller
counts for what would be left of it: of two linked orders as much as both may fill together, of
reduce-only orders as much as there is of the position.
"""

from collections import deque

from engine.core.accounts import Account
from engine.core.book import BookOrder, Level
from engine.core.book.order_book import LOWEST_RANK
from engine.core.commands import SelfTrade
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.orders.self_trade import yields

DECREMENT_BOTH = SelfTrade.DECREMENT_BOTH


def reach(
    market: Market, order: Order, lots: int, limit_ticks: int | None, *, undiminished: bool = True
) -> tuple[int, int]:
    """What an order would get at once.

    Args:
        lots: How much it would want.
        limit_ticks: The worst price it would take; None for any.
        undiminished: What it gets before one of its own orders would stop it or make it smaller.
            False for all it could ever get: made smaller, it goes on.

    Returns:
        (lots, value): at most `lots`, and what they would cost, in quanta of settlement.
    """
    facing = market.book.facing(order.side)
    floor = LOWEST_RANK if limit_ticks is None else limit_ticks * facing.sign
    walk = _Walk(order, undiminished=undiminished)
    found = value = 0
    for rank in reversed(facing.ranks):
        if not lots or rank < floor:
            break
        part, cut = walk.level(facing.levels[rank], lots)
        found += part
        value += market.scale.notional_quanta(rank * facing.sign, part)
        lots -= part + cut
    return found, value


class _Walk:
    """A way through the facing side, and what its fills so far would have done to other orders."""

    __slots__ = ("_gone", "_group", "_met", "_mode", "_undiminished")

    def __init__(self, incoming: Order, *, undiminished: bool) -> None:
        self._group = incoming.group
        self._mode = incoming.command.self_trade
        self._undiminished = undiminished
        self._met: list[tuple[BookOrder, int]] = []
        """Facing orders on the way, and the lots that each would have traded."""
        self._gone: dict[int, int] = {}
        """Lots that an order would have lost to the fills of the one linked to it."""

    def level(self, level: Level, wanted: int) -> tuple[int, int]:
        """What it would get at one price, and what its own orders would take off it."""
        got = 0
        order = level.head
        while order is not None and not order.wary and order.group != self._group:
            self._met.append((order, order.open_lots))
            got += order.open_lots
            if got >= wanted:
                return wanted, 0
            order = order.after
        if order is None:
            return got, 0
        return self._queue(order, got, wanted)

    def _queue(self, first: BookOrder, got: int, wanted: int) -> tuple[int, int]:
        """The rest of a queue, order by order and slice by slice."""
        cut = 0
        queue: deque[BookOrder] = deque()
        order: BookOrder | None = first
        while order is not None:
            queue.append(order)
            order = order.after
        left_of: dict[int, int] = {}
        """What icebergs that were met have behind their slices."""
        while queue and got + cut < wanted:
            order = queue.popleft()
            slice_lots, behind = _next_slice(order, left_of)
            if order.group == self._group:
                own_lots = slice_lots + behind
                left = wanted - got - cut
                if self._mode is DECREMENT_BOTH and not self._undiminished:
                    cut += min(own_lots, left)
                elif not yields(self._mode, own_lots, left):
                    return got, wanted - got
                continue
            taken = self._take(order, slice_lots, behind)
            got += min(taken, wanted - got - cut)
            if behind and taken == slice_lots:
                left_of[order.order_id] = behind
                queue.append(order)
        return got, cut

    def _take(self, order: BookOrder, lots: int, behind: int) -> int:
        """Count what a facing order shows as filled; returns what of it would be there by then.

        Args:
            lots: What it shows.
            behind: What it has behind that.
        """
        shown = lots
        if isinstance(order, Order) and order.wary:
            if order.linked is not None:
                lots = max(0, min(lots, lots + behind - self._gone.get(order.order_id, 0)))
            if order.reduce_only:
                closable = order.owner.position(order.symbol).closable(order.side)
                lots = min(lots, max(0, closable - self._taken_of(order.owner)))
            if order.linked is not None:
                whole = lots == shown and not behind
                gone = self._gone.get(order.linked.order_id, 0) + lots
                self._gone[order.linked.order_id] = order.linked.lots if whole else gone
        self._met.append((order, lots))
        return lots

    def _taken_of(self, owner: Account) -> int:
        """What the orders of one owner would have traded by now."""
        return sum(
            lots for order, lots in self._met if isinstance(order, Order) and order.owner is owner
        )


def _next_slice(order: BookOrder, left_of: dict[int, int]) -> tuple[int, int]:
    """(what an order shows, what it has behind that), at its turn in the queue."""
    left = left_of.get(order.order_id)
    if left is None:
        return order.open_lots, order.hidden_lots
    assert isinstance(order, Order), "displayed quantity hides nothing"
    assert order.display_lots is not None, "only icebergs come again"
    shown = min(order.display_lots, left)
    return shown, left - shown
