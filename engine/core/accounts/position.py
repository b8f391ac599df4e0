"""A position: how much is open, what it cost at its average entry, what it has realised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.commands import BUY, Side
from engine.core.units import prorate_half_even

if TYPE_CHECKING:
    from engine.core.orders.order import Order


class Position:
    """One account's holding in one instrument.

    Attributes:
        lots: Signed; negative is short.
        cost_quanta: What the open lots cost, signed like `lots`, fees apart.
        realised_quanta: Profit realised so far, before fees.
        fees_quanta: Fees paid so far, less rebates.
        margin_quanta: Collateral held for the open lots; 0 for spot.
        closing_lots: How many of the open lots live orders already count on closing.
        reducing: Live orders that may only reduce it, oldest first, by number.
        reducing_lots_max: No order of `reducing` has more open than this.
        reducing_long: Whether it was long when these orders last fitted it.
        exits: Live orders whose quantity follows it.
    """

    __slots__ = (
        "closing_lots",
        "cost_quanta",
        "exits",
        "fees_quanta",
        "lots",
        "margin_quanta",
        "realised_quanta",
        "reducing",
        "reducing_long",
        "reducing_lots_max",
    )

    def __init__(self) -> None:
        self.lots = 0
        self.cost_quanta = 0
        self.realised_quanta = 0
        self.fees_quanta = 0
        self.margin_quanta = 0
        self.closing_lots = 0
        self.reducing: dict[int, Order] = {}
        self.reducing_lots_max = 0
        self.reducing_long = False
        self.exits: list[Order] = []

    def let_reduce(self, order: Order) -> None:
        """Keep an order fitting that may only reduce it; told of each order, and when one grows."""
        self.reducing[order.order_id] = order
        self.reducing_long = self.lots > 0
        if order.open_lots + order.hidden_lots > self.reducing_lots_max:
            self.reducing_lots_max = order.open_lots + order.hidden_lots

    def reducing_fits(self) -> bool:
        """Whether no order that may only reduce it can be too large, as far as is known at once."""
        return abs(self.lots) >= self.reducing_lots_max and (self.lots > 0) is self.reducing_long

    def closable(self, side: Side) -> int:
        """How many lots orders of this side can close."""
        return max(0, -self.lots if side is BUY else self.lots)

    def fill(self, signed_lots: int, signed_value_quanta: int) -> int:
        """Add a fill; what closes is taken off at the average entry, the rest opens.

        Args:
            signed_lots: Positive when bought.
            signed_value_quanta: Price times lots, signed like `signed_lots`.

        Returns:
            The profit realised by what this fill closed.
        """
        held = self.lots
        if not held or (held > 0) is (signed_lots > 0):
            self.lots = held + signed_lots
            self.cost_quanta += signed_value_quanta
            return 0
        closing = min(abs(held), abs(signed_lots))
        closed_cost = prorate_half_even(self.cost_quanta, closing, abs(held))
        closed_value = signed_value_quanta * closing // abs(signed_lots)
        realised = -(closed_cost + closed_value)
        self.lots = held + signed_lots
        self.cost_quanta += signed_value_quanta - closed_value - closed_cost
        self.realised_quanta += realised
        return realised
