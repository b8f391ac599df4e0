"""What happened to an order, in a sentence, where its columns alone do not tell it."""

from decimal import Decimal

from engine.core.commands import SelfTrade
from engine.core.events import (
    OrderAccepted,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
    ResizeCause,
    SelfTradePrevented,
    TriggerMoved,
)
from engine.core.units import Scale, decimal_text

_RESIZED = {
    ResizeCause.LINKED_FILLED: "the order it is paired with was filled in part",
    ResizeCause.ENTRY_FILLED: "the entry that it protects was filled further",
    ResizeCause.POSITION: "it follows a position, which changed",
    ResizeCause.SELF_TRADE: "it met an order of the same owner",
}
_PREVENTED = {
    SelfTrade.CANCEL_RESTING: "the one in the book is cancelled",
    SelfTrade.CANCEL_INCOMING: "the one that came in is cancelled",
    SelfTrade.CANCEL_BOTH: "both are cancelled",
    SelfTrade.CANCEL_SMALLEST: "the smaller one is cancelled",
    SelfTrade.DECREMENT_BOTH: "both lose as much",
}


def accepted_text(event: OrderAccepted, scale: Scale) -> str | None:
    """How what was accepted differs from what was sent; None when it does not."""
    sent = event.order
    parts = []
    if event.lots != sent.lots:
        cut_from = decimal_text(scale.size_decimal(sent.lots))
        parts.append(f"cut from {cut_from} to what there is of the position")
    if event.price_ticks is not None and event.price_ticks != sent.price_ticks:
        came_from = _price(sent.price_ticks, scale)
        parts.append(f"slid{came_from} so as not to trade on arrival")
    return "; ".join(parts) or None


def resized_text(event: OrderResized) -> str:
    """Why the exchange changed its quantity."""
    return _RESIZED[event.cause]


def refilled_text(event: OrderRefilled, scale: Scale) -> str:
    """What is shown and what is left behind it."""
    hidden = decimal_text(scale.size_decimal(event.hidden_lots))
    return f"at the back of its queue, {hidden} hidden behind the new slice"


def trailed_text(event: TriggerMoved, scale: Scale) -> str:
    """What it follows."""
    return f"follows {decimal_text(scale.price_decimal(event.best_ticks))}"


def triggered_text(event: OrderTriggered, scale: Scale) -> str:
    """Which price fired it, and what it is now."""
    reached = decimal_text(scale.price_decimal(event.reached_ticks))
    if event.price_ticks is None:
        return f"the {event.source.value} price reached {reached}: trades at market"
    limit = decimal_text(scale.price_decimal(event.price_ticks))
    return f"the {event.source.value} price reached {reached}: a limit order at {limit}"


def prevented_text(event: SelfTradePrevented, other_id: int) -> str:
    """Which order of its own group it met, and what was done about it."""
    return f"met order {other_id} of the same owner: {_PREVENTED[event.mode]}"


def _price(ticks: int | None, scale: Scale) -> str:
    price: Decimal | None = None if ticks is None else scale.price_decimal(ticks)
    return "" if price is None else f" from {decimal_text(price)}"
