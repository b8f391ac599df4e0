"""Reading and writing what the operator of the exchange states.

| line | command |
|---|---|
| `instrument SYMBOL CLASS tick T lot L [FIELD VALUE]*` | ListInstrument |
| `account NAME [group GROUP]` | OpenAccount |
| `deposit NAME AMOUNT CURRENCY [top-up]` | Deposit |
| `price SYMBOL mark\\|index PRICE` | SetPrice |
| `sessions SYMBOL [OPEN..CLOSE,OPEN..CLOSE]` | SetSessions |
| `halt SYMBOL [until CLOCK] [cancel]` | HaltInstrument |
| `resume SYMBOL` | ResumeInstrument |
| `market-breaker SYMBOL reference PRICE [falls FALL:DURATION,FALL:day]` | ConfigureMarketBreaker |
| `fees SYMBOL SCHEDULE` | ConfigureFees |

SCHEDULE is `NAME [from VOLUME maker SHARE taker SHARE [uptime SHARE]]* [insurance SHARE]
[read DATE]`. Falls that are not stated are those of the US stock exchanges.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    Command,
    ConfigureFees,
    ConfigureMarketBreaker,
    Deposit,
    DepositKind,
    HaltInstrument,
    ListInstrument,
    OpenAccount,
    ResumeInstrument,
    SetPrice,
    SetSessions,
    TriggerSource,
)
from engine.core.instruments import (
    MARKET_BREAKER_LEVELS,
    BreakerLevel,
    FeeSchedule,
    FeeTier,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    bps_text,
    clock_of,
    clock_text,
    duration_of,
    duration_text,
    money_text,
    percent_text,
    ppm_of,
    price_text,
    quanta_of,
    ticks_of,
)
from engine.core.script.terms import parse_terms, render_terms
from engine.core.script.words import Word, Words, dashed, name, pairs

_REST_OF_DAY = "day"
_NO_FALLS = "none"
_SAID_KINDS = (DepositKind.TOP_UP, DepositKind.LENT)


def _read_instrument(words: Words, _glossary: Glossary) -> Command:
    return ListInstrument(instrument=parse_terms(words))


def _instrument(command: ListInstrument, _glossary: Glossary) -> str:
    return f"instrument {render_terms(command.instrument)}"


def _read_account(words: Words, _glossary: Glossary) -> Command:
    account = words.account()
    group = words.take("the owner group").text if words.accept("group") else ""
    return OpenAccount(account=account, group=group)


def _account(command: OpenAccount, _glossary: Glossary) -> str:
    text = f"account {name(command.account)}"
    return f"{text} group {name(command.group)}" if command.group else text


def _read_deposit(words: Words, _glossary: Glossary) -> Command:
    account = words.account()
    amount = quanta_of(words.take("an amount"))
    currency = words.take("a currency").text
    said = (kind for kind in _SAID_KINDS if words.accept(dashed(kind)))
    kind = next(said, DepositKind.START)
    return Deposit(account=account, currency=currency, amount_quanta=amount, kind=kind)


def _deposit(command: Deposit, _glossary: Glossary) -> str:
    amount = money_text(command.amount_quanta)
    text = f"deposit {name(command.account)} {amount} {name(command.currency)}"
    return f"{text} {dashed(command.kind)}" if command.kind in _SAID_KINDS else text


def _read_price(words: Words, glossary: Glossary) -> Command:
    symbol = words.symbol()
    source = words.member(TriggerSource)
    price = ticks_of(words.take("a price"), glossary.scale(symbol))
    return SetPrice(symbol=symbol, source=source, price_ticks=price)


def _price(command: SetPrice, glossary: Glossary) -> str:
    price = price_text(command.price_ticks, glossary.scale(command.symbol))
    return f"price {name(command.symbol)} {dashed(command.source)} {price}"


def _read_sessions(words: Words, _glossary: Glossary) -> Command:
    symbol = words.symbol()
    shape = "sessions such as 1d14:30:00..1d21:00:00, with commas between them"
    word = words.peek()
    if word is None:
        return SetSessions(symbol=symbol, sessions=())
    read = pairs(words.take(shape), "..", shape)
    sessions = tuple((clock_of(opens), clock_of(closes)) for opens, closes in read)
    return SetSessions(symbol=symbol, sessions=sessions)


def _sessions(command: SetSessions, _glossary: Glossary) -> str:
    sessions = ",".join(
        f"{clock_text(opens)}..{clock_text(closes)}" for opens, closes in command.sessions
    )
    return f"sessions {name(command.symbol)} {sessions}".rstrip()


def _read_halt(words: Words, _glossary: Glossary) -> Command:
    symbol = words.symbol()
    until = clock_of(words.take("a time")) if words.accept("until") else None
    cancel = words.accept("cancel") is not None
    words.finish("until CLOCK, then cancel")
    return HaltInstrument(symbol=symbol, until_ns=until, cancel_orders=cancel)


def _halt(command: HaltInstrument, _glossary: Glossary) -> str:
    text = f"halt {name(command.symbol)}"
    if command.until_ns is not None:
        text += f" until {clock_text(command.until_ns)}"
    return f"{text} cancel" if command.cancel_orders else text


def _read_resume(words: Words, _glossary: Glossary) -> Command:
    return ResumeInstrument(symbol=words.symbol())


def _resume(command: ResumeInstrument, _glossary: Glossary) -> str:
    return f"resume {name(command.symbol)}"


def _read_market_breaker(words: Words, glossary: Glossary) -> Command:
    symbol = words.symbol()
    words.choose("reference")
    reference = ticks_of(words.take("a price"), glossary.scale(symbol))
    levels = _read_falls(words) if words.accept("falls") else MARKET_BREAKER_LEVELS
    return ConfigureMarketBreaker(symbol=symbol, reference_ticks=reference, levels=levels)


def _read_falls(words: Words) -> tuple[BreakerLevel, ...]:
    if words.accept(_NO_FALLS):
        return ()
    shape = "falls such as 7%:15m,20%:day, or none"
    return tuple(
        BreakerLevel(fall_ppm=ppm_of(fall), halt_ns=_read_halt_length(length))
        for fall, length in pairs(words.take(shape), ":", shape)
    )


def _read_halt_length(word: Word) -> int | None:
    return None if word.text == _REST_OF_DAY else duration_of(word)


def _market_breaker(command: ConfigureMarketBreaker, glossary: Glossary) -> str:
    reference = price_text(command.reference_ticks, glossary.scale(command.symbol))
    text = f"market-breaker {name(command.symbol)} reference {reference}"
    if command.levels == MARKET_BREAKER_LEVELS:
        return text
    falls = ",".join(
        f"{percent_text(level.fall_ppm)}:"
        + (_REST_OF_DAY if level.halt_ns is None else duration_text(level.halt_ns))
        for level in command.levels
    )
    return f"{text} falls {falls or _NO_FALLS}"


def _read_fees(words: Words, _glossary: Glossary) -> Command:
    symbol = words.symbol()
    schedule: dict[str, Any] = {"name": words.take("the schedule's name").text}
    tiers = []
    while words.accept("from"):
        tiers.append(_read_tier(words))
    if words.accept("insurance"):
        schedule["insurance_share_ppm"] = ppm_of(words.take("a share"))
    if words.accept("read"):
        schedule["read_on"] = words.take("a date").text
    words.finish("from VOLUME maker SHARE taker SHARE, then insurance SHARE, then read DATE")
    return ConfigureFees(symbol=symbol, schedule=FeeSchedule(tiers=tuple(tiers), **schedule))


def _read_tier(words: Words) -> FeeTier:
    tier = {"from_quanta": quanta_of(words.take("a volume"))}
    for side in ("maker", "taker"):
        words.choose(side)
        tier[f"{side}_ppm"] = ppm_of(words.take("a share such as 5bps"))
    if words.accept("uptime"):
        tier["uptime_ppm"] = ppm_of(words.take("a share such as 80%"))
    return FeeTier(**tier)


def _fees(command: ConfigureFees, _glossary: Glossary) -> str:
    schedule = command.schedule
    words = [f"fees {name(command.symbol)} {name(schedule.name)}"]
    for tier in schedule.tiers:
        words.append(f"from {money_text(tier.from_quanta)}")
        words.append(f"maker {bps_text(tier.maker_ppm)} taker {bps_text(tier.taker_ppm)}")
        if tier.uptime_ppm:
            words.append(f"uptime {percent_text(tier.uptime_ppm)}")
    if schedule.insurance_share_ppm:
        words.append(f"insurance {percent_text(schedule.insurance_share_ppm)}")
    if schedule.read_on:
        words.append(f"read {name(schedule.read_on)}")
    return " ".join(words)


READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "instrument": _read_instrument,
    "account": _read_account,
    "deposit": _read_deposit,
    "price": _read_price,
    "sessions": _read_sessions,
    "halt": _read_halt,
    "resume": _read_resume,
    "market-breaker": _read_market_breaker,
    "fees": _read_fees,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    ListInstrument: _instrument,
    OpenAccount: _account,
    Deposit: _deposit,
    SetPrice: _price,
    SetSessions: _sessions,
    HaltInstrument: _halt,
    ResumeInstrument: _resume,
    ConfigureMarketBreaker: _market_breaker,
    ConfigureFees: _fees,
}
