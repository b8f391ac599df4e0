"""Writing what happens to one order.

| line | event |
|---|---|
| `refused CODE: SENTENCE` | CommandRejected |
| `rejected CODE: SENTENCE` | OrderRejected |
| `accepted ORDER [TERMS] [CHANGES] [of PARENT] [linked ORDER]` | OrderAccepted |
| `amended ORDER size SIZE [NOW] open OPEN keeps\\|loses priority` | OrderAmended |
| `resized ORDER size SIZE open OPEN CAUSE` | OrderResized |
| `refilled ORDER shows SIZE hidden SIZE` | OrderRefilled |
| `trailed ORDER best PRICE trigger PRICE` | TriggerMoved |
| `triggered ORDER by SOURCE PRICE [at LIMIT]` | OrderTriggered |
| `prevented INCOMINGxRESTING at PRICE size SIZE MODE` | SelfTradePrevented |
| `trade INCOMINGxRESTING at PRICE size SIZE` | Traded |
| `filled ORDER SIZE at PRICE maker\\|taker fee FEE open OPEN` | OrderFilled |
| `lots-closed NAME SYMBOL SIDE LOT[, LOT]…` | LotsClosed; LOT as below |
| `position NAME SYMBOL SIZE cost COST realised PROFIT` | PositionChanged |
| `done ORDER filled SIZE [cancelled SIZE] [CAUSE]` | OrderDone |

Of an accepted order only what the command does not say is written. CHANGES are `[as SIZE]
[at PRICE] [until CLOCK]`: a size that was cut, a price that slid, when its day ends. TERMS are
those of orders that nobody sent, the exits of brackets and positions, in the words of `order_text`.
NOW is what holds after an amendment: `[at PRICE] [trigger PRICE] [show SIZE] [until CLOCK]`.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import OrderType
from engine.core.events import (
    CommandRejected,
    EndCause,
    LotsClosed,
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
    Traded,
    TriggerMoved,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import clock_text, money_text, price_text, size_text
from engine.core.script.order_text import order_text
from engine.core.script.words import dashed, name, one_line
from engine.core.units import Scale

_NONE = "-"
_EXIT_TYPES = (OrderType.TAKE_PROFIT, OrderType.STOP)


def _refused(event: CommandRejected, _glossary: Glossary) -> str:
    return f"refused {event.reason.value}: {one_line(event.text)}"


def _rejected(event: OrderRejected, _glossary: Glossary) -> str:
    return f"rejected {event.reason.value}: {one_line(event.text)}"


def _accepted(event: OrderAccepted, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    sent = event.order
    text = f"accepted {event.order_id}"
    if _is_exit(event, glossary):
        text += f" {order_text(sent, glossary)}"
    if event.lots != sent.lots:
        text += f" as {size_text(event.lots, scale)}"
    if event.price_ticks != sent.price_ticks:
        text += _said("at", event.price_ticks, price_text, scale)
    if event.expires_ns != sent.expires_ns:
        text += _until(event.expires_ns)
    if event.parent_id is not None:
        text += f" of {event.parent_id}"
    return text if event.linked_id is None else f"{text} linked {event.linked_id}"


def _is_exit(event: OrderAccepted, glossary: Glossary) -> bool:
    """Whether the exchange made the order, or it looks as if: position exits have no parent."""
    if event.parent_id is not None:
        return not glossary.is_basket(event.parent_id)
    return event.order.order_type in _EXIT_TYPES and event.order.reduce_only


def _amended(event: OrderAmended, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    text = f"amended {event.order_id} size {size_text(event.lots, scale)}"
    text += _said("at", event.price_ticks, price_text, scale)
    text += _said("trigger", event.trigger_ticks, price_text, scale)
    text += _said("show", event.display_lots, size_text, scale)
    text += _until(event.expires_ns)
    verb = "keeps" if event.kept_priority else "loses"
    return f"{text} open {size_text(event.open_lots, scale)} {verb} priority"


def _resized(event: OrderResized, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    size, open_size = size_text(event.lots, scale), size_text(event.open_lots, scale)
    return f"resized {event.order_id} size {size} open {open_size} {event.cause.value}"


def _refilled(event: OrderRefilled, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    shown, hidden = size_text(event.shown_lots, scale), size_text(event.hidden_lots, scale)
    return f"refilled {event.order_id} shows {shown} hidden {hidden}"


def _trailed(event: TriggerMoved, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    best, trigger = price_text(event.best_ticks, scale), price_text(event.trigger_ticks, scale)
    return f"trailed {event.order_id} best {best} trigger {trigger}"


def _triggered(event: OrderTriggered, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    reached = price_text(event.reached_ticks, scale)
    text = f"triggered {event.order_id} by {event.source.value} {reached}"
    return text + _said("at", event.price_ticks, price_text, scale)


def _prevented(event: SelfTradePrevented, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    price, size = price_text(event.price_ticks, scale), size_text(event.lots, scale)
    orders = f"{event.incoming_order_id}x{event.resting_order_id}"
    return f"prevented {orders} at {price} size {size} {dashed(event.mode)}"


def _trade(event: Traded, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    price, size = price_text(event.price_ticks, scale), size_text(event.lots, scale)
    return f"trade {event.incoming_order_id}x{event.resting_order_id} at {price} size {size}"


def _filled(event: OrderFilled, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    price, size = price_text(event.price_ticks, scale), size_text(event.lots, scale)
    fee, open_size = money_text(event.fee_quanta), size_text(event.open_lots, scale)
    role = event.liquidity.value
    return f"filled {event.order_id} {size} at {price} {role} fee {fee} open {open_size}"


def _lots_closed(event: LotsClosed, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    lots = ", ".join(
        f"{size_text(lot.lots, scale)} of {lot.trade_id} cost {money_text(lot.cost_quanta)}"
        f" value {money_text(lot.value_quanta)} realised {money_text(lot.realised_quanta)}"
        for lot in event.lots
    )
    return (
        f"lots-closed {name(event.account)} {name(event.symbol)} {event.side.value} {lots or _NONE}"
    )


def _position(event: PositionChanged, glossary: Glossary) -> str:
    size = size_text(event.lots, glossary.scale(event.symbol))
    cost, realised = money_text(event.cost_quanta), money_text(event.realised_quanta)
    holder = f"{name(event.account)} {name(event.symbol)}"
    return f"position {holder} {size} cost {cost} realised {realised}"


def _done(event: OrderDone, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    text = f"done {event.order_id} filled {size_text(event.filled_lots, scale)}"
    if event.end is OrderEnd.CANCELLED or event.cancelled_lots:
        text += f" cancelled {size_text(event.cancelled_lots, scale)}"
    return text if event.cause is EndCause.FILLED else f"{text} {event.cause.value}"


def _said(
    word: str, value: int | None, text: Callable[[int, Scale | None], str], scale: Scale | None
) -> str:
    return "" if value is None else f" {word} {text(value, scale)}"


def _until(expires_ns: int | None) -> str:
    return "" if expires_ns is None else f" until {clock_text(expires_ns)}"


WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    CommandRejected: _refused,
    OrderRejected: _rejected,
    OrderAccepted: _accepted,
    OrderAmended: _amended,
    OrderResized: _resized,
    OrderRefilled: _refilled,
    TriggerMoved: _trailed,
    OrderTriggered: _triggered,
    SelfTradePrevented: _prevented,
    Traded: _trade,
    OrderFilled: _filled,
    LotsClosed: _lots_closed,
    PositionChanged: _position,
    OrderDone: _done,
}
