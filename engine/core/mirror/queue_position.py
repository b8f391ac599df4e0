"""Why an order has or has not filled: where it came to rest, and what became of what stood ahead.

What trades leaves a queue from its front, so one count of a level's trades serves all its orders:
what has traded ahead of an order is what its level has traded since it came to rest, less its own
fills. The rest of what is gone from ahead of it has left without trading.
"""

import msgspec

from engine.core.book import Level
from engine.core.orders.order import Order


class QueuePosition(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An order's place in its queue, and how it has come there since it joined the back of it.

    `ahead_at_rest_lots` is the sum of what has traded and been cancelled ahead and of what still is
    ahead.
    """

    rested_ns: int
    ahead_at_rest_lots: int
    """Everything in front of it then, displayed and others' orders."""
    ahead_lots: int
    """In front of it now."""
    cancelled_ahead_lots: int
    """Left without trading, as far as is known: by the queue model where a venue's depth fell; all
    that was displayed while the depth is not known."""
    traded_ahead_lots: int
    behind_lots: int
    printed_lots: int
    """Printed or traded at its price, its own fills included."""


def position(order: Order) -> QueuePosition | None:
    """Where an order stands; None when it does not rest in a book."""
    level = order.level
    if level is None:
        return None
    rested_ns, ahead_at_rest, traded_before, filled_before, given, beyond = order.standing
    ahead = level.ahead_of(order)
    traded = level.traded - traded_before
    traded_ahead = traded - (order.filled_lots - filled_before) + given
    return QueuePosition(
        rested_ns=rested_ns,
        ahead_at_rest_lots=ahead_at_rest,
        ahead_lots=ahead,
        cancelled_ahead_lots=ahead_at_rest - ahead - traded_ahead,
        traded_ahead_lots=traded_ahead,
        behind_lots=level.lots - ahead - order.open_lots,
        printed_lots=traded + beyond,
    )


def ours(level: Level | None) -> list[Order]:
    """The orders of traders in a queue, in priority order."""
    if level is None:
        return []
    return [order for order in level if isinstance(order, Order)]


def note_printed(orders: list[Order], lots: int) -> None:
    """So many lots more were printed at the price of these orders; their level counts the rest."""
    for order in orders:
        rested_ns, ahead, traded, filled, given, beyond = order.standing
        order.standing = (rested_ns, ahead, traded, filled, given, beyond + lots)


def note_traded(order: Order, lots: int) -> None:
    """So many lots ahead of an order, which seemed to have left, have traded."""
    rested_ns, ahead, traded, filled, given, beyond = order.standing
    order.standing = (rested_ns, ahead, traded, filled, given + lots, beyond)
