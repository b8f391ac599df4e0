"""Writing events: what happened, in one line.

A line names what cannot be seen from the command before it. Sizes and prices are those of the
instrument, fees are in its settlement currency.

| line | event |
|---|---|
| `listed SYMBOL` | InstrumentListed |
| `opened NAME` | AccountOpened |
| `deposited NAME AMOUNT CURRENCY balance BALANCE` | Deposited |
| `refused CODE: SENTENCE` | CommandRejected |
| `rejected CODE: SENTENCE` | OrderRejected |
| `accepted ORDER` | OrderAccepted |
| `amended ORDER size SIZE at PRICE open OPEN keeps\\|loses priority` | OrderAmended |
| `trade INCOMINGxRESTING at PRICE size SIZE` | Traded |
| `filled ORDER SIZE at PRICE maker\\|taker fee FEE open OPEN` | OrderFilled |
| `position NAME SYMBOL SIZE cost COST realised PROFIT` | PositionChanged |
| `done ORDER filled SIZE [cancelled SIZE] [CAUSE]` | OrderDone |
| `all-cancelled NAME COUNT` | AllCancelled |
| `flattened NAME cancelled COUNT open COUNT` | Flattened |
| `printed SYMBOL SIDE SIZE at PRICE` | MarketTraded |
| `mirrored SYMBOL queue MODEL hold DURATION` | MirrorConfigured |
"""

from collections.abc import Callable
from typing import Any

from engine.core.events import (
    AccountOpened,
    AllCancelled,
    CommandRejected,
    Deposited,
    EndCause,
    Event,
    Flattened,
    InstrumentListed,
    MarketTraded,
    MirrorConfigured,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderEnd,
    OrderFilled,
    OrderRejected,
    PositionChanged,
    Traded,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import duration_text, money_text, price_text, size_text
from engine.core.script.words import name


def render_event(event: Event, glossary: Glossary) -> str:
    """The line of an event; `glossary` has been shown it and all before it."""
    return _WRITERS[type(event)](event, glossary)


def _listed(event: InstrumentListed, _glossary: Glossary) -> str:
    return f"listed {name(event.instrument.symbol)}"


def _opened(event: AccountOpened, _glossary: Glossary) -> str:
    return f"opened {name(event.account)}"


def _deposited(event: Deposited, _glossary: Glossary) -> str:
    amount, balance = money_text(event.amount_quanta), money_text(event.balance_quanta)
    return f"deposited {name(event.account)} {amount} {name(event.currency)} balance {balance}"


def _refused(event: CommandRejected, _glossary: Glossary) -> str:
    return f"refused {event.reason.value}: {event.text}"


def _rejected(event: OrderRejected, _glossary: Glossary) -> str:
    return f"rejected {event.reason.value}: {event.text}"


def _accepted(event: OrderAccepted, _glossary: Glossary) -> str:
    return f"accepted {event.order_id}"


def _amended(event: OrderAmended, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    size, open_size = size_text(event.lots, scale), size_text(event.open_lots, scale)
    price = price_text(event.price_ticks, scale)
    verb = "keeps" if event.kept_priority else "loses"
    return f"amended {event.order_id} size {size} at {price} open {open_size} {verb} priority"


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


def _all_cancelled(event: AllCancelled, _glossary: Glossary) -> str:
    return f"all-cancelled {name(event.account)} {event.orders}"


def _flattened(event: Flattened, _glossary: Glossary) -> str:
    counts = f"cancelled {event.cancelled_orders} open {event.open_positions}"
    return f"flattened {name(event.account)} {counts}"


def _printed(event: MarketTraded, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    size, price = size_text(event.lots, scale), price_text(event.price_ticks, scale)
    return f"printed {name(event.symbol)} {event.side.value} {size} at {price}"


def _mirrored(event: MirrorConfigured, _glossary: Glossary) -> str:
    hold = duration_text(event.taken_hold_ns)
    return f"mirrored {name(event.symbol)} queue {event.queue_model.value} hold {hold}"


_WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    InstrumentListed: _listed,
    AccountOpened: _opened,
    Deposited: _deposited,
    CommandRejected: _refused,
    OrderRejected: _rejected,
    OrderAccepted: _accepted,
    OrderAmended: _amended,
    Traded: _trade,
    OrderFilled: _filled,
    PositionChanged: _position,
    OrderDone: _done,
    AllCancelled: _all_cancelled,
    Flattened: _flattened,
    MarketTraded: _printed,
    MirrorConfigured: _mirrored,
}
