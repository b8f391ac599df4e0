"""One event, one row: how what happens to orders, and fills, are written down."""

from engine.core.events import (
    CommandRejected,
    Event,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderEnd,
    OrderFilled,
    OrderRefilled,
    OrderRejected,
    OrderResized,
    OrderTriggered,
    PositionChanged,
    SelfTradePrevented,
    TriggerMoved,
)
from engine.core.orders.life_cycle import OrderState
from engine.core.units import Scale, quanta_decimal
from engine.journal import event_text
from engine.journal.order_rows import price
from engine.journal.rows import EventRow, FillRow, OrderRow

REJECTED = "rejected"
REFUSED = "refused"


def accepted(row: EventRow, event: OrderAccepted, scale: Scale) -> None:
    """An order got its id."""
    row.open_lots = event.lots
    row.other_id = event.linked_id
    row.display_lots = event.order.display_lots
    row.expires_at = event.expires_ns
    row.text = event_text.accepted_text(event, scale)
    _sized(row, event.price_ticks, event.lots, scale)
    _triggered_at(row, event.order.trigger_ticks, scale)


def amended(row: EventRow, event: OrderAmended, scale: Scale) -> None:
    """An order was changed by its owner."""
    row.open_lots = event.open_lots
    row.display_lots = event.display_lots
    row.expires_at = event.expires_ns
    row.kept_priority = event.kept_priority
    _sized(row, event.price_ticks, event.lots, scale)
    _triggered_at(row, event.trigger_ticks, scale)


def resized(row: EventRow, event: OrderResized, scale: Scale) -> None:
    """An order's quantity was changed by the exchange."""
    row.open_lots = event.open_lots
    row.reason = event.cause.value
    row.text = event_text.resized_text(event)
    _sized(row, None, event.lots, scale)


def refilled(row: EventRow, event: OrderRefilled, scale: Scale) -> None:
    """An iceberg shows its next slice."""
    row.open_lots = event.shown_lots + event.hidden_lots
    row.text = event_text.refilled_text(event, scale)
    _sized(row, None, event.shown_lots, scale)


def trailed(row: EventRow, event: TriggerMoved, scale: Scale) -> None:
    """A trailing stop followed the price."""
    row.text = event_text.trailed_text(event, scale)
    _triggered_at(row, event.trigger_ticks, scale)
    _reached(row, event.best_ticks, scale)


def triggered(row: EventRow, event: OrderTriggered, scale: Scale) -> None:
    """The price that an order waited for was reached."""
    row.source = event.source.value
    row.text = event_text.triggered_text(event, scale)
    row.price = price(event.price_ticks, scale)
    row.price_ticks = event.price_ticks
    _triggered_at(row, event.trigger_ticks, scale)
    _reached(row, event.reached_ticks, scale)


def prevented(row: EventRow, event: SelfTradePrevented, scale: Scale) -> None:
    """An order met another one of its group; `row.order_id` is one of the two."""
    first, second = event.resting_order_id, event.incoming_order_id
    other_id = second if row.order_id == first else first
    row.other_id = other_id
    row.reason = event.mode.value
    row.text = event_text.prevented_text(event, other_id)
    _sized(row, event.price_ticks, event.lots, scale)


def filled(row: EventRow, event: OrderFilled, scale: Scale) -> None:
    """An order had a share in a trade."""
    row.open_lots = event.open_lots
    row.trade_id = event.trade_id
    row.liquidity = event.liquidity.value
    row.fee = quanta_decimal(event.fee_quanta)
    _sized(row, event.price_ticks, event.lots, scale)


def done(row: EventRow, event: OrderDone, scale: Scale) -> None:
    """An order ended: with what was filled, or what was cancelled."""
    row.open_lots = 0
    row.reason = event.cause.value
    lots = event.filled_lots if event.end is OrderEnd.FILLED else event.cancelled_lots
    _sized(row, None, lots, scale)


def rejected(row: EventRow, event: OrderRejected, scale: Scale | None) -> None:
    """An order was refused; without a scale, its symbol is not known and it has no decimals."""
    row.state = OrderState.REJECTED.value
    row.side = event.side.value
    row.reason = event.reason.value
    row.text = event.text
    row.price_ticks, row.lots = event.price_ticks, event.lots
    if scale is not None:
        _sized(row, event.price_ticks, event.lots, scale)


def refused(row: EventRow, event: CommandRejected) -> None:
    """A cancel, amendment or other command of an account was refused."""
    row.reason = event.reason.value
    row.text = event.text


def fill(
    event: OrderFilled,
    change: PositionChanged,
    n: int,
    order: OrderRow,
    scale: Scale,
    *,
    margined: bool,
) -> FillRow:
    """A share in a trade, with what it did to the position; its round trip is not known yet."""
    return FillRow(
        seq=event.seq,
        n=n,
        ts=event.ts_ns,
        trade_id=event.trade_id,
        order_id=event.order_id,
        order_type=order.order_type,
        account=event.account,
        symbol=event.symbol,
        side=event.side.value,
        price=scale.price_decimal(event.price_ticks),
        price_ticks=event.price_ticks,
        size=scale.size_decimal(event.lots),
        lots=event.lots,
        value=quanta_decimal(scale.notional_quanta(event.price_ticks, event.lots)),
        fee=quanta_decimal(event.fee_quanta),
        liquidity=event.liquidity.value,
        realised=quanta_decimal(change.realised_quanta),
        margined=margined,
        position=scale.size_decimal(change.lots),
        position_lots=change.lots,
    )


def blank(event: Event, n: int, kind: str, command: str, account: str) -> EventRow:
    """A row of an event that says nothing yet but where it stands and whose it is."""
    return EventRow(
        seq=event.seq,
        n=n,
        part=0,
        ts=event.ts_ns,
        kind=kind,
        command=command,
        account=account,
    )


def _sized(row: EventRow, price_ticks: int | None, lots: int, scale: Scale) -> None:
    row.price = price(price_ticks, scale)
    row.price_ticks = price_ticks
    row.size = scale.size_decimal(lots)
    row.lots = lots


def _triggered_at(row: EventRow, ticks: int | None, scale: Scale) -> None:
    row.trigger = price(ticks, scale)
    row.trigger_ticks = ticks


def _reached(row: EventRow, ticks: int, scale: Scale) -> None:
    row.reached = scale.price_decimal(ticks)
    row.reached_ticks = ticks
