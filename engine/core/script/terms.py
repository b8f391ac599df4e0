"""The text form of an instrument's terms: `BTC-USDT spot tick 0.01 lot 0.001 maker 5bps`.

Only what differs from the defaults of `Instrument` is written. Base and quote come from the symbol
where it reads `BASE-QUOTE` or `BASE-QUOTE-REST`; the venue is `local`. A breaker is
`breaker MOVE [within DURATION] [halt DURATION] [cancel]`. Margin tiers are those of a preset by its
name, or `BOUND:LEVERAGE:MAINTENANCE` with commas between them, the last bound `rest`.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from engine.core.instruments import AssetClass, Breaker, Instrument, MarginTier
from engine.core.margin_terms import PRESETS
from engine.core.script.numbers import (
    bps_text,
    decimal_of,
    duration_of,
    duration_text,
    integer_of,
    money_text,
    percent_text,
    ppm_of,
    quanta_of,
    times,
)
from engine.core.script.words import ScriptError, Word, Words, dashed, name, pairs
from engine.core.units import UnitError, decimal_text, steps_exact

VENUE = "local"
_BREAKER = "breaker"
_REST = "rest"
_DEFAULTS = {
    field.name: field.default
    for field in msgspec.structs.fields(Instrument)
    if field.default is not msgspec.NODEFAULT
}


def parse_terms(words: Words) -> Instrument:
    """The instrument that the rest of a line states.

    Raises:
        ScriptError: A field is unknown, missing or no number.
    """
    symbol = words.symbol()
    asset_class = words.member(AssetClass)
    fields: dict[str, Word] = {}
    breaker = None
    while (word := words.peek()) is not None:
        words.take("a field")
        if word.quoted or word.text not in FIELDS or word.text in fields:
            raise word.wrong("each once: " + ", ".join(FIELDS))
        fields[word.text] = words.take(f"the value of {word.text}")
        if word.text == _BREAKER:
            breaker = _read_breaker(words, fields[_BREAKER])
    for needed in ("tick", "lot"):
        if needed not in fields:
            words.take(f"{needed} and its size")
    return _instrument(symbol, asset_class, fields, breaker)


def _read_breaker(words: Words, move: Word) -> Breaker:
    read: dict[str, Any] = {"move_ppm": ppm_of(move)}
    for keyword in words.each_once("within", "halt", "cancel"):
        if keyword == "cancel":
            read["cancel_orders"] = True
        else:
            field = {"within": "window_ns", "halt": "halt_ns"}[keyword]
            read[field] = duration_of(words.take("a duration"))
    return Breaker(**read)


def _instrument(
    symbol: str, asset_class: AssetClass, fields: dict[str, Word], breaker: Breaker | None
) -> Instrument:
    base, quote = _currencies(symbol)
    read: dict[str, Any] = {"venue": VENUE, "base": base, "quote": quote, "breaker": breaker}
    lot = decimal_of(fields["lot"])
    for key, (field, reader) in _READERS.items():
        if key in fields:
            read[field] = reader(fields[key], lot)
    read.setdefault("settlement", read[_settled_in(asset_class)])
    return Instrument(symbol=symbol, asset_class=asset_class, **read)


def _currencies(symbol: str) -> tuple[str, str]:
    base, _, rest = symbol.partition("-")
    return base, rest.partition("-")[0].partition(".")[0]


def _settled_in(asset_class: AssetClass) -> str:
    return "base" if asset_class is AssetClass.INVERSE else "quote"


def _text(word: Word, _lot: Decimal) -> str:
    return word.text


def _decimal(word: Word, _lot: Decimal) -> Decimal:
    return decimal_of(word)


def _money(word: Word, _lot: Decimal) -> int:
    return quanta_of(word)


def _bps(word: Word, _lot: Decimal) -> int:
    return ppm_of(word)


def _percent(word: Word, _lot: Decimal) -> int:
    return ppm_of(word)


def _count(word: Word, _lot: Decimal) -> int:
    return integer_of(word, "a number of orders")


def _tiers(word: Word, _lot: Decimal) -> tuple[MarginTier, ...]:
    preset = PRESETS.get(word.text)
    if preset is not None:
        return preset
    shape = ", ".join(PRESETS) + " or tiers such as 50000:100:0.5%,rest:50:1%"
    read = []
    for below, rest in pairs(word, ":", shape):
        ((leverage, maintenance),) = pairs(rest, ":", shape)
        bound = None if below.text == _REST else quanta_of(below)
        most = integer_of(leverage, "a leverage such as 10")
        tier = MarginTier(
            below_quanta=bound, leverage_max=most, maintenance_ppm=ppm_of(maintenance)
        )
        read.append(tier)
    return tuple(read)


def _lots(word: Word, lot: Decimal) -> int:
    if lot <= 0:
        return integer_of(word, "lots")
    try:
        return steps_exact(decimal_of(word), lot, "lot size")
    except UnitError as error:
        raise ScriptError(str(error), word.column) from None


_READERS: dict[str, tuple[str, Callable[[Word, Decimal], object]]] = {
    "tick": ("tick_size", _decimal),
    "lot": ("lot_size", _decimal),
    "venue": ("venue", _text),
    "base": ("base", _text),
    "quote": ("quote", _text),
    "settlement": ("settlement", _text),
    "min-size": ("lots_min", _lots),
    "max-size": ("lots_max", _lots),
    "min-notional": ("notional_min_quanta", _money),
    "multiplier": ("multiplier", _decimal),
    "maker": ("maker_fee_ppm", _bps),
    "taker": ("taker_fee_ppm", _bps),
    "margin": ("initial_margin_ppm", _percent),
    "tiers": ("margin_tiers", _tiers),
    "borrow": ("borrow_ppm", _percent),
    "liquidation-fee": ("liquidation_fee_ppm", _percent),
    "liquidation-step": ("liquidation_step_ppm", _percent),
    "calendar": ("calendar", _text),
    "band": ("band_ppm", _percent),
    "cascade": ("cascade_orders_max", _count),
}
FIELDS = (*_READERS, _BREAKER)


def render_terms(terms: Instrument) -> str:
    """The words of an instrument, which `parse_terms` reads back to the same terms."""
    base, quote = _currencies(terms.symbol)
    implied = _DEFAULTS | {"venue": VENUE, "base": base, "quote": quote}
    implied["settlement"] = getattr(terms, _settled_in(terms.asset_class))
    words = [name(terms.symbol), dashed(terms.asset_class)]
    for key, (field, reader) in _READERS.items():
        value = getattr(terms, field)
        if field not in implied or value != implied[field]:
            words += [key, _WRITERS[reader](value, terms.lot_size)]
    if terms.breaker is not None:
        words.append(_breaker(terms.breaker))
    return " ".join(words)


def _breaker(breaker: Breaker) -> str:
    usual = Breaker()
    text = f"{_BREAKER} {percent_text(breaker.move_ppm)}"
    if breaker.window_ns != usual.window_ns:
        text += f" within {duration_text(breaker.window_ns)}"
    if breaker.halt_ns != usual.halt_ns:
        text += f" halt {duration_text(breaker.halt_ns)}"
    return f"{text} cancel" if breaker.cancel_orders else text


def _tiers_text(tiers: tuple[MarginTier, ...]) -> str:
    for preset, its in PRESETS.items():
        if tiers == its:
            return preset
    return ",".join(
        f"{_REST if tier.below_quanta is None else money_text(tier.below_quanta)}"
        f":{tier.leverage_max}:{percent_text(tier.maintenance_ppm)}"
        for tier in tiers
    )


def _size(lots: int, lot: Decimal) -> str:
    return str(lots) if lot <= 0 else decimal_text(times(lots, lot))


_WRITERS: dict[Callable[[Word, Decimal], object], Callable[[Any, Decimal], str]] = {
    _text: lambda text, _lot: name(text),
    _decimal: lambda value, _lot: decimal_text(value),
    _money: lambda quanta, _lot: money_text(quanta),
    _bps: lambda ppm, _lot: bps_text(ppm),
    _percent: lambda ppm, _lot: percent_text(ppm),
    _count: lambda count, _lot: str(count),
    _lots: _size,
    _tiers: lambda tiers, _lot: _tiers_text(tiers),
}
