"""What stands in a queue of the book."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from engine.core.commands import Side

if TYPE_CHECKING:
    from engine.core.book.levels import Level


class BookOrder:
    """The part of an order that the book needs: its price, what is open, its place in a queue."""

    __slots__ = ("after", "before", "level", "open_lots", "order_id", "price_ticks", "side")

    displayed: ClassVar[bool] = False
    """True for quantity that a live venue displays, held by the market participant."""
    group: int = 0
    """Orders of one group never trade with each other; 0 is no group."""
    wary: bool = False
    """True when trading it may change other orders, or show more of itself: it is matched alone."""
    hidden_lots: int = 0
    """What it has behind `open_lots` and does not show."""

    def __init__(self, order_id: int, side: Side, price_ticks: int, open_lots: int) -> None:
        self.order_id = order_id
        self.side = side
        self.price_ticks = price_ticks
        self.open_lots = open_lots
        self.level: Level | None = None
        self.before: BookOrder | None = None
        self.after: BookOrder | None = None


class DisplayedOrder(BookOrder):
    """Quantity that a live venue displays at one price, in one unbroken run of the queue."""

    __slots__ = ()

    displayed = True
