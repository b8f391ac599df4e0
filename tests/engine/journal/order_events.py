"""Events as the exchange would say them, for tests that are about their rows."""

from typing import Any

from engine.core.commands import BUY, SELL, OrderType, PlaceOrder, SelfTrade, Side
from engine.core.events import (
    EndCause,
    Event,
    InstrumentListed,
    Liquidity,
    OrderAccepted,
    OrderDone,
    OrderEnd,
    OrderFilled,
    PositionChanged,
    SelfTradePrevented,
)
from engine.journal.capture import Captured
from engine.journal.projection import Batch, Projection
from engine.journal.rows import EventRow, OrderRow
from tests.engine.journal.trading import PERP, SPOT, instrument

ME = {"account": "me", "symbol": PERP}
TS_NS = 1_700_000_000_000_000_000


class Told:
    """A projection that is told events command by command, and what it made of them."""

    def __init__(self) -> None:
        self.projection = Projection()
        self.batch = Batch()
        self._seq = 0
        listed = [InstrumentListed(**self.stamp(), instrument=instrument(s)) for s in (SPOT, PERP)]
        self.command("ListInstrument", *listed)

    def stamp(self) -> dict[str, int]:
        """Of the command that comes next."""
        return {"seq": self._seq + 1, "ts_ns": TS_NS + self._seq + 1}

    def command(self, name: str, *events: Event) -> None:
        """One command and what it led to, as one batch."""
        self._seq += 1
        captured = Captured(
            seq=self._seq, ts_ns=TS_NS + self._seq, command=name, events=events, valuations=()
        )
        self.projection.fold(captured)
        fresh = self.projection.take_batch()
        for name in ("instruments", "orders", "positions"):
            getattr(self.batch, name).update(getattr(fresh, name))
        for name in ("events", "fills", "venue"):
            getattr(self.batch, name).extend(getattr(fresh, name))

    def order(self, order_id: int) -> OrderRow:
        return self.batch.orders[order_id]

    def life(self, order_id: int) -> list[tuple[str, str | None]]:
        """(kind, state afterwards) of everything that happened to an order."""
        return [(row.kind, row.state) for row in self.events_of(order_id)]

    def events_of(self, order_id: int) -> list[EventRow]:
        return [row for row in self.batch.events if row.order_id == order_id]

    def accepted(
        self,
        order_id: int,
        order_type: OrderType = OrderType.LIMIT,
        lots: int = 10,
        side: Side = BUY,
        parent_id: int | None = None,
        linked_id: int | None = None,
        **terms: Any,
    ) -> OrderAccepted:
        sent = PlaceOrder(**ME, side=side, order_type=order_type, lots=lots, **terms)
        return OrderAccepted(
            **self.stamp(),
            **ME,
            order_id=order_id,
            order=sent,
            lots=lots,
            price_ticks=sent.price_ticks,
            expires_ns=sent.expires_ns,
            parent_id=parent_id,
            linked_id=linked_id,
        )

    def fill(
        self, order_id: int, lots: int, open_lots: int, position: int, side: Side = BUY
    ) -> tuple[Event, Event]:
        filled = OrderFilled(
            **self.stamp(),
            **ME,
            trade_id=1,
            order_id=order_id,
            side=side,
            price_ticks=200,
            lots=lots,
            open_lots=open_lots,
            liquidity=Liquidity.TAKER,
            fee_quanta=1000,
        )
        change = PositionChanged(
            **self.stamp(), **ME, lots=position, cost_quanta=position, realised_quanta=0
        )
        return filled, change

    def done(
        self, order_id: int, end: OrderEnd, cause: EndCause, filled: int = 0, cancelled: int = 0
    ) -> OrderDone:
        return OrderDone(
            **self.stamp(),
            **ME,
            order_id=order_id,
            end=end,
            cause=cause,
            filled_lots=filled,
            cancelled_lots=cancelled,
        )

    def prevented(self, resting: int, incoming: int) -> SelfTradePrevented:
        return SelfTradePrevented(
            **self.stamp(),
            symbol=PERP,
            mode=SelfTrade.DECREMENT_BOTH,
            resting_order_id=resting,
            incoming_order_id=incoming,
            price_ticks=200,
            lots=4,
        )


__all__ = ["BUY", "ME", "PERP", "SELL", "SPOT", "TS_NS", "Told"]
