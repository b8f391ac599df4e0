"""Folds captured events into the rows of the history store.

The fold depends on the captured commands and on the store's own rows alone, so rows rebuilt from
the log equal those written live. It knows live orders and open round trips; what has ended is in
the store and is not touched again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.core.events import (
    BasketAccepted,
    CommandRejected,
    InstrumentListed,
    MarketTraded,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderRejected,
    OrderResized,
    OrderTriggered,
    PositionChanged,
    SelfTradePrevented,
    Traded,
    TriggerMoved,
)
from engine.core.instruments import Instrument
from engine.core.units import Scale, quanta_decimal
from engine.journal import event_rows
from engine.journal.capture import Captured
from engine.journal.margin_fold import MarginFold, MarginRows
from engine.journal.margin_rows import (
    ClosedLotRow,
    ClosingRow,
    FundingRateRow,
    FundingRow,
    InsuranceRow,
    LiquidationRow,
    PortfolioRow,
)
from engine.journal.order_fold import OrderFold
from engine.journal.portfolio_fold import PortfolioFold, PortfolioState
from engine.journal.round_trip import RoundTrip
from engine.journal.round_trips import RoundTrips
from engine.journal.rows import (
    DepositRow,
    EquityRow,
    EventRow,
    FillRow,
    InstrumentRow,
    OrderRow,
    PositionRow,
    Row,
    VenueEventRow,
)
from engine.journal.valuing import equity_rows
from engine.journal.venue_rows import VENUE_EVENTS, venue_row


@dataclass(slots=True)
class Batch:
    """Rows to be written in one transaction; a later state of a row replaces the earlier."""

    instruments: dict[str, InstrumentRow] = field(default_factory=dict)
    deposits: list[DepositRow] = field(default_factory=list)
    orders: dict[int, OrderRow] = field(default_factory=dict)
    events: list[EventRow] = field(default_factory=list)
    fills: list[FillRow] = field(default_factory=list)
    positions: dict[int, PositionRow] = field(default_factory=dict)
    equity: list[EquityRow] = field(default_factory=list)
    venue: list[VenueEventRow] = field(default_factory=list)
    insurance: list[InsuranceRow] = field(default_factory=list)
    portfolios: dict[str, PortfolioRow] = field(default_factory=dict)
    margin: MarginRows = field(default_factory=MarginRows)

    def rows(self) -> list[tuple[type[Row], list[Any]]]:
        """The rows by table, tables without rows left out."""
        all_rows: list[tuple[type[Row], list[Any]]] = [
            (InstrumentRow, list(self.instruments.values())),
            (DepositRow, self.deposits),
            (OrderRow, list(self.orders.values())),
            (EventRow, self.events),
            (FillRow, self.fills),
            (PositionRow, list(self.positions.values())),
            (EquityRow, self.equity),
            (VenueEventRow, self.venue),
            (FundingRow, self.margin.funding),
            (FundingRateRow, self.margin.rates),
            (LiquidationRow, self.margin.liquidations),
            (ClosingRow, self.margin.closings),
            (ClosedLotRow, self.margin.closed_lots),
            (InsuranceRow, self.insurance),
            (PortfolioRow, list(self.portfolios.values())),
        ]
        return [(kind, rows) for kind, rows in all_rows if rows]


@dataclass(slots=True)
class FoldState:
    """What the fold remembers; a store gives it back as of its last command."""

    instruments: dict[str, Instrument] = field(default_factory=dict)
    orders: dict[int, OrderRow] = field(default_factory=dict)
    """Live orders."""
    trips: RoundTrips = field(default_factory=RoundTrips)
    portfolios: PortfolioState = field(default_factory=PortfolioState)
    fund: dict[str, int] = field(default_factory=dict)
    """Quanta that the insurance fund had last, by currency."""


class Projection:
    """Turns captured commands, in order, into batches of rows."""

    def __init__(self, state: FoldState | None = None) -> None:
        self._state = state or FoldState()
        self._markets: dict[str, tuple[Instrument, Scale]] = {
            symbol: (instrument, Scale(instrument))
            for symbol, instrument in self._state.instruments.items()
        }
        self._touched_trips: dict[int, RoundTrip] = {}
        self._orders = OrderFold(self._state.orders, self._markets, self._open_trip)
        self._portfolios = PortfolioFold(self._state.portfolios)
        self._margin = MarginFold(self._state.trips, self._markets, self._touch)
        self._command = ""
        self._fill: tuple[OrderFilled, int] | None = None
        self._batch = Batch()
        self._folds: dict[type, Callable[[Any, int], None]] = {
            **dict.fromkeys(self._portfolios.folds, self._portfolio),
            **dict.fromkeys(VENUE_EVENTS, self._venue),
            **dict.fromkeys(
                self._portfolios.folds.keys() & VENUE_EVENTS.keys(), self._portfolio_and_venue
            ),
            **self._margin.folds,
            InstrumentListed: self._listed,
            OrderRejected: self._orders.rejected,
            CommandRejected: self._refused,
            OrderAccepted: self._orders.accepted,
            OrderAmended: self._orders.happened,
            OrderResized: self._orders.happened,
            OrderRefilled: self._orders.happened,
            TriggerMoved: self._orders.happened,
            OrderTriggered: self._orders.happened,
            SelfTradePrevented: self._orders.prevented,
            OrderFilled: self._filled,
            PositionChanged: self._position,
            OrderDone: self._orders.happened,
            BasketAccepted: self._basket,
            Traded: self._traded,
            MarketTraded: self._traded,
        }

    @property
    def kinds(self) -> tuple[type, ...]:
        """The classes of events that it takes in."""
        return tuple(self._folds)

    def fold(self, captured: Captured) -> None:
        """Take in one command.

        Raises:
            LifeCycleError: An event says of an order what cannot happen to it.
        """
        self._command = captured.command
        self._state.trips.closed.clear()
        self._orders.begin(captured.command)
        for n, event in enumerate(captured.events):
            self._folds[type(event)](event, n)
        for valuation in captured.valuations:
            account = valuation.account
            deposited = self._state.portfolios.deposited.get(account, {})
            resets = self._portfolios.resets(account)
            self._batch.equity += equity_rows(
                valuation, deposited, self._markets, captured.seq, captured.ts_ns, resets
            )
        for currency, balance_quanta in captured.fund.items():
            self._fund(captured, currency, balance_quanta)

    def take_batch(self) -> Batch:
        """The rows that changed since the last time."""
        batch, self._batch = self._batch, Batch()
        batch.orders, batch.events = self._orders.take()
        batch.portfolios, batch.deposits = self._portfolios.take()
        batch.margin = self._margin.take()
        for trip in self._touched_trips.values():
            batch.positions[trip.position_id] = trip.row(self._scale(trip.symbol))
        self._touched_trips.clear()
        return batch

    def _scale(self, symbol: str) -> Scale:
        return self._markets[symbol][1]

    def _listed(self, event: InstrumentListed, n: int) -> None:
        del n
        instrument = event.instrument
        self._markets[instrument.symbol] = (instrument, Scale(instrument))
        self._batch.instruments[instrument.symbol] = InstrumentRow(
            symbol=instrument.symbol,
            venue=instrument.venue,
            asset_class=instrument.asset_class.value,
            base=instrument.base,
            quote=instrument.quote,
            settlement=instrument.settlement,
            tick_size=instrument.tick_size,
            lot_size=instrument.lot_size,
            multiplier=instrument.multiplier,
            maker_fee_ppm=instrument.maker_fee_ppm,
            taker_fee_ppm=instrument.taker_fee_ppm,
            calendar=instrument.calendar,
            band_ppm=instrument.band_ppm,
            listed_seq=event.seq,
            listed_at=event.ts_ns,
        )

    def _fund(self, captured: Captured, currency: str, balance_quanta: int) -> None:
        if self._state.fund.get(currency, 0) == balance_quanta:
            return
        self._state.fund[currency] = balance_quanta
        self._batch.insurance.append(
            InsuranceRow(
                seq=captured.seq,
                ts=captured.ts_ns,
                currency=currency,
                balance=quanta_decimal(balance_quanta),
            )
        )

    def _portfolio(self, event: Any, n: int) -> None:
        del n
        self._portfolios.folds[type(event)](event)

    def _portfolio_and_venue(self, event: Any, n: int) -> None:
        self._portfolio(event, n)
        self._venue(event, n)

    def _refused(self, event: CommandRejected, n: int) -> None:
        if event.account:
            self._orders.refused(event, n)
        else:
            self._venue(event, n)

    def _venue(self, event: Any, n: int) -> None:
        self._batch.venue.append(venue_row(event, n, self._command, self._markets))

    def _basket(self, event: BasketAccepted, n: int) -> None:
        self._orders.basket(event)
        self._venue(event, n)

    def _filled(self, event: OrderFilled, n: int) -> None:
        self._orders.happened(event, n)
        self._fill = event, n

    def _position(self, event: PositionChanged, n: int) -> None:
        """The change that the fill just before it caused; without one, a reset did."""
        if self._fill is None:
            self._margin.reset(event, n)
            return
        fill, fill_n = self._fill
        self._fill = None
        order = self._orders.order(fill.order_id)
        instrument, scale = self._markets[event.symbol]
        trips = self._state.trips.take(fill, event, order.tag, scale)
        for trip in trips:
            self._touch(trip)
        chosen = (event.account, event.symbol) in self._state.portfolios.margined
        margined = chosen or not instrument.asset_class.owned
        row = event_rows.fill(fill, event, fill_n, order, scale, margined=margined)
        row.position_id = trips[-1].position_id if trips else None
        if order.position_id is None:
            order.position_id = row.position_id
        self._batch.fills.append(row)

    def _traded(self, event: Traded | MarketTraded, n: int) -> None:
        del n
        for trip in self._state.trips.see(event.symbol, event.price_ticks):
            self._touch(trip)

    def _touch(self, trip: RoundTrip) -> None:
        self._touched_trips[trip.position_id] = trip

    def _open_trip(self, account: str, symbol: str) -> int | None:
        trip = self._state.trips.open.get((account, symbol))
        return None if trip is None else trip.position_id
