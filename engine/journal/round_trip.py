"""One position as a trader thinks of it: a trade, from flat to flat.

What is closed is closed by a fill, or by the exchange without an order: taken over by the insurance
fund, deleveraged, or reset. Funding and fees are kept apart from what price made of it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from engine.core.commands import Side
from engine.core.units import Scale, quanta_decimal
from engine.journal.exact import (
    average_price,
    average_ticks,
    quanta_of_weight,
    weight_of,
    weight_of_value,
)
from engine.journal.rows import PositionRow


class ClosedBy(Enum):
    """What ended a round trip."""

    ORDER = "order"
    LIQUIDATION = "liquidation"
    """An order of the exchange, to restore its account's margin."""
    TAKEOVER = "takeover"
    """The insurance fund took the position."""
    DELEVERAGING = "deleveraging"
    """The position was closed against the opposite one, on either side."""
    RESET = "reset"


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
    entry_weight: int = 0
    exit_lots: int = 0
    exit_weight: int = 0
    realised_quanta: int = 0
    fees_quanta: int = 0
    funding_quanta: int = 0
    fills: int = 0
    closed_seq: int | None = None
    closed_ns: int | None = None
    closed_by: ClosedBy | None = None

    def enter(
        self, price_ticks: int, lots: int, fee_quanta: int, cost_quanta: int, scale: Scale
    ) -> None:
        """Lots were bought for a long, or sold for a short; `cost_quanta` is the new total."""
        self._grow(lots, weight_of(price_ticks, lots, scale), cost_quanta)
        self._take_fill(price_ticks, fee_quanta)

    def leave(
        self,
        price_ticks: int,
        lots: int,
        fee_quanta: int,
        cost_quanta: int,
        realised_quanta: int,
        scale: Scale,
    ) -> None:
        """Lots were given up, for a profit or loss."""
        self._shrink(lots, weight_of(price_ticks, lots, scale), cost_quanta, realised_quanta)
        self._take_fill(price_ticks, fee_quanta)

    def take_over(self, lots: int, value_quanta: int, cost_quanta: int, scale: Scale) -> None:
        """Lots came for a value, without a fill."""
        weight = weight_of_value(value_quanta, scale)
        self._grow(lots, weight, cost_quanta)
        self.see(average_ticks(weight, lots, scale))

    def give_up(
        self, lots: int, value_quanta: int, cost_quanta: int, realised_quanta: int, scale: Scale
    ) -> None:
        """Lots went for a value, without a fill."""
        weight = weight_of_value(value_quanta, scale)
        self._shrink(lots, weight, cost_quanta, realised_quanta)
        self.see(average_ticks(weight, lots, scale))

    def see(self, price_ticks: int) -> bool:
        """The market traded here while the position was open; True if that is a new extreme."""
        if price_ticks < self.lowest_ticks:
            self.lowest_ticks = price_ticks
            return True
        if price_ticks > self.highest_ticks:
            self.highest_ticks = price_ticks
            return True
        return False

    def close(self, seq: int, ts_ns: int, by: ClosedBy) -> None:
        """It is flat."""
        self.closed_seq = seq
        self.closed_ns = ts_ns
        self.closed_by = by

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
            entry_weight=Decimal(self.entry_weight),
            entry_price=average_price(self.entry_weight, self.entry_lots, scale),
            exit_lots=self.exit_lots,
            exit_weight=Decimal(self.exit_weight),
            exit_price=average_price(self.exit_weight, self.exit_lots, scale)
            if self.exit_lots
            else None,
            realised=quanta_decimal(self.realised_quanta),
            fees=quanta_decimal(self.fees_quanta),
            funding=quanta_decimal(self.funding_quanta),
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
            closed_by=None if self.closed_by is None else self.closed_by.value,
        )

    def _grow(self, lots: int, weight: int, cost_quanta: int) -> None:
        self.lots += lots if self.side is Side.BUY else -lots
        self.max_lots = max(self.max_lots, abs(self.lots))
        self.entry_lots += lots
        self.entry_weight += weight
        self.cost_quanta = cost_quanta

    def _shrink(self, lots: int, weight: int, cost_quanta: int, realised_quanta: int) -> None:
        self.lots -= lots if self.side is Side.BUY else -lots
        self.exit_lots += lots
        self.exit_weight += weight
        self.realised_quanta += realised_quanta
        self.cost_quanta = cost_quanta

    def _take_fill(self, price_ticks: int, fee_quanta: int) -> None:
        self.fees_quanta += fee_quanta
        self.fills += 1
        self.see(price_ticks)

    def _excursions_quanta(self, scale: Scale) -> tuple[int, int]:
        """(adverse, favourable): the largest size, valued at the extremes against its entry."""
        lowest = self._gain_quanta(self.lowest_ticks, scale)
        highest = self._gain_quanta(self.highest_ticks, scale)
        return max(0, -min(lowest, highest)), max(0, lowest, highest)

    def _gain_quanta(self, price_ticks: int, scale: Scale) -> int:
        if price_ticks <= 0:
            return 0
        worth = weight_of(price_ticks, self.max_lots, scale) * self.entry_lots
        rise = worth - self.entry_weight * self.max_lots
        grows = (self.side is Side.BUY) is not scale.inverse
        return quanta_of_weight(rise if grows else -rise, self.entry_lots, scale)
