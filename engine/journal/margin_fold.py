"""Folds funding and liquidations into rows, and into the round trips that they change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.core.accounts.chart import INSURANCE
from engine.core.commands import BUY, SELL
from engine.core.events import (
    BorrowFeePaid,
    FundingPaid,
    FundingSettled,
    LotsClosed,
    PositionChanged,
    PositionDeleveraged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.instruments import Instrument
from engine.core.units import Scale, quanta_decimal
from engine.journal.exact import average_price, weight_of_value
from engine.journal.liquidation_rows import LIQUIDATION_EVENTS, liquidation_row
from engine.journal.margin_rows import (
    ClosedLotRow,
    ClosingRow,
    FundingRateRow,
    FundingRow,
    LiquidationRow,
)
from engine.journal.round_trip import ClosedBy, RoundTrip
from engine.journal.round_trips import Closing, RoundTrips

Markets = Mapping[str, tuple[Instrument, Scale]]
_TAKEN = {
    ReducedBy.BOOK: ClosedBy.LIQUIDATION,
    ReducedBy.FUND: ClosedBy.TAKEOVER,
    ReducedBy.DELEVERAGING: ClosedBy.DELEVERAGING,
}


@dataclass(slots=True)
class MarginRows:
    """Rows that have come about since they were last taken away."""

    funding: list[FundingRow] = field(default_factory=list)
    rates: list[FundingRateRow] = field(default_factory=list)
    liquidations: list[LiquidationRow] = field(default_factory=list)
    closings: list[ClosingRow] = field(default_factory=list)
    closed_lots: list[ClosedLotRow] = field(default_factory=list)


class MarginFold:
    """What margin does to round trips, in the order in which it happens.

    Args:
        trips: Kept up to date.
        markets: Terms and conversions by symbol.
        touch: Told of each round trip that changed.
    """

    def __init__(
        self, trips: RoundTrips, markets: Markets, touch: Callable[[RoundTrip], None]
    ) -> None:
        self._trips = trips
        self._markets = markets
        self._touch = touch
        self._rows = MarginRows()
        self.folds: dict[type, Callable[[Any, int], None]] = {
            **dict.fromkeys(LIQUIDATION_EVENTS, self._step),
            PositionLiquidated: self._liquidated,
            PositionDeleveraged: self._deleveraged,
            FundingPaid: self._funding,
            FundingSettled: self._settled,
            BorrowFeePaid: self._borrow_fee,
            LotsClosed: self._lots_closed,
        }

    def take(self) -> MarginRows:
        """The rows since the last time."""
        rows, self._rows = self._rows, MarginRows()
        return rows

    def reset(self, event: PositionChanged, n: int) -> None:
        """A position was closed without a fill because its portfolio begins again."""
        scale = self._markets[event.symbol][1]
        closing = self._trips.settle(event, ClosedBy.RESET, scale)
        self._note(closing, event, n, ClosedBy.RESET, event.lots)

    def _step(self, event: Any, n: int) -> None:
        self._rows.liquidations.append(liquidation_row(event, n, event.currency, None))

    def _liquidated(self, event: PositionLiquidated, n: int) -> None:
        instrument, scale = self._markets[event.symbol]
        by = _TAKEN[event.by]
        closing = self._trips.reduce(event, by, scale)
        trip = self._trips.last(event.account, event.symbol)
        if event.by is ReducedBy.FUND:
            taker = BUY if event.side is SELL else SELL
            for carried in self._trips.carry(event, INSURANCE, taker, scale):
                self._touch(carried)
        row = liquidation_row(event, n, instrument.settlement, scale)
        if trip is not None:
            trip.fees_quanta += event.fee_quanta
            if trip.closed_by is ClosedBy.ORDER:
                trip.closed_by = by
            row.position_id = trip.position_id
            self._touch(trip)
        self._rows.liquidations.append(row)
        self._note(closing, event, n, by, event.lots_left)

    def _deleveraged(self, event: PositionDeleveraged, n: int) -> None:
        instrument, scale = self._markets[event.symbol]
        closing = self._trips.reduce(event, ClosedBy.DELEVERAGING, scale)
        if event.against == INSURANCE:
            giver = BUY if event.side is SELL else SELL
            for carried in self._trips.carry(event, INSURANCE, giver, scale):
                self._touch(carried)
        row = liquidation_row(event, n, instrument.settlement, scale)
        row.position_id = None if closing is None else closing.trip.position_id
        self._rows.liquidations.append(row)
        self._note(closing, event, n, ClosedBy.DELEVERAGING, event.lots_left)

    def _note(
        self, closing: Closing | None, event: Any, n: int, by: ClosedBy, lots_left: int
    ) -> None:
        if closing is None:
            return
        self._touch(closing.trip)
        scale = self._markets[event.symbol][1]
        weight = weight_of_value(closing.value_quanta, scale)
        self._rows.closings.append(
            ClosingRow(
                seq=event.seq,
                n=n,
                ts=event.ts_ns,
                account=event.account,
                symbol=event.symbol,
                cause=by.value,
                side=closing.side.value,
                size=scale.size_decimal(closing.lots),
                lots=closing.lots,
                price=average_price(weight, closing.lots, scale),
                value=quanta_decimal(closing.value_quanta),
                realised=quanta_decimal(closing.realised_quanta),
                position_lots=lots_left,
                position_id=closing.trip.position_id,
            )
        )

    def _lots_closed(self, event: LotsClosed, n: int) -> None:
        """Told before the position changes: it is still open."""
        scale = self._markets[event.symbol][1]
        trip = self._trips.open.get((event.account, event.symbol))
        self._rows.closed_lots += [
            ClosedLotRow(
                seq=event.seq,
                n=n,
                part=part,
                ts=event.ts_ns,
                account=event.account,
                symbol=event.symbol,
                side=event.side.value,
                opened_trade_id=lot.trade_id,
                opened_at=lot.opened_ns,
                size=scale.size_decimal(lot.lots),
                lots=lot.lots,
                cost=quanta_decimal(lot.cost_quanta),
                value=quanta_decimal(lot.value_quanta),
                realised=quanta_decimal(lot.realised_quanta),
                position_id=None if trip is None else trip.position_id,
            )
            for part, lot in enumerate(event.lots, start=1)
        ]

    def _funding(self, event: FundingPaid, n: int) -> None:
        scale = self._markets[event.symbol][1]
        row = self._paid(event, n, "funding", event.boundary_ns)
        row.rate_ppb = event.rate_ppb
        row.mark = scale.price_decimal(event.mark_ticks)
        row.mark_ticks = event.mark_ticks

    def _borrow_fee(self, event: BorrowFeePaid, n: int) -> None:
        self._paid(event, n, "borrow", event.day_ns)

    def _paid(
        self, event: FundingPaid | BorrowFeePaid, n: int, kind: str, until_ns: int
    ) -> FundingRow:
        trip = self._trips.open.get((event.account, event.symbol))
        if trip is not None:
            trip.funding_quanta += event.paid_quanta
            self._touch(trip)
        row = FundingRow(
            seq=event.seq,
            n=n,
            ts=event.ts_ns,
            kind=kind,
            account=event.account,
            symbol=event.symbol,
            until=until_ns,
            rate_ppb=None,
            mark=None,
            mark_ticks=None,
            size=self._markets[event.symbol][1].size_decimal(event.lots),
            lots=event.lots,
            paid=quanta_decimal(event.paid_quanta),
            position_id=None if trip is None else trip.position_id,
        )
        self._rows.funding.append(row)
        return row

    def _settled(self, event: FundingSettled, n: int) -> None:
        self._rows.rates.append(
            FundingRateRow(
                seq=event.seq,
                n=n,
                ts=event.ts_ns,
                symbol=event.symbol,
                until=event.boundary_ns,
                rate_ppb=event.rate_ppb,
                mark=self._markets[event.symbol][1].price_decimal(event.mark_ticks),
                mark_ticks=event.mark_ticks,
                paid=quanta_decimal(event.paid_quanta),
            )
        )
