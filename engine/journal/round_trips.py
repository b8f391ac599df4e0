"""Positions as round trips: from flat to flat, with entries, exits and excursions.

The exchange knows one position per account and instrument; a trader thinks in trades. A fill that
goes through zero is divided: its closing lots end one round trip, the rest opens the next.
"""

from dataclasses import dataclass
from decimal import Decimal

from engine.core.commands import Side
from engine.core.events import OrderFilled, PositionChanged
from engine.core.units import Scale, prorate_half_even, quanta_decimal
from engine.journal.exact import average_price
from engine.journal.rows import PositionRow


@dataclass(slots=True)
class RoundTrip:
    """One position from its opening, in the integers of the exchange."""

    position_id: int
    account: str
    symbol: str
    side: Side
    tag: str
    opened_seq: int
    opened_ns: int
    lowest_ticks: int
    highest_ticks: int
    lots: int = 0
    """Signed."""
    cost_quanta: int = 0
    max_lots: int = 0
    entry_lots: int = 0
    entry_tick_lots: int = 0
    exit_lots: int = 0
    exit_tick_lots: int = 0
    realised_quanta: int = 0
    fees_quanta: int = 0
    fills: int = 0
    closed_seq: int | None = None
    closed_ns: int | None = None

    def enter(self, price_ticks: int, lots: int, fee_quanta: int, cost_quanta: int) -> None:
        """Lots were bought for a long, or sold for a short; `cost_quanta` is the new total."""
        self.lots += lots if self.side is Side.BUY else -lots
        self.max_lots = max(self.max_lots, abs(self.lots))
        self.entry_lots += lots
        self.entry_tick_lots += price_ticks * lots
        self._take_fill(price_ticks, fee_quanta, cost_quanta)

    def leave(
        self, price_ticks: int, lots: int, fee_quanta: int, cost_quanta: int, realised_quanta: int
    ) -> None:
        """Lots were given up, for a profit or loss."""
        self.lots -= lots if self.side is Side.BUY else -lots
        self.exit_lots += lots
        self.exit_tick_lots += price_ticks * lots
        self.realised_quanta += realised_quanta
        self._take_fill(price_ticks, fee_quanta, cost_quanta)

    def see(self, price_ticks: int) -> bool:
        """The market traded here while the position was open; True if that is a new extreme."""
        if price_ticks < self.lowest_ticks:
            self.lowest_ticks = price_ticks
            return True
        if price_ticks > self.highest_ticks:
            self.highest_ticks = price_ticks
            return True
        return False

    def close(self, seq: int, ts_ns: int) -> None:
        """It is flat."""
        self.closed_seq = seq
        self.closed_ns = ts_ns

    def row(self, scale: Scale) -> PositionRow:
        """What the history store keeps."""
        adverse, favourable = self._excursions_quanta(scale)
        return PositionRow(
            position_id=self.position_id,
            account=self.account,
            symbol=self.symbol,
            side="long" if self.side is Side.BUY else "short",
            state="open" if self.closed_seq is None else "closed",
            size=scale.size_decimal(self.lots),
            lots=self.lots,
            max_size=scale.size_decimal(self.max_lots),
            max_lots=self.max_lots,
            cost=quanta_decimal(self.cost_quanta),
            entry_lots=self.entry_lots,
            entry_tick_lots=Decimal(self.entry_tick_lots),
            entry_price=average_price(self.entry_tick_lots, self.entry_lots, scale),
            exit_lots=self.exit_lots,
            exit_tick_lots=Decimal(self.exit_tick_lots),
            exit_price=average_price(self.exit_tick_lots, self.exit_lots, scale)
            if self.exit_lots
            else None,
            realised=quanta_decimal(self.realised_quanta),
            fees=quanta_decimal(self.fees_quanta),
            fills=self.fills,
            lowest_ticks=self.lowest_ticks,
            highest_ticks=self.highest_ticks,
            mae=quanta_decimal(adverse),
            mfe=quanta_decimal(favourable),
            tag=self.tag,
            opened_seq=self.opened_seq,
            opened_at=self.opened_ns,
            closed_seq=self.closed_seq,
            closed_at=self.closed_ns,
        )

    def _take_fill(self, price_ticks: int, fee_quanta: int, cost_quanta: int) -> None:
        self.fees_quanta += fee_quanta
        self.cost_quanta = cost_quanta
        self.fills += 1
        self.see(price_ticks)

    def _excursions_quanta(self, scale: Scale) -> tuple[int, int]:
        """(adverse, favourable): distance from the average entry times the largest size."""
        below = self.entry_tick_lots - self.lowest_ticks * self.entry_lots
        above = self.highest_ticks * self.entry_lots - self.entry_tick_lots
        worth = self.max_lots * scale.notional_quanta_per_tick_lot
        down = prorate_half_even(max(0, below), worth, self.entry_lots)
        up = prorate_half_even(max(0, above), worth, self.entry_lots)
        return (down, up) if self.side is Side.BUY else (up, down)


class RoundTrips:
    """All open round trips, and the number of the last.

    Attributes:
        open: By (account, symbol).
    """

    def __init__(self, last_id: int = 0) -> None:
        self.open: dict[tuple[str, str], RoundTrip] = {}
        self._last_id = last_id

    def take(self, fill: OrderFilled, change: PositionChanged, tag: str) -> list[RoundTrip]:
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
            trip = trip or self._open(fill, tag)
            trip.enter(fill.price_ticks, lots, fill.fee_quanta, change.cost_quanta)
            return [trip]
        return self._reduce(trip, fill, change, lots, tag)

    def see(self, symbol: str, price_ticks: int) -> list[RoundTrip]:
        """The market traded; gives the open round trips for which that is a new extreme."""
        return [
            trip for trip in self.open.values() if trip.symbol == symbol and trip.see(price_ticks)
        ]

    def _reduce(
        self, trip: RoundTrip, fill: OrderFilled, change: PositionChanged, lots: int, tag: str
    ) -> list[RoundTrip]:
        closing = min(lots, abs(trip.lots))
        opening = lots - closing
        fee_quanta = prorate_half_even(fill.fee_quanta, closing, lots)
        cost_quanta = 0 if opening else change.cost_quanta
        trip.leave(fill.price_ticks, closing, fee_quanta, cost_quanta, change.realised_quanta)
        if trip.lots:
            return [trip]
        trip.close(fill.seq, fill.ts_ns)
        del self.open[trip.account, trip.symbol]
        if not opening:
            return [trip]
        following = self._open(fill, tag)
        rest_quanta = fill.fee_quanta - fee_quanta
        following.enter(fill.price_ticks, opening, rest_quanta, change.cost_quanta)
        return [trip, following]

    def _open(self, fill: OrderFilled, tag: str) -> RoundTrip:
        self._last_id += 1
        trip = RoundTrip(
            position_id=self._last_id,
            account=fill.account,
            symbol=fill.symbol,
            side=fill.side,
            tag=tag,
            opened_seq=fill.seq,
            opened_ns=fill.ts_ns,
            lowest_ticks=fill.price_ticks,
            highest_ticks=fill.price_ticks,
        )
        self.open[fill.account, fill.symbol] = trip
        return trip
