"""Positions as round trips: from flat to flat, with entries, exits and excursions.

The exchange knows one position per account and instrument; a trader thinks in trades. A fill that
goes through zero is divided: its closing lots end one round trip, the rest opens the next.
"""

from typing import NamedTuple

from engine.core.commands import Side
from engine.core.events import (
    OrderFilled,
    PositionChanged,
    PositionDeleveraged,
    PositionLiquidated,
)
from engine.core.units import Scale, prorate_half_even
from engine.journal.exact import average_ticks, weight_of_value
from engine.journal.round_trip import ClosedBy, RoundTrip

Reduction = PositionLiquidated | PositionDeleveraged


class Closing(NamedTuple):
    """A part of a position that was closed without a fill."""

    trip: RoundTrip
    side: Side
    """SELL closed a long."""
    lots: int
    value_quanta: int
    realised_quanta: int


class RoundTrips:
    """All open round trips, and the number of the last.

    Attributes:
        open: By (account, symbol).
        closed: Those that the command in hand has closed, the last of each; its caller forgets
            them with the command.
    """

    def __init__(self, last_id: int = 0) -> None:
        self.open: dict[tuple[str, str], RoundTrip] = {}
        self.closed: dict[tuple[str, str], RoundTrip] = {}
        self._last_id = last_id

    def take(
        self, fill: OrderFilled, change: PositionChanged, tag: str, scale: Scale
    ) -> list[RoundTrip]:
        """Fold one fill in.

        Returns:
            The round trips that it changed: one, or two when it went through zero. None when it
            sold coins that were not bought here, which belong to no position.
        """
        trip = self.open.get((fill.account, fill.symbol))
        held = 0 if trip is None else trip.lots
        lots = abs(change.lots - held)
        if not lots:
            return []
        if trip is None or trip.side is fill.side:
            trip = trip or self._open(fill, fill.account, fill.side, fill.price_ticks, tag)
            trip.enter(fill.price_ticks, lots, fill.fee_quanta, change.cost_quanta, scale)
            return [trip]
        return self._reduce(trip, fill, change, lots, tag, scale)

    def see(self, symbol: str, price_ticks: int) -> list[RoundTrip]:
        """The market traded; gives the open round trips for which that is a new extreme."""
        return [
            trip for trip in self.open.values() if trip.symbol == symbol and trip.see(price_ticks)
        ]

    def settle(self, change: PositionChanged, by: ClosedBy, scale: Scale) -> Closing | None:
        """A position became smaller without a fill; None where it did not.

        What it was closed for follows from what it cost and what that realised.
        """
        trip = self.open.get((change.account, change.symbol))
        if trip is None or abs(change.lots) >= abs(trip.lots):
            return None
        paid_quanta = abs(change.cost_quanta - trip.cost_quanta - change.realised_quanta)
        lots = abs(trip.lots - change.lots)
        trip.give_up(lots, paid_quanta, change.cost_quanta, change.realised_quanta, scale)
        self._end_if_flat(trip, change, by)
        side = Side.SELL if trip.side is Side.BUY else Side.BUY
        return Closing(trip, side, lots, paid_quanta, change.realised_quanta)

    def reduce(self, change: Reduction, by: ClosedBy, scale: Scale) -> Closing | None:
        """A part of a position went for a value, without a fill; None where that is known already.

        A liquidation that the book took is told by its fills, and once more as a whole.
        """
        trip = self.open.get((change.account, change.symbol))
        lots = 0 if trip is None else abs(trip.lots) - abs(change.lots_left)
        if trip is None or lots <= 0:
            return None
        signed_quanta = change.value_quanta if change.side is Side.BUY else -change.value_quanta
        if scale.inverse:
            signed_quanta = -signed_quanta
        cost_quanta = trip.cost_quanta + signed_quanta + change.realised_quanta
        trip.give_up(lots, change.value_quanta, cost_quanta, change.realised_quanta, scale)
        self._end_if_flat(trip, change, by)
        return Closing(trip, change.side, lots, change.value_quanta, change.realised_quanta)

    def carry(self, event: Reduction, account: str, side: Side, scale: Scale) -> list[RoundTrip]:
        """The insurance fund took a position over, or gave it up: it bought or sold for a value.

        It closes at its average cost.
        """
        lots, value_quanta = event.lots, event.value_quanta
        grows = side is Side.BUY
        signed_quanta = value_quanta if grows is not scale.inverse else -value_quanta
        trip = self.open.get((account, event.symbol))
        changed = []
        if trip is not None and trip.side is not side:
            closing = min(lots, abs(trip.lots))
            cost_quanta = prorate_half_even(trip.cost_quanta, closing, abs(trip.lots))
            paid_quanta = prorate_half_even(signed_quanta, closing, lots)
            left_quanta = trip.cost_quanta - cost_quanta
            realised_quanta = -(cost_quanta + paid_quanta)
            trip.give_up(closing, abs(paid_quanta), left_quanta, realised_quanta, scale)
            self._end_if_flat(trip, event, ClosedBy.DELEVERAGING)
            changed.append(trip)
            lots -= closing
            signed_quanta -= paid_quanta
        if lots:
            trip = self.open.get((account, event.symbol))
            if trip is None:
                ticks = average_ticks(weight_of_value(abs(signed_quanta), scale), lots, scale)
                trip = self._open(event, account, side, ticks, "")
            total_quanta = trip.cost_quanta + signed_quanta
            trip.take_over(lots, abs(signed_quanta), total_quanta, scale)
            changed.append(trip)
        return changed

    def last(self, account: str, symbol: str) -> RoundTrip | None:
        """The round trip that is open, or that the command in hand has closed."""
        key = account, symbol
        return self.open.get(key) or self.closed.get(key)

    def _reduce(
        self,
        trip: RoundTrip,
        fill: OrderFilled,
        change: PositionChanged,
        lots: int,
        tag: str,
        scale: Scale,
    ) -> list[RoundTrip]:
        closing = min(lots, abs(trip.lots))
        opening = lots - closing
        fee_quanta = prorate_half_even(fill.fee_quanta, closing, lots)
        cost_quanta = 0 if opening else change.cost_quanta
        realised_quanta = change.realised_quanta
        trip.leave(fill.price_ticks, closing, fee_quanta, cost_quanta, realised_quanta, scale)
        if trip.lots:
            return [trip]
        self._end_if_flat(trip, fill, ClosedBy.ORDER)
        if not opening:
            return [trip]
        following = self._open(fill, fill.account, fill.side, fill.price_ticks, tag)
        rest_quanta = fill.fee_quanta - fee_quanta
        following.enter(fill.price_ticks, opening, rest_quanta, change.cost_quanta, scale)
        return [trip, following]

    def _end_if_flat(
        self, trip: RoundTrip, event: OrderFilled | PositionChanged | Reduction, by: ClosedBy
    ) -> None:
        if not trip.lots:
            trip.close(event.seq, event.ts_ns, by)
            key = trip.account, trip.symbol
            self.closed[key] = self.open.pop(key)

    def _open(
        self, event: OrderFilled | Reduction, account: str, side: Side, ticks: int, tag: str
    ) -> RoundTrip:
        self._last_id += 1
        trip = RoundTrip(
            position_id=self._last_id,
            account=account,
            symbol=event.symbol,
            side=side,
            tag=tag,
            opened_seq=event.seq,
            opened_ns=event.ts_ns,
            lowest_ticks=ticks,
            highest_ticks=ticks,
        )
        self.open[account, event.symbol] = trip
        return trip
