"""A position: how much is open, what it cost, what it has realised, what stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.core.accounts.lots import Lot, take
from engine.core.commands import BUY, LotMethod, Side
from engine.core.margin_terms import CASH, MarginMode
from engine.core.units import prorate_half_even

if TYPE_CHECKING:
    from engine.core.accounts.ledger import LedgerAccount
    from engine.core.orders.order import Order


AVERAGE = LotMethod.AVERAGE
LIFO = LotMethod.LIFO


class Position:
    """One account's holding in one instrument.

    Attributes:
        mode: How it is paid for.
        leverage: What its owner chose; None: by the portfolio or the instrument.
        lots: Signed; negative is short.
        cost_quanta: What the open lots cost, fees apart: signed like `lots`, and the other way
            round for inverse contracts, whose worth falls when the price rises.
        method: Which lots a closing fill closes.
        tranches: The lots that make it up, oldest first; empty where the average cost counts.
        taken: What the latest closing took off them, until that is told.
        realised_quanta: Profit realised so far, before fees.
        fees_quanta: Fees paid so far, less rebates.
        funding_quanta: Funding and borrow fees paid since it was opened, less what was received.
        margin_quanta: Initial margin held for the open lots of a cross position; otherwise 0.
        buy_hold_quanta: What its orders to buy would hold on their own; margined only.
        sell_hold_quanta: The same for its orders to sell.
        held_quanta: What margin and orders hold together, on the cash account; margined only.
        isolated: What stands behind an isolated position; None for others.
        unrealised_quanta: At the mark; 0 without one. Margined only.
        maintenance_quanta: What its margin must not fall to. Margined only.
        warned_pct: The highest warning that an isolated position has had; 0 for none.
        seized: Whether it is being liquidated, within a command: what its closing frees stays.
        opened_ns: When it left flat; 0 while it is flat.
        largest_lots: The largest size since then, without sign.
        best_quanta: The highest unrealised profit at a mark since then (MFE); never below 0.
        worst_quanta: The lowest (MAE); never above 0.
        closing_lots: How many of the open lots live orders already count on closing.
        reducing: Live orders that may only reduce it, oldest first, by number.
        reducing_lots_max: No order of `reducing` has more open than this.
        reducing_long: Whether it was long when these orders last fitted it.
        exits: Live orders whose quantity follows it.
    """

    __slots__ = (
        "best_quanta",
        "buy_hold_quanta",
        "closing_lots",
        "cost_quanta",
        "exits",
        "fees_quanta",
        "funding_quanta",
        "held_quanta",
        "isolated",
        "largest_lots",
        "leverage",
        "lots",
        "maintenance_quanta",
        "margin_quanta",
        "method",
        "mode",
        "opened_ns",
        "realised_quanta",
        "reducing",
        "reducing_long",
        "reducing_lots_max",
        "seized",
        "sell_hold_quanta",
        "taken",
        "tranches",
        "unrealised_quanta",
        "warned_pct",
        "worst_quanta",
    )

    def __init__(self, mode: MarginMode = CASH) -> None:
        self.mode = mode
        self.leverage: int | None = None
        self.lots = 0
        self.cost_quanta = 0
        self.method = AVERAGE
        self.tranches: list[Lot] = []
        self.taken: list[Lot] = []
        self.realised_quanta = 0
        self.fees_quanta = 0
        self.funding_quanta = 0
        self.margin_quanta = 0
        self.buy_hold_quanta = 0
        self.sell_hold_quanta = 0
        self.held_quanta = 0
        self.isolated: LedgerAccount | None = None
        self.unrealised_quanta = 0
        self.maintenance_quanta = 0
        self.warned_pct = 0
        self.seized = False
        self.opened_ns = 0
        self.largest_lots = 0
        self.best_quanta = 0
        self.worst_quanta = 0
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

    def is_margined(self, *, owned: bool) -> bool:
        """Whether it is held on margin; `owned`: the asset of its instrument changes hands."""
        return not owned or self.mode is not CASH

    def closable(self, side: Side) -> int:
        """How many lots orders of this side can close."""
        return max(0, -self.lots if side is BUY else self.lots)

    def fill(
        self, signed_lots: int, signed_value_quanta: int, now_ns: int = 0, trade_id: int = 0
    ) -> int:
        """Add a fill; what closes is taken off at its cost by the lot method, the rest opens.

        Args:
            signed_lots: Positive when bought.
            signed_value_quanta: Price times lots, signed like `signed_lots`.
            now_ns: When, for a position or a lot that it opens.
            trade_id: Which trade, for a lot that it opens.

        Returns:
            The profit realised by what this fill closed.
        """
        held = self.lots
        if not held or (held > 0) is (signed_lots > 0):
            self.lots = lots = held + signed_lots
            self.cost_quanta += signed_value_quanta
            if not held:
                self._begin(now_ns)
            if lots > self.largest_lots or -lots > self.largest_lots:
                self.largest_lots = abs(lots)
            if self.method is not AVERAGE:
                self.tranches.append(Lot(trade_id, now_ns, signed_lots, signed_value_quanta))
            return 0
        closing = min(abs(held), abs(signed_lots))
        if self.method is AVERAGE:
            closed_cost = prorate_half_even(self.cost_quanta, closing, abs(held))
        else:
            self.taken = take(self.tranches, closing, newest_first=self.method is LIFO)
            closed_cost = sum(lot.cost_quanta for lot in self.taken)
        closed_value = signed_value_quanta * closing // abs(signed_lots)
        realised = -(closed_cost + closed_value)
        self.lots = lots = held + signed_lots
        self.cost_quanta += signed_value_quanta - closed_value - closed_cost
        self.realised_quanta += realised
        if not lots:
            self.opened_ns = 0
        elif (lots > 0) is not (held > 0):
            self._begin(now_ns)
            self.largest_lots = abs(lots)
            if self.method is not AVERAGE:
                self.tranches.append(Lot(trade_id, now_ns, lots, self.cost_quanta))
        return realised

    def _begin(self, now_ns: int) -> None:
        """A new position opens: what the one before it was remembered for is forgotten."""
        self.opened_ns = now_ns
        self.largest_lots = 0
        self.best_quanta = self.worst_quanta = 0
        self.funding_quanta = 0
