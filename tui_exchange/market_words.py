"""Whether a market can be traded, and how an order stands in it, in few words."""

from engine.core.commands import OrderType, Side
from engine.core.events import HaltCause
from engine.core.units import Scale
from tui_exchange.number_text import clock_text, day_text, price_text, share_text
from tui_exchange.views import MarketView, OrderView

DAY_NS = 86_400_000_000_000
CAUSE_WORDS = {
    HaltCause.REQUESTED: "by request",
    HaltCause.MOVED: "moved too far",
    HaltCause.MARKET: "the market fell",
    HaltCause.CASCADE: "too many stops at once",
}
TYPE_WORDS = {
    OrderType.LIMIT: "limit",
    OrderType.MARKET: "market",
    OrderType.ICEBERG: "iceberg",
    OrderType.STOP: "stop",
    OrderType.TAKE_PROFIT: "tp",
    OrderType.STOP_LIMIT: "stop-limit",
    OrderType.TAKE_PROFIT_LIMIT: "tp-limit",
    OrderType.TRAILING_STOP: "trail",
    OrderType.TRAILING_STOP_LIMIT: "trail-limit",
}
"""Order types as tables have room for them."""
PROFIT_TYPES = (OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT)
TRAILING_TYPES = (OrderType.TRAILING_STOP, OrderType.TRAILING_STOP_LIMIT)


def market_words(market: MarketView, now_ns: int) -> str:
    """`HALTED until 12:34:56`, `CLOSED, opens 2026-11-23 14:30:00`; empty while it trades."""
    if market.halt is not None:
        if market.resumes_ns is None:
            return "HALTED until resumed"
        return f"HALTED until {moment_text(market.resumes_ns, now_ns)}"
    if not market.is_open:
        if market.opens_ns is None:
            return "CLOSED, no session known"
        return f"CLOSED, opens {moment_text(market.opens_ns, now_ns)}"
    return ""


def moment_text(ts_ns: int, now_ns: int) -> str:
    """A UTC time, with its date where that is not today's."""
    today = ts_ns // DAY_NS == now_ns // DAY_NS
    return clock_text(ts_ns) if today else f"{day_text(ts_ns)} {clock_text(ts_ns)}"


def reached_from_below(side: Side, order_type: OrderType) -> bool:
    """A waiting order fires at its trigger or above; False: at its trigger or below."""
    return (side is Side.BUY) is not (order_type in PROFIT_TYPES)


def trigger_words(order: OrderView, scale: Scale) -> str:
    """What it waits for: `≤61,000.0`, `from 63,000.0` for what does not follow the price yet."""
    if order.trigger_ticks is None:
        if order.activation_ticks is None:
            return "first price"
        return f"from {price_text(scale, order.activation_ticks)}"
    mark = "≥" if reached_from_below(order.side, order.order_type) else "≤"
    return f"{mark}{price_text(scale, order.trigger_ticks)}"


def type_words(order: OrderView, scale: Scale) -> str:
    """The type, and how far a trailing stop stays behind: `trail 1%`, `trail 50.0`."""
    words = TYPE_WORDS[order.order_type]
    if order.trail_ppm is not None:
        return f"{words} {share_text(order.trail_ppm)}"
    if order.trail_ticks is not None:
        return f"{words} {price_text(scale, order.trail_ticks)}"
    return words


def group_words(order: OrderView, scale: Scale) -> str:
    """What it belongs to: `of #12, or #14`, `position`; of an entry its exits; empty for none."""
    parts = []
    if order.attached:
        parts.append("position")
    if order.parent_id is not None:
        parts.append(f"of #{order.parent_id}")
    if order.linked_id is not None:
        parts.append(f"or #{order.linked_id}")
    if order.exits is not None:
        named = (("tp", order.exits.take_profit_ticks), ("sl", order.exits.stop_loss_ticks))
        parts += [f"{name} {price_text(scale, ticks)}" for name, ticks in named if ticks]
    return ", ".join(parts)
