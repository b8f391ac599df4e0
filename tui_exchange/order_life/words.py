"""An order and what happened to it, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from engine.core.units import decimal_text
from engine.journal.rows import EventRow, OrderRow
from tui_exchange.order_life.model import OrderLife, Terms
from tui_exchange.review.figures import fixed_text, milli_text, money_text

PPM_PER_PERCENT = 10_000
AVERAGE_PLACES = 2

_ENDED = {
    "requested": "its owner took it back",
    "ioc_remainder": "nothing more stood within its limit",
    "no_liquidity": "there was nothing more to trade with",
    "flattened": "its owner flattened or reversed",
    "amended_to_filled": "amended down to what was filled",
    "margin_missing": "the margin to open a position was not free",
    "expired": "its time was over",
    "limit_exceeded": "a limit of its portfolio did not let it trade",
    "funds_missing": "its owner could not pay for it",
    "linked_filled": "the order it was paired with was filled",
    "linked_triggered": "the order it was paired with was triggered",
    "exited": "an exit of its bracket traded",
    "position_gone": "there was no position left to reduce",
    "self_trade": "it met an order of the same owner",
    "protected": "the next price lay beyond its protection or the band",
    "basket_share": "the other legs of the basket could not match more",
    "replaced": "replaced by another order",
    "halted": "its instrument was halted",
    "liquidation": "the margin of its owner was used up",
    "reset": "its portfolio began again",
    "killed": "its owner's kill switch",
}
"""Causes of ends, but for the one that needs no words."""


@dataclass(frozen=True, slots=True)
class LifeLine:
    """One thing that happened to an order."""

    ts_ns: int
    kind: str
    state: str
    """Afterwards; empty where it did not concern the order's state."""
    words: str


def plain(code: str) -> str:
    """A code of the history as words: `partially filled`."""
    return code.replace("_", " ")


def order_words(order: OrderRow, terms: Terms) -> str:
    """What an order is: `sell 0.5 BTC-USDT stop limit 60,990, trigger 61,000 on last, gtc`."""
    first = f"{order.side} {_size(order.size, terms)} {order.symbol} {plain(order.order_type)}"
    if order.price is not None:
        first += f" {_price(order.price, terms)}"
    parts = [first, *_trigger_words(order, terms), order.time_in_force]
    if order.expires_at is not None:
        parts.append(f"until {milli_text(order.expires_at)} UTC")
    if order.post_only:
        parts.append("post-only slide" if order.slide else "post-only")
    if order.reduce_only:
        parts.append("reduce-only")
    if order.display is not None:
        parts.append(f"shows {_size(order.display, terms)}")
    if order.protection_ppm is not None:
        parts.append(f"protected at {_percent(order.protection_ppm)}")
    if order.self_trade != "cancel_resting":
        parts.append(f"against own orders {plain(order.self_trade)}")
    return ", ".join([*parts, *_exit_words(order, terms)])


def standing_words(life: OrderLife) -> str:
    """How far it has come: `partially filled, 0.2 of 0.5 at 60,995.00 average, fees 12.20 USDT`."""
    order, terms = life.order, life.terms
    parts = [plain(order.state)]
    if order.filled_lots:
        average = _average(order.average_price, terms)
        filled = f"{_size(order.filled, terms)} of {_size(order.size, terms)}"
        parts.append(f"{filled} filled at {average} average")
        parts.append(f"fees {money_text(order.fees, terms.currency)} {terms.currency}")
    if order.cause is not None and order.cause in _ENDED:
        parts.append(_ENDED[order.cause])
    return ", ".join(parts)


def group_words(life: OrderLife) -> str:
    """What it belongs together with; empty when it stands alone."""
    order = life.order
    if order.group_id is None:
        return ""
    others = [
        f"#{other.order_id} {plain(other.role)} {plain(other.state)}"
        for other in life.group
        if other.order_id != order.order_id
    ]
    kind = f"{plain(order.role)} of {order.group_kind} {order.group_id}"
    return f"{kind}: {', '.join(others)}" if others else kind


def life_lines(life: OrderLife) -> list[LifeLine]:
    """Everything that happened, in order, an amendment as the difference that it made."""
    before: EventRow | None = None
    lines = []
    for event in life.events:
        words = _changed(before, event, life.terms) if event.kind == "amended" else ""
        if event.kind in ("accepted", "amended"):
            before = event
        words = words or _WORDS.get(event.kind, _text)(event, life.terms)
        lines.append(LifeLine(event.ts, event.kind, plain(event.state or ""), words))
    return lines


