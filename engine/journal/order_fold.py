"""Folds what happens to orders into the rows of `orders` and `order_events`.

It knows live orders, and those of the command in hand; what ended before is not touched again. Of
each order it follows the life cycle, so a row never has a state that the table of transitions does
not lead to.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from engine.core.events import (
    BasketAccepted,
    CommandRejected,
    EndCause,
    Event,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderRejected,
    OrderResized,
    OrderTriggered,
    SelfTradePrevented,
    TriggerMoved,
)
from engine.core.instruments import Instrument
from engine.core.orders.life_cycle import Happening, OrderState, follow, happenings
from engine.core.units import Scale, quanta_decimal
from engine.journal import event_rows
from engine.journal.exact import average_price, weight_of
from engine.journal.order_groups import OrderGroups
from engine.journal.order_rows import new_order, price, size
from engine.journal.rows import EventRow, OrderRow

Markets = Mapping[str, tuple[Instrument, Scale]]


class OrderFold:
    """Rows of orders and of their events, in the order in which they happen.

    Args:
        live: Live orders by number; it is kept up to date.
        markets: Terms and conversions by symbol.
        open_trip: The number of the open round trip of an account in a symbol, if there is one.
    """

    def __init__(
        self,
        live: dict[int, OrderRow],
        markets: Markets,
        open_trip: Callable[[str, str], int | None] = lambda account, symbol: None,
    ) -> None:
        self._live = live
        self._markets = markets
        self._groups = OrderGroups(open_trip)
        self._command = ""
        self._touched: dict[int, OrderRow] = {}
        self._events: list[EventRow] = []
        self._folds: dict[type, Callable[[EventRow, Any, Scale], None]] = {
            OrderAmended: self._amended,
            OrderResized: self._resized,
            OrderRefilled: event_rows.refilled,
            TriggerMoved: self._trailed,
            OrderTriggered: self._triggered,
            OrderFilled: self._filled,
            OrderDone: self._done,
        }

    def begin(self, command: str) -> None:
        """The events of another command follow.

        Args:
            command: The name of its class.
        """
        self._command = command
        self._groups.begin(command)

    def basket(self, event: BasketAccepted) -> None:
        """Orders of a basket follow."""
        self._groups.note_basket(event.basket_id)

    def rejected(self, event: OrderRejected, n: int) -> None:
        """An order was refused."""
        row = event_rows.blank(event, n, event_rows.REJECTED, self._command, event.account)
        row.symbol = event.symbol
        market = self._markets.get(event.symbol)
        event_rows.rejected(row, event, None if market is None else market[1])
        self._events.append(row)

    def refused(self, event: CommandRejected, n: int) -> None:
        """Another command of an account was refused."""
        row = event_rows.blank(event, n, event_rows.REFUSED, self._command, event.account)
        row.order_id = event.order_id
        event_rows.refused(row, event)
        self._events.append(row)

    def accepted(self, event: OrderAccepted, n: int) -> None:
        """An order begins."""
        instrument, scale = self._markets[event.symbol]
        order = new_order(event, instrument, scale)
        self._live[event.order_id] = self._touched[event.order_id] = order
        self._groups.place(order, self._known)
        row = self._row(event, n, order, Happening.ACCEPTED, _happening(event))
        event_rows.accepted(row, event, scale)

    def happened(self, event: Any, n: int) -> None:
        """Something happened to one live order."""
        order = self.order(event.order_id)
        happening = _happening(event)
        row = self._row(event, n, order, happening, happening)
        self._folds[type(event)](row, event, self._markets[event.symbol][1])

    def prevented(self, event: SelfTradePrevented, n: int) -> None:
        """Two orders of one group met; each that is known gets a row."""
        scale = self._markets[event.symbol][1]
        for part, (order_id, happening) in enumerate(happenings(event)):
            if order_id in self._live:
                row = self._row(event, n, self.order(order_id), happening, happening)
                row.part = part
                event_rows.prevented(row, event, scale)

    def order(self, order_id: int) -> OrderRow:
        """A live order, which will be among those taken away next."""
        order = self._live[order_id]
        self._touched[order_id] = order
        return order

    def take(self) -> tuple[dict[int, OrderRow], list[EventRow]]:
        """What has changed and happened since the last time."""
        taken = self._touched, self._events
        self._touched, self._events = {}, []
        return taken

    def _known(self, order_id: int) -> OrderRow | None:
        """An order that lives, or has ended in what was not taken away yet."""
        if order_id in self._live:
            return self.order(order_id)
        return self._touched.get(order_id)

    def _row(
        self, event: Event, n: int, order: OrderRow, kind: Happening, happening: Happening
    ) -> EventRow:
        order.state = follow(OrderState(order.state), happening).value
        row = event_rows.blank(event, n, kind.value, self._command, order.account)
        row.state = order.state
        row.symbol = order.symbol
        row.order_id = order.order_id
        row.side = order.side
        self._events.append(row)
        return row

    def _amended(self, row: EventRow, event: OrderAmended, scale: Scale) -> None:
        order = self._live[event.order_id]
        if event.price_ticks is not None and order.price_ticks is not None:
            order.price = scale.price_decimal(event.price_ticks)
            order.price_ticks = event.price_ticks
        order.size = scale.size_decimal(event.lots)
        order.lots = event.lots
        order.display = size(event.display_lots, scale)
        order.display_lots = event.display_lots
        order.trigger = price(event.trigger_ticks, scale)
        order.trigger_ticks = event.trigger_ticks
        order.expires_at = event.expires_ns
        order.amendments += 1
        event_rows.amended(row, event, scale)

    def _resized(self, row: EventRow, event: OrderResized, scale: Scale) -> None:
        order = self._live[event.order_id]
        order.size = scale.size_decimal(event.lots)
        order.lots = event.lots
        event_rows.resized(row, event, scale)

    def _trailed(self, row: EventRow, event: TriggerMoved, scale: Scale) -> None:
        order = self._live[event.order_id]
        order.trigger = scale.price_decimal(event.trigger_ticks)
        order.trigger_ticks = event.trigger_ticks
        order.best = scale.price_decimal(event.best_ticks)
        order.best_ticks = event.best_ticks
        event_rows.trailed(row, event, scale)

    def _triggered(self, row: EventRow, event: OrderTriggered, scale: Scale) -> None:
        order = self._live[event.order_id]
        order.trigger = scale.price_decimal(event.trigger_ticks)
        order.trigger_ticks = event.trigger_ticks
        order.price = price(event.price_ticks, scale)
        order.price_ticks = event.price_ticks
        order.triggered_at = event.ts_ns
        event_rows.triggered(row, event, scale)

    def _filled(self, row: EventRow, event: OrderFilled, scale: Scale) -> None:
        order = self._live[event.order_id]
        order.filled_lots += event.lots
        order.filled = scale.size_decimal(order.filled_lots)
        weight = int(order.filled_weight) + weight_of(event.price_ticks, event.lots, scale)
        order.filled_weight = Decimal(weight)
        order.average_price = average_price(weight, order.filled_lots, scale)
        order.fees += quanta_decimal(event.fee_quanta)
        event_rows.filled(row, event, scale)

    def _done(self, row: EventRow, event: OrderDone, scale: Scale) -> None:
        order = self._live.pop(event.order_id)
        order.cause = event.cause.value
        order.ended_seq = event.seq
        order.ended_at = event.ts_ns
        if event.cause is EndCause.REPLACED:
            self._groups.note_replaced(event.order_id)
        event_rows.done(row, event, scale)


def _happening(event: Event) -> Happening:
    ((_, happening),) = happenings(event)
    return happening
