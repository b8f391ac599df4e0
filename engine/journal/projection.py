"""Folds captured events into the rows of the history store.

The fold depends on the captured commands and on the store's own rows alone, so rows rebuilt from
the log equal those written live. It knows live orders and open round trips; what has ended is in
the store and is not touched again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from engine.core.events import (
    CommandRejected,
    Deposited,
    InstrumentListed,
    MarketTraded,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRejected,
    PositionChanged,
    Traded,
)
from engine.core.instruments import Instrument
from engine.core.units import Scale, quanta_decimal
from engine.journal import event_rows
from engine.journal.capture import Captured
from engine.journal.exact import average_price
from engine.journal.round_trips import RoundTrip, RoundTrips
from engine.journal.rows import (
    DepositRow,
    EquityRow,
    EventRow,
    FillRow,
    InstrumentRow,
    OrderRow,
    PositionRow,
    Row,
)
from engine.journal.valuing import equity_rows


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
        ]
        return [(kind, rows) for kind, rows in all_rows if rows]


@dataclass(slots=True)
class FoldState:
    """What the fold remembers; a store gives it back as of its last command."""

    instruments: dict[str, Instrument] = field(default_factory=dict)
    orders: dict[int, OrderRow] = field(default_factory=dict)
    """Working orders."""
    trips: RoundTrips = field(default_factory=RoundTrips)
    deposited: dict[str, dict[str, int]] = field(default_factory=dict)
    """Quanta paid in, by account and currency."""


class Projection:
    """Turns captured commands, in order, into batches of rows."""

    def __init__(self, state: FoldState | None = None) -> None:
        self._state = state or FoldState()
        self._markets: dict[str, tuple[Instrument, Scale]] = {
            symbol: (instrument, Scale(instrument))
            for symbol, instrument in self._state.instruments.items()
        }
        self._touched_trips: dict[int, RoundTrip] = {}
        self._fill: OrderFilled | None = None
        self._batch = Batch()
        self._folds: dict[type, Callable[[Any, int], None]] = {
            InstrumentListed: self._listed,
            Deposited: self._deposited,
            OrderRejected: self._rejected,
            CommandRejected: self._refused,
            OrderAccepted: self._accepted,
            OrderAmended: self._amended,
            OrderFilled: self._filled,
            PositionChanged: self._position,
            OrderDone: self._done,
            Traded: self._traded,
            MarketTraded: self._traded,
        }

    def fold(self, captured: Captured) -> None:
        """Take in one command."""
        for n, event in enumerate(captured.events):
            self._folds[type(event)](event, n)
        for valuation in captured.valuations:
            deposited = self._state.deposited.get(valuation.account, {})
            self._batch.equity += equity_rows(
                valuation, deposited, self._markets, captured.seq, captured.ts_ns
            )

    def take_batch(self) -> Batch:
        """The rows that changed since the last time."""
        batch, self._batch = self._batch, Batch()
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
            listed_seq=event.seq,
            listed_at=event.ts_ns,
        )

    def _deposited(self, event: Deposited, n: int) -> None:
        del n
        paid = self._state.deposited.setdefault(event.account, {})
        paid[event.currency] = paid.get(event.currency, 0) + event.amount_quanta
        self._batch.deposits.append(
            DepositRow(
                seq=event.seq,
                ts=event.ts_ns,
                account=event.account,
                currency=event.currency,
                amount=quanta_decimal(event.amount_quanta),
                balance=quanta_decimal(event.balance_quanta),
            )
        )

    def _rejected(self, event: OrderRejected, n: int) -> None:
        market = self._markets.get(event.symbol)
        scale = None if market is None else market[1]
        self._batch.events.append(event_rows.rejected(event, n, scale))

    def _refused(self, event: CommandRejected, n: int) -> None:
        if event.account:
            self._batch.events.append(event_rows.refused(event, n))

    def _accepted(self, event: OrderAccepted, n: int) -> None:
        scale = self._scale(event.symbol)
        order = event_rows.new_order(event, scale)
        self._state.orders[event.order_id] = order
        self._batch.orders[event.order_id] = order
        self._batch.events.append(event_rows.accepted(event, n, scale))

    def _amended(self, event: OrderAmended, n: int) -> None:
        scale = self._scale(event.symbol)
        order = self._order(event.order_id)
        if event.price_ticks is not None:
            order.price = scale.price_decimal(event.price_ticks)
            order.price_ticks = event.price_ticks
        order.size = scale.size_decimal(event.lots)
        order.lots = event.lots
        order.amendments += 1
        self._batch.events.append(event_rows.amended(event, n, scale, order.side))

    def _filled(self, event: OrderFilled, n: int) -> None:
        scale = self._scale(event.symbol)
        order = self._order(event.order_id)
        order.filled_lots += event.lots
        order.filled = scale.size_decimal(order.filled_lots)
        tick_lots = int(order.filled_tick_lots) + event.price_ticks * event.lots
        order.filled_tick_lots = Decimal(tick_lots)
        order.average_price = average_price(tick_lots, order.filled_lots, scale)
        order.fees += quanta_decimal(event.fee_quanta)
        self._batch.events.append(event_rows.filled(event, n, scale))
        self._fill = event

    def _position(self, event: PositionChanged, n: int) -> None:
        """The change that the fill just before it caused."""
        fill = self._fill
        assert fill is not None
        self._fill = None
        tag = self._order(fill.order_id).tag
        trips = self._state.trips.take(fill, event, tag)
        for trip in trips:
            self._touched_trips[trip.position_id] = trip
        scale = self._scale(event.symbol)
        last_id = trips[-1].position_id
        self._batch.fills.append(event_rows.fill(fill, event, n - 1, last_id, scale))

    def _done(self, event: OrderDone, n: int) -> None:
        order = self._order(event.order_id)
        order.state = event.end.value
        order.cause = event.cause.value
        order.ended_seq = event.seq
        order.ended_at = event.ts_ns
        del self._state.orders[event.order_id]
        scale = self._scale(event.symbol)
        self._batch.events.append(event_rows.done(event, n, scale, order.side))

    def _traded(self, event: Traded | MarketTraded, n: int) -> None:
        del n
        for trip in self._state.trips.see(event.symbol, event.price_ticks):
            self._touched_trips[trip.position_id] = trip

    def _order(self, order_id: int) -> OrderRow:
        """A working order, which the batch will write as it then is."""
        order = self._state.orders[order_id]
        self._batch.orders[order_id] = order
        return order
