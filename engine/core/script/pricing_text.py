"""Reading and writing what marks, funding and collateral are computed from.

| line | command |
|---|---|
| `index SYMBOL SOURCE PRICE [confidence SHARE]` | SetIndexSource |
| `rate SYMBOL RATE` | SetFundingRate |
| `oracle SYMBOL mark METHOD [SHARE] [AGES] [source NAME WEIGHT]*` | ConfigureOracle |
| `funding SYMBOL MODEL [every DURATION] [RATES]` | ConfigureFunding |
| `currency CURRENCY [haircut SHARE] [pegged CURRENCY]` | ConfigureCurrency |

METHOD is external, book, weighted or basis, and the share behind it that of the book. AGES are
`[age DURATION] [sample DURATION] [confidence SHARE]`, RATES `[interest RATE] [clamp RATE]
[cap RATE] [damping SHARE]`. A rate is a share to the billionth.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import (
    Command,
    ConfigureCurrency,
    ConfigureFunding,
    ConfigureOracle,
    FundingModel,
    IndexSource,
    MarkMethod,
    SetFundingRate,
    SetIndexSource,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import (
    duration_of,
    duration_text,
    integer_of,
    is_share,
    percent_text,
    ppb_of,
    ppm_of,
    price_text,
    rate_text,
    ticks_of,
)
from engine.core.script.words import Word, Words, dashed, name

_Settings = dict[str, tuple[str, Callable[[Word], int], Callable[[int], str]]]
_AGES: _Settings = {
    "age": ("max_age_ns", duration_of, duration_text),
    "sample": ("sample_ns", duration_of, duration_text),
    "confidence": ("confidence_max_ppm", ppm_of, percent_text),
}
_RATES: _Settings = {
    "interest": ("interest_ppb", ppb_of, rate_text),
    "clamp": ("clamp_ppb", ppb_of, rate_text),
    "cap": ("cap_ppb", ppb_of, rate_text),
    "damping": ("damping_ppm", ppm_of, percent_text),
}
_EVERY: _Settings = {"every": ("interval_ns", duration_of, duration_text)}
_USUAL_ORACLE = ConfigureOracle(symbol="")
_USUAL_FUNDING = ConfigureFunding(symbol="")


def _read_index(words: Words, glossary: Glossary) -> Command:
    symbol = words.symbol()
    source = words.take("the source's name").text
    price = ticks_of(words.take("a price"), glossary.scale(symbol))
    confidence = ppm_of(words.take("a share")) if words.accept("confidence") else 0
    return SetIndexSource(
        symbol=symbol, source=source, price_ticks=price, confidence_ppm=confidence
    )


def _index(command: SetIndexSource, glossary: Glossary) -> str:
    price = price_text(command.price_ticks, glossary.scale(command.symbol))
    text = f"index {name(command.symbol)} {name(command.source)} {price}"
    if not command.confidence_ppm:
        return text
    return f"{text} confidence {percent_text(command.confidence_ppm)}"


def _read_rate(words: Words, _glossary: Glossary) -> Command:
    symbol = words.symbol()
    return SetFundingRate(symbol=symbol, rate_ppb=ppb_of(words.take("a rate such as 0.01%")))


def _rate(command: SetFundingRate, _glossary: Glossary) -> str:
    return f"rate {name(command.symbol)} {rate_text(command.rate_ppb)}"


def _read_oracle(words: Words, _glossary: Glossary) -> Command:
    symbol = words.symbol()
    words.choose("mark")
    settings: dict[str, Any] = {"mark": words.member(MarkMethod)}
    word = words.peek()
    if word is not None and is_share(word):
        settings["book_weight_ppm"] = ppm_of(words.take("a share"))
    settings |= _read_settings(words, _AGES)
    sources = []
    while words.accept("source"):
        source = words.take("the source's name").text
        weight = integer_of(words.take("its weight"), "its weight")
        sources.append(IndexSource(name=source, weight=weight))
    words.finish("the share of the book; " + ", ".join(_AGES) + "; then source NAME WEIGHT")
    return ConfigureOracle(symbol=symbol, sources=tuple(sources), **settings)


def _oracle(command: ConfigureOracle, _glossary: Glossary) -> str:
    text = f"oracle {name(command.symbol)} mark {dashed(command.mark)}"
    weighted = command.mark is MarkMethod.WEIGHTED
    if weighted or command.book_weight_ppm != _USUAL_ORACLE.book_weight_ppm:
        text += f" {percent_text(command.book_weight_ppm)}"
    text += _settings(command, _AGES, _USUAL_ORACLE)
    for source in command.sources:
        text += f" source {name(source.name)} {source.weight}"
    return text


def _read_funding(words: Words, _glossary: Glossary) -> Command:
    symbol, model = words.symbol(), words.member(FundingModel)
    settings = _read_settings(words, _EVERY | _RATES)
    words.finish("each once: " + ", ".join(_EVERY | _RATES))
    return ConfigureFunding(symbol=symbol, model=model, **settings)


def _funding(command: ConfigureFunding, _glossary: Glossary) -> str:
    every = duration_text(command.interval_ns)
    text = f"funding {name(command.symbol)} {dashed(command.model)} every {every}"
    return text + _settings(command, _RATES, _USUAL_FUNDING)


def _read_currency(words: Words, _glossary: Glossary) -> Command:
    settings: dict[str, Any] = {"currency": words.take("a currency").text}
    if words.accept("haircut"):
        settings["haircut_ppm"] = ppm_of(words.take("a share"))
    if words.accept("pegged"):
        settings["pegged_to"] = words.take("a currency").text
    words.finish("haircut SHARE, then pegged CURRENCY")
    return ConfigureCurrency(**settings)


def _currency(command: ConfigureCurrency, _glossary: Glossary) -> str:
    text = f"currency {name(command.currency)} haircut {percent_text(command.haircut_ppm)}"
    return f"{text} pegged {name(command.pegged_to)}" if command.pegged_to else text


def _read_settings(words: Words, settings: _Settings) -> dict[str, int]:
    read = {}
    for keyword in words.each_once(*settings):
        field, reader, _ = settings[keyword]
        read[field] = reader(words.take(f"the value of {keyword}"))
    return read


def _settings(command: Command, settings: _Settings, usual: Command) -> str:
    text = ""
    for keyword, (field, _, writer) in settings.items():
        value = getattr(command, field)
        if value != getattr(usual, field):
            text += f" {keyword} {writer(value)}"
    return text


READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "index": _read_index,
    "rate": _read_rate,
    "oracle": _read_oracle,
    "funding": _read_funding,
    "currency": _read_currency,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    SetIndexSource: _index,
    SetFundingRate: _rate,
    ConfigureOracle: _oracle,
    ConfigureFunding: _funding,
    ConfigureCurrency: _currency,
}
