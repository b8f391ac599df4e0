"""One event, one row: how order events, fills and new orders are written down."""

from decimal import Decimal

from engine.core.events import (
    CommandRejected,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderEnd,
    OrderFilled,
    OrderRejected,
    PositionChanged,
)
from engine.core.units import Scale, quanta_decimal
from engine.journal.rows import EventRow, FillRow, OrderRow


def new_order(event: OrderAccepted, scale: Scale) -> OrderRow:
    """An order as it begins."""
    return OrderRow(
        order_id=event.order_id,
        account=event.account,
        symbol=event.symbol,
        side=event.order.side.value,
        order_type=event.order.order_type.value,
        time_in_force=event.order.time_in_force.value,
        post_only=event.order.post_only,
        price=_price(event.price_ticks, scale),
        price_ticks=event.price_ticks,
        size=scale.size_decimal(event.lots),
        lots=event.lots,
        filled=Decimal(0),
        filled_lots=0,
        filled_tick_lots=Decimal(0),
        average_price=None,
        fees=Decimal(0),
        state="working",
        cause=None,
        amendments=0,
        client_id=event.order.client_id,
        tag=event.order.tag,
        note=event.order.note,
        accepted_seq=event.seq,
        accepted_at=event.ts_ns,
        ended_seq=None,
        ended_at=None,
    )


def accepted(event: OrderAccepted, n: int, scale: Scale) -> EventRow:
    """An order got its id."""
    row = _row(event, n, "accepted", event.symbol, event.order_id)
    row.side = event.order.side.value
    row.open_lots = event.lots
    return _sized(row, event.price_ticks, event.lots, scale)


def amended(event: OrderAmended, n: int, scale: Scale, side: str) -> EventRow:
    """An order was changed."""
    row = _row(event, n, "amended", event.symbol, event.order_id)
    row.side = side
    row.open_lots = event.open_lots
    return _sized(row, event.price_ticks, event.lots, scale)


def filled(event: OrderFilled, n: int, scale: Scale) -> EventRow:
    """An order had a share in a trade."""
    row = _row(event, n, "fill", event.symbol, event.order_id)
    row.side = event.side.value
    row.open_lots = event.open_lots
    row.trade_id = event.trade_id
    row.liquidity = event.liquidity.value
    row.fee = quanta_decimal(event.fee_quanta)
    return _sized(row, event.price_ticks, event.lots, scale)


def done(event: OrderDone, n: int, scale: Scale, side: str) -> EventRow:
    """An order ended: with what was filled, or what was cancelled."""
    row = _row(event, n, event.end.value, event.symbol, event.order_id)
    row.side = side
    row.open_lots = 0
    row.reason = event.cause.value
    lots = event.filled_lots if event.end is OrderEnd.FILLED else event.cancelled_lots
    return _sized(row, None, lots, scale)


def rejected(event: OrderRejected, n: int, scale: Scale | None) -> EventRow:
    """An order was refused; without a scale, its symbol is not known and it has no decimals."""
    row = _row(event, n, "rejected", event.symbol, None)
    row.side = event.side.value
    row.reason = event.reason.value
    row.text = event.text
    if scale is None:
        row.price_ticks, row.lots = event.price_ticks, event.lots
        return row
    return _sized(row, event.price_ticks, event.lots, scale)


def refused(event: CommandRejected, n: int) -> EventRow:
    """A cancel, amendment or other command was refused."""
    row = _row(event, n, "refused", None, event.order_id)
    row.reason = event.reason.value
    row.text = event.text
    return row


def fill(
    event: OrderFilled, change: PositionChanged, n: int, position_id: int, scale: Scale
) -> FillRow:
    """A share in a trade, with what it did to the position."""
    return FillRow(
        seq=event.seq,
        n=n,
        ts=event.ts_ns,
        trade_id=event.trade_id,
        order_id=event.order_id,
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
        position=scale.size_decimal(change.lots),
        position_lots=change.lots,
        position_id=position_id,
    )


def _row(
    event: OrderAccepted | OrderAmended | OrderFilled | OrderDone | OrderRejected | CommandRejected,
    n: int,
    kind: str,
    symbol: str | None,
    order_id: int | None,
) -> EventRow:
    return EventRow(
        seq=event.seq,
        n=n,
        ts=event.ts_ns,
        kind=kind,
        account=event.account,
        symbol=symbol,
        order_id=order_id,
        side=None,
        price=None,
        price_ticks=None,
        size=None,
        lots=None,
        open_lots=None,
        trade_id=None,
        liquidity=None,
        fee=None,
        reason=None,
        text=None,
    )


def _sized(row: EventRow, price_ticks: int | None, lots: int, scale: Scale) -> EventRow:
    row.price = _price(price_ticks, scale)
    row.price_ticks = price_ticks
    row.size = scale.size_decimal(lots)
    row.lots = lots
    return row


def _price(price_ticks: int | None, scale: Scale) -> Decimal | None:
    return None if price_ticks is None else scale.price_decimal(price_ticks)
