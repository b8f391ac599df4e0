"""An order with its numbers in words, decimals by instrument."""

from datetime import timedelta
from decimal import Decimal

from engine.core.commands import (
    Exits,
    OrderType,
    PlaceOrder,
    SelfTrade,
    TimeInForce,
    TriggerSource,
)
from engine.core.units import PPM, Scale, decimal_text
from tui_exchange.command_line.moments import EPOCH

TIME_IN_FORCE_WORDS = {
    TimeInForce.GTC: "good till cancelled",
    TimeInForce.IOC: "immediate or cancel",
    TimeInForce.FOK: "fill or kill",
    TimeInForce.GTD: "good till",
    TimeInForce.DAY: "good for the session",
}
SELF_TRADE_WORDS = {
    SelfTrade.CANCEL_RESTING: "",
    SelfTrade.CANCEL_INCOMING: "gives way to own orders",
    SelfTrade.CANCEL_BOTH: "ends with an own order that it meets",
    SelfTrade.CANCEL_SMALLEST: "the smaller gives way where it meets an own order",
    SelfTrade.DECREMENT_BOTH: "shrinks with an own order that it meets",
}
KIND_WORDS = {
    OrderType.STOP: "stop",
    OrderType.STOP_LIMIT: "stop",
    OrderType.TAKE_PROFIT: "take-profit",
    OrderType.TAKE_PROFIT_LIMIT: "take-profit",
}
TRAILING = (OrderType.TRAILING_STOP, OrderType.TRAILING_STOP_LIMIT)


def describe_order(order: PlaceOrder, scale: Scale) -> str:
    """An order with its numbers: `buy 0.500 BTC-USDT limit 62,000.0 good till cancelled`."""
    size = f"{scale.size_decimal(order.lots):,f}"
    head = f"{order.side.value} {size} {order.symbol} {_how(order, scale)}"
    lasting = _lasting(order)
    words = [f"{head} {lasting}" if lasting else head, *_conditions(order, scale)]
    return ", ".join([*words, *label_words(order.tag, order.note)])


def is_waiting(order: PlaceOrder) -> bool:
    """Whether an order waits for a price before it trades."""
    return order.order_type in KIND_WORDS or order.order_type in TRAILING


def percent_words(ppm: int) -> str:
    """Millionths in percent: `0.5%`."""
    return f"{decimal_text(Decimal(ppm) / (PPM // 100))}%"


def moment_words(ts_ns: int) -> str:
    """A moment of the UTC calendar, to the second: `2026-11-22 14:30:00 UTC`."""
    moment = EPOCH + timedelta(seconds=ts_ns // 10**9)
    return f"{moment.date().isoformat()} {moment:%H:%M:%S} UTC"


def label_words(tag: str, note: str) -> list[str]:
    """Tag and note, where there are any."""
    return ([f"tagged {tag}"] if tag else []) + ([f"noted “{note}”"] if note else [])


def source_words(source: TriggerSource | None) -> str:
    """What is watched, where it is said: ` on mark`."""
    return "" if source is None else f" on {source.value}"


def _how(order: PlaceOrder, scale: Scale) -> str:
    limit = _limit(order, scale)
    if order.order_type in KIND_WORDS:
        fires = f"{KIND_WORDS[order.order_type]} at {_price(order.trigger_ticks, scale)}"
        then = f", then {limit}" if order.price_ticks is not None else ""
        return f"{fires}{source_words(order.trigger_on)}{then}"
    if order.order_type in TRAILING:
        return _trailing(order, scale)
    return limit


def _trailing(order: PlaceOrder, scale: Scale) -> str:
    if order.trail_ppm is not None:
        distance = percent_words(order.trail_ppm)
    else:
        distance = _price(order.trail_ticks, scale)
    words = f"trailing stop by {distance}{source_words(order.trigger_on)}"
    if order.activation_ticks is not None:
        words += f" from {_price(order.activation_ticks, scale)}"
    if order.limit_offset_ticks is not None:
        words += f", then limit {_price(order.limit_offset_ticks, scale)} beyond"
    return words


def _limit(order: PlaceOrder, scale: Scale) -> str:
    if order.price_ticks is None:
        return "at market"
    return f"limit {_price(order.price_ticks, scale)}"


def _lasting(order: PlaceOrder) -> str:
    if order.order_type is OrderType.MARKET and order.time_in_force is TimeInForce.GTC:
        return ""
    words = TIME_IN_FORCE_WORDS[order.time_in_force]
    return words if order.expires_ns is None else f"{words} {moment_words(order.expires_ns)}"


def _conditions(order: PlaceOrder, scale: Scale) -> list[str]:
    words = []
    if order.display_lots is not None:
        words.append(f"showing {scale.size_decimal(order.display_lots):,f} at a time")
    if order.post_only:
        words.append("post only, sliding" if order.slide else "post only")
    if order.reduce_only:
        words.append("reduce only")
    if order.protection_ppm is not None:
        words.append(f"no further than {percent_words(order.protection_ppm)} from the touch")
    if SELF_TRADE_WORDS[order.self_trade]:
        words.append(SELF_TRADE_WORDS[order.self_trade])
    return words if order.exits is None else [*words, _exits(order.exits, scale)]


def _exits(exits: Exits, scale: Scale) -> str:
    words = []
    if exits.take_profit_ticks is not None:
        words.append(f"profit at {_price(exits.take_profit_ticks, scale)}")
    if exits.stop_loss_ticks is not None:
        limit = exits.stop_limit_ticks
        then = "" if limit is None else f" with limit {_price(limit, scale)}"
        source = source_words(exits.trigger_on)
        words.append(f"stop at {_price(exits.stop_loss_ticks, scale)}{source}{then}")
    return f"exits: {' or '.join(words)}"


def _price(ticks: int | None, scale: Scale) -> str:
    return "" if ticks is None else f"{scale.price_decimal(ticks):,f}"
