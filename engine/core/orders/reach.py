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
        (lots, value): at most `lots`, and the sum of price_ticks times lots over them.
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
        value += part * rank * facing.sign
        lots -= part + cut
    return found, value


class _Walk:
    """A way through the facing side, and what its fills so far would have done to other orders."""

    __slots__ = ("_gone", "_group", "_mode", "_taken", "_undiminished")

    def __init__(self, incoming: Order, *, undiminished: bool) -> None:
        self._group = incoming.group
        self._mode = incoming.command.self_trade
        self._undiminished = undiminished
        self._taken: dict[Account, int] = {}
        """Lots that each owner would have traded."""
        self._gone: dict[int, int] = {}
        """Lots that an order would have lost to the fills of the one linked to it."""

    def level(self, level: Level, wanted: int) -> tuple[int, int]:
        """What it would get at one price, and what its own orders would take off it."""
        got = cut = 0
        queue = deque(level)
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
        if not isinstance(order, Order):
            return lots
        owner, linked, shown = order.owner, order.linked, lots
        taken = self._taken.get(owner, 0)
        if linked is not None:
            lots = max(0, min(lots, lots + behind - self._gone.get(order.order_id, 0)))
        if order.reduce_only:
            closable = owner.position(order.symbol).closable(order.side)
            lots = min(lots, max(0, closable - taken))
        self._taken[owner] = taken + lots
        if linked is not None:
            whole = lots == shown and not behind
            gone = self._gone.get(linked.order_id, 0) + lots
            self._gone[linked.order_id] = linked.lots if whole else gone
        return lots


def _next_slice(order: BookOrder, left_of: dict[int, int]) -> tuple[int, int]:
    """(what an order shows, what it has behind that), at its turn in the queue."""
    left = left_of.get(order.order_id)
    if left is None:
        return order.open_lots, order.hidden_lots
    assert isinstance(order, Order), "displayed quantity hides nothing"
    assert order.display_lots is not None, "only icebergs come again"
    shown = min(order.display_lots, left)
    return shown, left - shown