def _trigger_words(order: OrderRow, terms: Terms) -> list[str]:
    parts = []
    if order.trail is not None:
        parts.append(f"trailing by {_price(order.trail, terms)}")
    if order.trail_ppm is not None:
        parts.append(f"trailing by {_percent(order.trail_ppm)}")
    if order.activation is not None:
        parts.append(f"from {_price(order.activation, terms)}")
    if order.trigger is not None:
        parts.append(f"trigger {_price(order.trigger, terms)}")
    if order.limit_offset is not None:
        parts.append(f"limit {_price(order.limit_offset, terms)} beyond it")
    if order.trigger_on is not None:
        parts[-1:] = [f"{' '.join(parts[-1:])} on {order.trigger_on}".strip()]
    return parts


def _exit_words(order: OrderRow, terms: Terms) -> list[str]:
    parts = []
    if order.take_profit is not None:
        parts.append(f"takes profit at {_price(order.take_profit, terms)}")
    if order.stop_loss is not None:
        limit = "" if order.stop_limit is None else f" with limit {_price(order.stop_limit, terms)}"
        parts.append(f"stops loss at {_price(order.stop_loss, terms)}{limit}")
    return parts


def _accepted(event: EventRow, terms: Terms) -> str:
    at = "" if event.price is None else f" at {_price(event.price, terms)}"
    words = f"{event.side} {_size(event.size, terms)}{at}"
    if event.trigger is not None:
        words += f", trigger {_price(event.trigger, terms)}"
    return words if event.text is None else f"{words}; {event.text}"


def _changed(before: EventRow | None, event: EventRow, terms: Terms) -> str:
    """What an amendment changed, against the terms before it."""
    if before is None:
        return ""
    size, price = _size(event.size, terms), _price(event.price, terms)
    shown = None if event.display_lots is None else terms.lot_size * event.display_lots
    until = None if event.expires_at is None else milli_text(event.expires_at)
    compared = (
        ("size", before.lots, event.lots, size),
        ("price", before.price_ticks, event.price_ticks, price),
        ("trigger", before.trigger_ticks, event.trigger_ticks, _price(event.trigger, terms)),
        ("shows", before.display_lots, event.display_lots, _size(shown, terms)),
        ("until", before.expires_at, event.expires_at, until),
    )
    parts = [f"{name} {text}" for name, was, now, text in compared if was != now]
    place = "keeps its place" if event.kept_priority else "goes to the back of its queue"
    return ", ".join([*parts, place])


def _fill(event: EventRow, terms: Terms) -> str:
    left = terms.lot_size * (event.open_lots or 0)
    return (
        f"{_size(event.size, terms)} at {_price(event.price, terms)} as {event.liquidity},"
        f" fee {money_text(event.fee, terms.currency)} {terms.currency},"
        f" {_size(left, terms)} open"
    )


def _filled(event: EventRow, terms: Terms) -> str:
    return f"{_size(event.size, terms)} in all"


def _ended(event: EventRow, terms: Terms) -> str:
    reason = event.reason or ""
    return f"{_size(event.size, terms)} not filled: {_ENDED.get(reason, plain(reason))}"


def _resized(event: EventRow, terms: Terms) -> str:
    return f"size {_size(event.size, terms)}: {event.text}"


def _refilled(event: EventRow, terms: Terms) -> str:
    return f"shows {_size(event.size, terms)}: {event.text}"


def _trailed(event: EventRow, terms: Terms) -> str:
    return f"trigger {_price(event.trigger, terms)}: {event.text}"


def _prevented(event: EventRow, terms: Terms) -> str:
    return f"{_size(event.size, terms)} at {_price(event.price, terms)}: {event.text}"


def _text(event: EventRow, terms: Terms) -> str:
    return event.text or plain(event.reason or "")


_WORDS: dict[str, Callable[[EventRow, Terms], str]] = {
    "accepted": _accepted,
    "resized": _resized,
    "refilled": _refilled,
    "trailed": _trailed,
    "triggered": _text,
    "prevented": _prevented,
    "fill": _fill,
    "filled": _filled,
    "cancelled": _ended,
    "expired": _ended,
    "rejected": _ended,
    "refused": _text,
}


def _price(price: Decimal | None, terms: Terms) -> str:
    return fixed_text(price, terms.price_decimals)


def _average(price: Decimal | None, terms: Terms) -> str:
    """With up to two decimals more than a price has, where they say something."""
    text = fixed_text(price, terms.price_decimals + AVERAGE_PLACES)
    short = text[:-AVERAGE_PLACES] + text[-AVERAGE_PLACES:].rstrip("0")
    return short.removesuffix(".")


def _size(size: Decimal | None, terms: Terms) -> str:
    if size is None:
        return fixed_text(size, 0)
    return decimal_text(size)


def _percent(ppm: int) -> str:
    return f"{decimal_text(Decimal(ppm) / PPM_PER_PERCENT)}%"
