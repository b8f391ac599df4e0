"""An order as it begins: what was sent and accepted, as a row."""

from decimal import Decimal

from engine.core.commands import Exits, TriggerSource
from engine.core.events import OrderAccepted
from engine.core.instruments import Instrument
from engine.core.orders.life_cycle import WAITING_TYPES, OrderState
from engine.core.units import Scale
from engine.journal.rows import OrderRow

_NO_EXITS = Exits()


def new_order(event: OrderAccepted, instrument: Instrument, scale: Scale) -> OrderRow:
    """The row of an order that has just got its id; its group is not known yet."""
    sent = event.order
    waits = sent.order_type in WAITING_TYPES
    exits = sent.exits or _NO_EXITS
    return OrderRow(
        order_id=event.order_id,
        account=event.account,
        symbol=event.symbol,
        side=sent.side.value,
        order_type=sent.order_type.value,
        time_in_force=sent.time_in_force.value,
        post_only=sent.post_only,
        slide=sent.slide,
        reduce_only=sent.reduce_only,
        price=price(event.price_ticks, scale),
        price_ticks=event.price_ticks,
        size=scale.size_decimal(event.lots),
        lots=event.lots,
        filled=Decimal(0),
        filled_lots=0,
        filled_weight=Decimal(0),
        fees=Decimal(0),
        display=size(sent.display_lots, scale),
        display_lots=sent.display_lots,
        trigger_on=_watched(event, instrument).value if waits else None,
        trigger=price(sent.trigger_ticks, scale),
        trigger_ticks=sent.trigger_ticks,
        trail=price(sent.trail_ticks, scale),
        trail_ticks=sent.trail_ticks,
        trail_ppm=sent.trail_ppm,
        activation=price(sent.activation_ticks, scale),
        activation_ticks=sent.activation_ticks,
        limit_offset=price(sent.limit_offset_ticks, scale),
        limit_offset_ticks=sent.limit_offset_ticks,
        protection_ppm=sent.protection_ppm,
        self_trade=sent.self_trade.value,
        take_profit=price(exits.take_profit_ticks, scale),
        take_profit_ticks=exits.take_profit_ticks,
        stop_loss=price(exits.stop_loss_ticks, scale),
        stop_loss_ticks=exits.stop_loss_ticks,
        stop_limit=price(exits.stop_limit_ticks, scale),
        stop_limit_ticks=exits.stop_limit_ticks,
        group_kind="",
        role="",
        parent_id=event.parent_id,
        linked_id=event.linked_id,
        state=OrderState.PENDING.value,
        amendments=0,
        client_id=sent.client_id,
        tag=sent.tag,
        note=sent.note,
        accepted_seq=event.seq,
        accepted_at=event.ts_ns,
        expires_at=event.expires_ns,
    )


def price(ticks: int | None, scale: Scale) -> Decimal | None:
    """A price or a distance in human units; None stays None."""
    return None if ticks is None else scale.price_decimal(ticks)


def size(lots: int | None, scale: Scale) -> Decimal | None:
    """A quantity in human units; None stays None."""
    return None if lots is None else scale.size_decimal(lots)


def _watched(event: OrderAccepted, instrument: Instrument) -> TriggerSource:
    """What a waiting order watches when it was not said: last for spot, mark for derivatives."""
    if event.order.trigger_on is not None:
        return event.order.trigger_on
    spot = instrument.asset_class.owned
    return TriggerSource.LAST if spot else TriggerSource.MARK
