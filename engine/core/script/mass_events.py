"""Writing what concerns an account as a whole, several orders sent as one, or what is on its way.

| line | event |
|---|---|
| `all-cancelled NAME COUNT` | AllCancelled |
| `flattened NAME cancelled COUNT open COUNT` | Flattened |
| `reversed NAME SYMBOL SIZE` | Reversed |
| `killed NAME cancelled COUNT open COUNT` | KillEngaged |
| `released NAME` | KillReleased |
| `basket ID NAME legs COUNT share SHARE` | BasketAccepted |
| `basket-done ID` | BasketDone |
| `sent NAME ID arrives CLOCK` | CommandSent |
| `arrived NAME ID` | CommandArrived |
"""

from collections.abc import Callable
from typing import Any

from engine.core.events import (
    AllCancelled,
    BasketAccepted,
    BasketDone,
    CommandArrived,
    CommandSent,
    Flattened,
    KillEngaged,
    KillReleased,
    Reversed,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import clock_text, percent_text, size_text
from engine.core.script.words import name


def _all_cancelled(event: AllCancelled, _glossary: Glossary) -> str:
    return f"all-cancelled {name(event.account)} {event.orders}"


def _flattened(event: Flattened, _glossary: Glossary) -> str:
    return f"flattened {name(event.account)} {_counts(event)}"


def _reversed(event: Reversed, glossary: Glossary) -> str:
    size = size_text(event.lots, glossary.scale(event.symbol))
    return f"reversed {name(event.account)} {name(event.symbol)} {size}"


def _killed(event: KillEngaged, _glossary: Glossary) -> str:
    return f"killed {name(event.account)} {_counts(event)}"


def _counts(event: Flattened | KillEngaged) -> str:
    return f"cancelled {event.cancelled_orders} open {event.open_positions}"


def _released(event: KillReleased, _glossary: Glossary) -> str:
    return f"released {name(event.account)}"


def _basket(event: BasketAccepted, _glossary: Glossary) -> str:
    share = percent_text(event.share_ppm)
    return f"basket {event.basket_id} {name(event.account)} legs {event.legs} share {share}"


def _basket_done(event: BasketDone, _glossary: Glossary) -> str:
    return f"basket-done {event.basket_id}"


def _sent(event: CommandSent, _glossary: Glossary) -> str:
    return f"sent {name(event.account)} {event.sent_id} arrives {clock_text(event.arrives_ns)}"


def _arrived(event: CommandArrived, _glossary: Glossary) -> str:
    return f"arrived {name(event.account)} {event.sent_id}"


WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    AllCancelled: _all_cancelled,
    Flattened: _flattened,
    Reversed: _reversed,
    KillEngaged: _killed,
    KillReleased: _released,
    BasketAccepted: _basket,
    BasketDone: _basket_done,
    CommandSent: _sent,
    CommandArrived: _arrived,
}
