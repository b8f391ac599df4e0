"""The orders of this session, from its events: there at once, also in a session without a profile.

What happens is kept as it came and made into rows only when it is asked for. Beyond a bound the
orders that began first are forgotten here; the history database still has them.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from engine.core.commands import Command
from engine.core.events import (
    BasketAccepted,
    CommandRejected,
    Event,
    OrderAccepted,
    SelfTradePrevented,
)
from engine.core.exchange import Exchange
from engine.core.orders.life_cycle import happenings
from engine.journal.order_fold import OrderFold
from engine.journal.rows import EventRow, OrderRow
from tui_exchange.order_life.model import OrderLife, Terms

EVENTS_MAX = 20_000


class Happened(NamedTuple):
    """One event with its place in the log."""

    seq: int
    n: int
    command: str
    event: Event


class RememberedOrders:
    """Reads along with the sequencer and keeps what happens to the orders of all portfolios.

    Args:
        exchange: Asked for the terms of instruments.
    """

    def __init__(self, exchange: Exchange, events_max: int = EVENTS_MAX) -> None:
        self._exchange = exchange
        self._events_max = events_max
        self._count = 0
        self._lives: dict[int, list[Happened]] = {}

    def read(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take note of a command; the sequencer calls this."""
        del ts_ns
        name = type(command).__name__
        basket: Happened | None = None
        for n, event in enumerate(events):
            if isinstance(event, BasketAccepted):
                basket = Happened(event.seq, n, name, event)
            for order_id in self._about(event):
                if isinstance(event, OrderAccepted):
                    self._lives[order_id] = []
                    if basket is not None:
                        self._keep(order_id, basket)
                self._keep(order_id, Happened(event.seq, n, name, event))
        while self._count > self._events_max:
            self._forget_first()

    def life(self, order_id: int) -> OrderLife | None:
        """Everything about an order; None when it did not begin in what is remembered."""
        if order_id not in self._lives:
            return None
        rows, events = self._fold(self._related(order_id))
        order = rows[order_id]
        grouped = order.group_id is not None
        instrument = self._exchange.instrument(order.symbol)
        return OrderLife(
            order=order,
            events=tuple(event for event in events if event.order_id == order_id),
            group=tuple(
                other
                for _, other in sorted(rows.items())
                if grouped
                and (other.group_kind, other.group_id) == (order.group_kind, order.group_id)
            ),
            terms=Terms(instrument.tick_size, instrument.lot_size, instrument.settlement),
            tags=(order.tag,) if order.tag else (),
            note=order.note,
        )

    def _about(self, event: Event) -> list[int]:
        """The orders that an event tells something of."""
        if isinstance(event, CommandRejected):
            return [] if event.order_id is None else [event.order_id]
        return [order_id for order_id, _ in happenings(event)]

    def _keep(self, order_id: int, happened: Happened) -> None:
        life = self._lives.get(order_id)
        if life is not None:
            life.append(happened)
            self._count += 1

    def _fold(self, order_ids: Iterable[int]) -> tuple[dict[int, OrderRow], list[EventRow]]:
        """The rows that the history has, or will have, of some orders and of their events."""
        happened = {one[:2]: one for order_id in order_ids for one in self._lives[order_id]}
        symbols = {self._begun(order_id).symbol for order_id in order_ids}
        fold = OrderFold(
            {},
            {
                name: (self._exchange.instrument(name), self._exchange.scale(name))
                for name in symbols
            },
        )
        takers: dict[type, Callable[[Any, int], None]] = {
            OrderAccepted: fold.accepted,
            CommandRejected: fold.refused,
            SelfTradePrevented: fold.prevented,
            BasketAccepted: lambda event, n: fold.basket(event),
        }
        seq = 0
        for _, one in sorted(happened.items()):
            if one.seq != seq:
                seq = one.seq
                fold.begin(one.command)
            takers.get(type(one.event), fold.happened)(one.event, one.n)
        return fold.take()

    def _related(self, order_id: int) -> set[int]:
        """The order, and those that may be of its group."""
        first = self._begun(order_id)
        roots = {order_id}
        roots.update(one for one in (first.parent_id, first.linked_id) if one is not None)
        related = {order_id}
        for other in self._lives:
            begun = self._begun(other)
            if other in roots or begun.parent_id in roots or begun.linked_id in roots:
                related.add(other)
        return related

    def _begun(self, order_id: int) -> OrderAccepted:
        return next(
            one.event for one in self._lives[order_id] if isinstance(one.event, OrderAccepted)
        )

    def _forget_first(self) -> None:
        first = next(iter(self._lives))
        self._count -= len(self._lives.pop(first))
