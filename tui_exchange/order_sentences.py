"""What happened to one order, in sentences made from its events."""

from collections.abc import Sequence

from engine.core.commands import OrderType, Side
from engine.core.events import (
    EndCause,
    Event,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    SelfTradePrevented,
    TriggerMoved,
)
from engine.core.exchange import Exchange
from engine.core.orders.order import Order
from tui_exchange.amount_text import average_text, fee_text, plain_price_text, plain_size_text
from tui_exchange.command_line.order_words import KIND_WORDS, moment_words, source_words
from tui_exchange.endings import ENDED, RESIZED

_DID = {Side.BUY: "bought", Side.SELL: "sold"}
_WITHDRAWN = (EndCause.REQUESTED, EndCause.FLATTENED, EndCause.REPLACED)


def accepted_told(exchange: Exchange, order: OrderAccepted, events: Sequence[Event]) -> list[str]:
    """What became of a new order within its own command."""
    fills = _fills_of(order.order_id, events)
    sentences = _changed_on_arrival(exchange, order)
    if fills:
        sentences.append(fills_told(exchange, fills, order.lots))
    end = _end_of(order.order_id, events)
    if end is None:
        sentences.append(working_told(exchange, order.order_id))
    elif end.cancelled_lots:
        what = "market order" if order.order.order_type is OrderType.MARKET else "order"
        sentences.append(f"{what} #{order.order_id}: {ENDED[end.cause]}")
    return sentences


def amended_told(exchange: Exchange, event: OrderAmended, events: Sequence[Event]) -> list[str]:
    """What became of an order that was changed."""
    fills = _fills_of(event.order_id, events)
    sentences = [fills_told(exchange, fills, event.open_lots)] if fills else []
    working = working_told(exchange, event.order_id)
    if working:
        order = exchange.order(event.order_id)
        if order is not None and order.waiting:
            return [*sentences, working]
        place = "kept its place" if event.kept_priority else "went to the back of its queue"
        sentences.append(f"{working}; it {place}")
    elif not fills:
        sentences.append(f"order #{event.order_id} ended: it is amended down to what was filled")
    return sentences


def triggered_told(exchange: Exchange, event: OrderTriggered, events: Sequence[Event]) -> list[str]:
    """An order fired: why, and what it traded."""
    reached = plain_price_text(exchange, event.symbol, event.reached_ticks)
    trigger = plain_price_text(exchange, event.symbol, event.trigger_ticks)
    sentences = [
        f"order #{event.order_id} fired: {event.source.value} {reached} reached its trigger"
        f" {trigger}"
    ]
    fills = _fills_of(event.order_id, events)
    end = _end_of(event.order_id, events)
    if fills:
        wanted = sum(fill.lots for fill in fills) + (fills[-1].open_lots if end is None else 0)
        wanted += 0 if end is None else end.cancelled_lots
        sentences.append(fills_told(exchange, fills, wanted))
    if end is None:
        sentences.append(working_told(exchange, event.order_id))
    elif end.cancelled_lots:
        sentences.append(f"order #{event.order_id}: {ENDED[end.cause]}")
    return sentences


def done_told(exchange: Exchange, done: OrderDone) -> str:
    """An order of earlier ended; empty when it was filled, which its fills tell."""
    if done.cause is EndCause.FILLED:
        return ""
    size = plain_size_text(exchange, done.symbol, done.cancelled_lots)
    if done.cause in _WITHDRAWN:
        word = "replaced" if done.cause is EndCause.REPLACED else "cancelled"
        text = f"{word} order #{done.order_id}: {size} {done.symbol} withdrawn"
    else:
        text = f"order #{done.order_id}: {ENDED[done.cause]}: {size} {done.symbol}"
    if done.filled_lots:
        text += f", {plain_size_text(exchange, done.symbol, done.filled_lots)} had filled"
    return text


def resized_told(exchange: Exchange, event: OrderResized) -> str:
    """The exchange changed an order's quantity."""
    left = plain_size_text(exchange, event.symbol, event.open_lots)
    return f"order #{event.order_id} is for {left} {event.symbol} now, {RESIZED[event.cause]}"


def refilled_told(exchange: Exchange, event: OrderRefilled) -> str:
    """An iceberg shows its next slice."""
    shown = plain_size_text(exchange, event.symbol, event.shown_lots)
    hidden = plain_size_text(exchange, event.symbol, event.hidden_lots)
    return f"order #{event.order_id} shows its next {shown}, {hidden} behind it"


def trailed_told(exchange: Exchange, event: TriggerMoved) -> str:
    """A trailing stop followed the price."""
    trigger = plain_price_text(exchange, event.symbol, event.trigger_ticks)
    best = plain_price_text(exchange, event.symbol, event.best_ticks)
    return f"order #{event.order_id} follows {best}: it fires at {trigger} now"


