"""One live order as the panes see it, read from the exchange when a pane asks."""

from collections.abc import Callable

from engine.core.commands import OrderType
from engine.core.exchange import Exchange
from engine.core.orders.order import FIRED, WAITING, Order
from tui_exchange.views import OrderStage, OrderView

Label = Callable[[int], str | None]
"""What was written to an order after it was sent; None when nothing was."""


def order_view(exchange: Exchange, order: Order, tag_of: Label, note_of: Label) -> OrderView:
    """Everything that is true of an order now."""
    command, source = order.command, order.source
    tag, note = tag_of(order.order_id), note_of(order.order_id)
    follows = order.best_ticks is not None
    return OrderView(
        order_id=order.order_id,
        symbol=order.symbol,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        post_only=order.post_only,
        price_ticks=order.price_ticks or None,
        lots=order.lots,
        filled_lots=order.filled_lots,
        open_lots=order.unfilled_lots,
        ahead_lots=None if order.waiting else exchange.queue_ahead(order.order_id),
        accepted_ns=order.accepted_ns,
        tag=order.tag if tag is None else tag,
        note=order.note if note is None else note,
        stage=_stage(order),
        trigger_ticks=order.trigger_ticks,
        activation_ticks=None if follows else command.activation_ticks,
        source=source,
        watched_ticks=None if source is None else exchange.price(order.symbol, source),
        trail_ticks=command.trail_ticks,
        trail_ppm=command.trail_ppm,
        shown_lots=order.open_lots if order.order_type is OrderType.ICEBERG else None,
        reduce_only=order.reduce_only,
        expires_ns=order.expires_ns,
        linked_id=order.linked_id,
        parent_id=order.parent_id,
        attached=order.follows,
        exits=command.exits,
    )


def _stage(order: Order) -> OrderStage:
    if order.stage is WAITING:
        return OrderStage.WAITING
    if order.stage is FIRED:
        return OrderStage.FIRED
    return OrderStage.PARTLY if order.filled_lots else OrderStage.WORKING
