"""Reading and writing what a trader states about a portfolio as a whole.

| line | command |
|---|---|
| `portfolio NAME [PROFILE]` | ConfigurePortfolio |
| `reset NAME` | ResetPortfolio |
| `archive NAME`, `unarchive NAME` | ArchivePortfolio |
| `limits NAME [LIMITS] [in SYMBOL [OF-SYMBOL]]*` | SetLimits |

PROFILE is `[base CURRENCY] [start AMOUNT] [lots fifo\\|lifo\\|average] [collateral single\\|multi]
[leverage CLASS:TIMES,...] [public]`, then `[title=TEXT] [description=TEXT] [tag=TEXT]*`. LIMITS are
`[order AMOUNT] [rate COUNT] [position AMOUNT] [positions COUNT] [leverage TIMES]`, OF-SYMBOL
`[size SIZE] [notional AMOUNT] [leverage TIMES]`. What is not stated is as usual, or unlimited.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    ArchivePortfolio,
    Collateral,
    Command,
    ConfigurePortfolio,
    LotMethod,
    Profile,
    ResetPortfolio,
    SetLimits,
)
from engine.core.instruments import AssetClass
from engine.core.margin_terms import InstrumentLimit, Limits
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    integer_of,
    lots_of,
    money_text,
    multiple_of,
    multiple_text,
    quanta_of,
    size_text,
)
from engine.core.script.words import ScriptError, Word, Words, dashed, name, pairs
from engine.core.units import Scale

_USUAL = Profile()
_TEXTS = ("title", "description", "tag")


def _read_portfolio(words: Words, _glossary: Glossary) -> Command:
    account = words.account()
    profile: dict[str, Any] = {}
    for keyword in words.each_once(*_SETTINGS, "public"):
        if keyword == "public":
            profile["public"] = True
        else:
            field, reader, _ = _SETTINGS[keyword]
            profile[field] = reader(words)
    profile |= _read_texts(words)
    words.finish("each once: " + ", ".join((*_SETTINGS, "public")) + "; then title=, tag=")
    return ConfigurePortfolio(account=account, profile=Profile(**profile))


def _read_texts(words: Words) -> dict[str, Any]:
    read: dict[str, Any] = {}
    tags: list[str] = []
    while option := words.option(*_TEXTS):
        key, word = option
        if key == "tag":
            tags.append(word.text)
        elif key in read:
            raise ScriptError(f"{key}= is given twice; give it once", word.column)
        else:
            read[key] = word.text
    return read | {"tags": tuple(tags)}


def _portfolio(command: ConfigurePortfolio, _glossary: Glossary) -> str:
    return f"portfolio {name(command.account)} {_profile(command.profile)}".rstrip()


def _profile(profile: Profile) -> str:
    words = []
    for keyword, (field, _, writer) in _SETTINGS.items():
        value = getattr(profile, field)
        if value != getattr(_USUAL, field):
            words.append(f"{keyword} {writer(value)}")
    if profile.public:
        words.append("public")
    texts = {"title": profile.title, "description": profile.description}
    words += [f"{key}={name(text)}" for key, text in texts.items() if text]
    words += [f"tag={name(tag)}" for tag in profile.tags]
    return " ".join(words)


def _read_leverages(words: Words) -> dict[AssetClass, int]:
    shape = "leverages such as perpetual:10,stock:2"
    classes = {dashed(member): member for member in AssetClass}
    read: dict[AssetClass, int] = {}
    for asset_class, leverage in pairs(words.take(shape), ":", shape):
        if asset_class.text not in classes or classes[asset_class.text] in read:
            raise asset_class.wrong("each once: " + ", ".join(classes))
        read[classes[asset_class.text]] = integer_of(leverage, "a leverage such as 10")
    return read


def _leverages(leverages: dict[AssetClass, int]) -> str:
    return ",".join(f"{dashed(kind)}:{leverage}" for kind, leverage in leverages.items())


def _read_money(words: Words) -> int:
    return quanta_of(words.take("an amount"))


_SETTINGS: dict[str, tuple[str, Callable[[Words], object], Callable[[Any], str]]] = {
    "base": ("base_currency", lambda words: words.take("a currency").text, name),
    "start": ("starting_quanta", _read_money, money_text),
    "lots": ("lot_method", lambda words: words.member(LotMethod), dashed),
    "collateral": ("collateral", lambda words: words.member(Collateral), dashed),
    "leverage": ("leverages", _read_leverages, _leverages),
}


def _read_reset(words: Words, _glossary: Glossary) -> Command:
    return ResetPortfolio(account=words.account())


def _reset(command: ResetPortfolio, _glossary: Glossary) -> str:
    return f"reset {name(command.account)}"


def _read_archive(words: Words, _glossary: Glossary) -> Command:
    return ArchivePortfolio(account=words.account())


def _read_unarchive(words: Words, _glossary: Glossary) -> Command:
    return ArchivePortfolio(account=words.account(), archived=False)


def _archive(command: ArchivePortfolio, _glossary: Glossary) -> str:
    return f"{'archive' if command.archived else 'unarchive'} {name(command.account)}"


def _read_limits(words: Words, glossary: Glossary) -> Command:
    account = words.account()
    limits: dict[str, Any] = {}
    for keyword in words.each_once(*_LIMITS):
        field, reader, _ = _LIMITS[keyword]
        limits[field] = reader(words.take(f"the limit of {keyword}"))
    by_symbol: dict[str, InstrumentLimit] = {}
    while words.accept("in"):
        word = words.take("an instrument's symbol")
        if word.text in by_symbol:
            raise ScriptError(f"{word.text} is limited twice; limit it once", word.column)
        by_symbol[word.text] = _read_symbol_limit(words, glossary.scale(word.text))
    words.finish("each once: " + ", ".join(_LIMITS) + "; then in SYMBOL")
    return SetLimits(account=account, limits=Limits(**limits, by_symbol=by_symbol))


def _read_symbol_limit(words: Words, scale: Scale | None) -> InstrumentLimit:
    limits: dict[str, int] = {}
    for keyword in words.each_once(*_SYMBOL_LIMITS):
        field, reader, _ = _SYMBOL_LIMITS[keyword]
        limits[field] = reader(words.take(f"the limit of {keyword}"), scale)
    return InstrumentLimit(**limits)


def _limits(command: SetLimits, glossary: Glossary) -> str:
    words = [f"limits {name(command.account)}"]
    for keyword, (field, _, writer) in _LIMITS.items():
        value = getattr(command.limits, field)
        if value is not None:
            words.append(f"{keyword} {writer(value)}")
    for symbol, limit in command.limits.by_symbol.items():
        words.append(f"in {name(symbol)}")
        for keyword, (field, _, sized) in _SYMBOL_LIMITS.items():
            value = getattr(limit, field)
            if value is not None:
                words.append(f"{keyword} {sized(value, glossary.scale(symbol))}")
    return " ".join(words)


def _count(word: Word) -> int:
    return integer_of(word, "a limit")


_LIMITS: dict[str, tuple[str, Callable[[Word], int], Callable[[int], str]]] = {
    "order": ("order_notional_max_quanta", quanta_of, money_text),
    "rate": ("orders_per_second_max", _count, str),
    "position": ("position_notional_max_quanta", quanta_of, money_text),
    "positions": ("positions_max", _count, str),
    "leverage": ("leverage_max_ppm", multiple_of, multiple_text),
}
_SYMBOL_LIMITS: dict[
    str, tuple[str, Callable[[Word, Scale | None], int], Callable[[int, Scale | None], str]]
] = {
    "size": ("lots_max", lots_of, size_text),
    "notional": (
        "notional_max_quanta",
        lambda word, _scale: quanta_of(word),
        lambda quanta, _scale: money_text(quanta),
    ),
    "leverage": (
        "leverage_max",
        lambda word, _scale: _count(word),
        lambda leverage, _scale: str(leverage),
    ),
}

READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "portfolio": _read_portfolio,
    "reset": _read_reset,
    "archive": _read_archive,
    "unarchive": _read_unarchive,
    "limits": _read_limits,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    ConfigurePortfolio: _portfolio,
    ResetPortfolio: _reset,
    ArchivePortfolio: _archive,
    SetLimits: _limits,
}