def prevented_told(exchange: Exchange, event: SelfTradePrevented) -> str:
    """Two orders of one owner met."""
    size = plain_size_text(exchange, event.symbol, event.lots)
    price = plain_price_text(exchange, event.symbol, event.price_ticks)
    return (
        f"order #{event.incoming_order_id} met your own order #{event.resting_order_id}: {size}"
        f" {event.symbol} at {price} did not trade ({event.mode.value})"
    )


def fills_told(exchange: Exchange, fills: Sequence[OrderFilled], wanted_lots: int) -> str:
    """`bought 0.5 BTC-USDT at 62,000.10 average, fee 31.00 USDT`."""
    first = fills[0]
    symbol = first.symbol
    scale, terms = exchange.scale(symbol), exchange.instrument(symbol)
    lots = sum(fill.lots for fill in fills)
    value_quanta = sum(scale.notional_quanta(fill.price_ticks, fill.lots) for fill in fills)
    size = plain_size_text(exchange, symbol, lots)
    if lots < wanted_lots:
        size += f" of {plain_size_text(exchange, symbol, wanted_lots)}"
    if len({fill.price_ticks for fill in fills}) == 1:
        price = plain_price_text(exchange, symbol, first.price_ticks)
    else:
        price = f"{average_text(exchange, symbol, value_quanta, lots)} average"
    fee_quanta = sum(fill.fee_quanta for fill in fills)
    paid = f"rebate {fee_text(-fee_quanta)}" if fee_quanta < 0 else f"fee {fee_text(fee_quanta)}"
    return f"{_DID[first.side]} {size} {symbol} at {price}, {paid} {terms.settlement}"


def working_told(exchange: Exchange, order_id: int) -> str:
    """`order #12 works: buy 0.5 BTC-USDT at 61,990, 3.2 ahead`; empty when it is not live."""
    order = exchange.order(order_id)
    if order is None:
        return ""
    symbol = order.symbol
    size = plain_size_text(exchange, symbol, order.unfilled_lots)
    head = f"order #{order_id} {'waits' if order.waiting else 'works'}: {order.side.value} {size}"
    if order.waiting:
        return f"{head} {symbol} {_waits_for(exchange, order)}{_pair(order)}"
    price = plain_price_text(exchange, symbol, order.price_ticks)
    ahead_lots = exchange.queue_ahead(order_id)
    ahead = f"{plain_size_text(exchange, symbol, ahead_lots)} ahead" if ahead_lots else "first"
    shown = ""
    if order.hidden_lots:
        shown = f", {plain_size_text(exchange, symbol, order.open_lots)} of it shown"
    until = "" if order.expires_ns is None else f", until {moment_words(order.expires_ns)}"
    return f"{head} {symbol} at {price}, {ahead}{shown}{until}{_pair(order)}"


def _waits_for(exchange: Exchange, order: Order) -> str:
    """`stop at 61,000 on mark`; a trailing stop that does not follow yet says from where."""
    source = source_words(order.source)
    kind = KIND_WORDS.get(order.order_type, "trailing stop")
    if order.trigger_ticks is not None:
        trigger = plain_price_text(exchange, order.symbol, order.trigger_ticks)
        words = f"{kind} at {trigger}{source}"
    elif order.command.activation_ticks is not None:
        start = plain_price_text(exchange, order.symbol, order.command.activation_ticks)
        words = f"{kind} from {start}{source}"
    else:
        words = f"{kind}{source}"
    if order.price_ticks:
        words += f", then limit {plain_price_text(exchange, order.symbol, order.price_ticks)}"
    return words if order.expires_ns is None else f"{words}, until {moment_words(order.expires_ns)}"


def _pair(order: Order) -> str:
    return "" if order.linked_id is None else f"; only it or #{order.linked_id} fills"


def _changed_on_arrival(exchange: Exchange, event: OrderAccepted) -> list[str]:
    """A reduce-only order that was cut, a post-only one that slid."""
    said, sent, order = [], event.order, f"order #{event.order_id}"
    if event.lots < sent.lots:
        left = plain_size_text(exchange, event.symbol, event.lots)
        said.append(f"{order} is cut to the position: {left} {event.symbol}")
    if event.price_ticks is not None and sent.slide and event.price_ticks != sent.price_ticks:
        said.append(
            f"{order} slid to {plain_price_text(exchange, event.symbol, event.price_ticks)}"
        )
    return said


def _fills_of(order_id: int, events: Sequence[Event]) -> list[OrderFilled]:
    return [one for one in events if isinstance(one, OrderFilled) and one.order_id == order_id]


def _end_of(order_id: int, events: Sequence[Event]) -> OrderDone | None:
    ends = (one for one in events if isinstance(one, OrderDone) and one.order_id == order_id)
    return next(ends, None)
