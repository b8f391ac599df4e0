"""What an incoming order would get, played through on copies of the orders that it would meet."""

from copy import copy

from engine.core.commands import SelfTrade, Side
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_state import NaiveState


def own(x: NaiveState, resting: NaiveOrder, incoming: NaiveOrder) -> bool:
    """Whether two orders belong to one owner group."""
    if resting.displayed or incoming.displayed:
        return False
    return x.group(resting.account) == x.group(incoming.account)


def reach(
    x: NaiveState, incoming: NaiveOrder, lots: int, limit: int | None, *, decrement: bool = False
) -> list[tuple[int, int]]:
    """(price, lots) that an incoming order would get.

    An order that decrements itself goes on behind its own, smaller: asked for only where it is a
    question of what it may cost, not of whether it fills whole.
    """
    parts: list[tuple[int, int]] = []
    rehearsal = Rehearsal(x, x.book.facing(incoming.symbol, incoming.side, limit))
    mode = incoming.sent.self_trade
    while rehearsal.queue and lots:
        order = rehearsal.queue[0]
        if own(x, order, incoming):
            smaller = mode is SelfTrade.CANCEL_SMALLEST and order.open <= lots
            if mode is SelfTrade.DECREMENT_BOTH and decrement:
                lots -= min(order.open, lots)
            elif not (mode is SelfTrade.CANCEL_RESTING or smaller):
                break
            rehearsal.drop(order)
            continue
        part = min(order.shown, lots)
        lots -= part
        parts.append((order.price, part))
        rehearsal.fill(order, part)
    return parts


class Rehearsal:
    """Copies of facing orders, best first, and of the positions that bound some of them."""

    def __init__(self, x: NaiveState, facing: list[NaiveOrder]) -> None:
        copies = {id(order): copy(order) for order in facing}
        self.queue = list(copies.values())
        for order in self.queue:
            order.linked = None if order.linked is None else copies.get(id(order.linked))
        self.positions = {
            order.account: x.position_lots(order.account, order.symbol)
            for order in self.queue
            if not order.displayed
        }

    def drop(self, order: NaiveOrder) -> None:
        """An order is gone; the one linked to it lives on alone."""
        self.queue.remove(order)
        if order.linked is not None:
            order.linked.linked = None

    def fill(self, order: NaiveOrder, lots: int) -> None:
        order.open -= lots
        order.slice -= min(lots, order.slice)
        self._follow(order, lots)
        if order.open == 0:
            self.drop(order)
        elif order.display is not None and order.slice == 0:
            order.show_slice()
            self.queue.remove(order)
            behind = [i for i, other in enumerate(self.queue) if other.price == order.price]
            self.queue.insert(behind[-1] + 1 if behind else 0, order)

    def _follow(self, order: NaiveOrder, lots: int) -> None:
        """What the fill means for others of its owner."""
        other = order.linked
        if other is not None:
            if order.open == 0 or other.open <= lots:
                self.drop(other)
            else:
                other.lose(lots)
        if order.displayed:
            return
        position = self.positions[order.account]
        position += lots if order.side is Side.BUY else -lots
        self.positions[order.account] = position
        closable = max(0, position if order.side is Side.SELL else -position)
        for mine in [o for o in self.queue if o.account == order.account and o.open]:
            if mine.reduce_only and mine.open > closable:
                mine.lose(mine.open - closable)
                if mine.open == 0:
                    self.drop(mine)
