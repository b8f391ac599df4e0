"""Writing what happens to instruments and accounts, and what a live venue printed.

| line | event |
|---|---|
| `listed SYMBOL` | InstrumentListed |
| `opened NAME` | AccountOpened |
| `deposited NAME AMOUNT CURRENCY balance BALANCE [top-up]` | Deposited |
| `sessions-set SYMBOL COUNT [until CLOCK]` | SessionsSet |
| `halted SYMBOL CAUSE [until CLOCK]` | InstrumentHalted |
| `resumed SYMBOL` | InstrumentResumed |
| `breaker-set SYMBOL reference PRICE` | MarketBreakerSet |
| `fees-set SYMBOL NAME` | FeesSet |
| `tier NAME SYMBOL TIER volume VOLUME maker SHARE taker SHARE` | FeeTierReached |
| `printed SYMBOL SIDE SIZE at PRICE` | MarketTraded |
| `mirrored SYMBOL queue MODEL hold DURATION` | MirrorConfigured |
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import DepositKind
from engine.core.events import (
    AccountOpened,
    Deposited,
    FeesSet,
    FeeTierReached,
    InstrumentHalted,
    InstrumentListed,
    InstrumentResumed,
    MarketBreakerSet,
    MarketTraded,
    MirrorConfigured,
    SessionsSet,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    bps_text,
    clock_text,
    duration_text,
    money_text,
    price_text,
    size_text,
)
from engine.core.script.words import dashed, name


def _listed(event: InstrumentListed, _glossary: Glossary) -> str:
    return f"listed {name(event.instrument.symbol)}"


def _opened(event: AccountOpened, _glossary: Glossary) -> str:
    return f"opened {name(event.account)}"


def _deposited(event: Deposited, _glossary: Glossary) -> str:
    amount, balance = money_text(event.amount_quanta), money_text(event.balance_quanta)
    text = f"deposited {name(event.account)} {amount} {name(event.currency)} balance {balance}"
    return text if event.kind is DepositKind.START else f"{text} {dashed(event.kind)}"


def _sessions_set(event: SessionsSet, _glossary: Glossary) -> str:
    return f"sessions-set {name(event.symbol)} {event.sessions}{_until(event.until_ns)}"


def _halted(event: InstrumentHalted, _glossary: Glossary) -> str:
    return f"halted {name(event.symbol)} {event.cause.value}{_until(event.until_ns)}"


def _until(ts_ns: int | None) -> str:
    return "" if ts_ns is None else f" until {clock_text(ts_ns)}"


def _resumed(event: InstrumentResumed, _glossary: Glossary) -> str:
    return f"resumed {name(event.symbol)}"


def _breaker_set(event: MarketBreakerSet, glossary: Glossary) -> str:
    reference = price_text(event.reference_ticks, glossary.scale(event.symbol))
    return f"breaker-set {name(event.symbol)} reference {reference}"


def _fees_set(event: FeesSet, _glossary: Glossary) -> str:
    return f"fees-set {name(event.symbol)} {name(event.schedule)}"


def _tier(event: FeeTierReached, _glossary: Glossary) -> str:
    rates = f"maker {bps_text(event.maker_ppm)} taker {bps_text(event.taker_ppm)}"
    holder = f"{name(event.account)} {name(event.symbol)}"
    return f"tier {holder} {event.tier} volume {money_text(event.volume_quanta)} {rates}"


def _printed(event: MarketTraded, glossary: Glossary) -> str:
    scale = glossary.scale(event.symbol)
    size, price = size_text(event.lots, scale), price_text(event.price_ticks, scale)
    return f"printed {name(event.symbol)} {event.side.value} {size} at {price}"


def _mirrored(event: MirrorConfigured, _glossary: Glossary) -> str:
    hold = duration_text(event.taken_hold_ns)
    return f"mirrored {name(event.symbol)} queue {dashed(event.queue_model)} hold {hold}"


WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    InstrumentListed: _listed,
    AccountOpened: _opened,
    Deposited: _deposited,
    SessionsSet: _sessions_set,
    InstrumentHalted: _halted,
    InstrumentResumed: _resumed,
    MarketBreakerSet: _breaker_set,
    FeesSet: _fees_set,
    FeeTierReached: _tier,
    MarketTraded: _printed,
    MirrorConfigured: _mirrored,
}
