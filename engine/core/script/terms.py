"""The text form of an instrument's terms: `BTC-USDT spot tick 0.01 lot 0.001 maker 5bps`.

Only what differs from the defaults of `Instrument` is written. Base and quote come from the symbol
where it reads `BASE-QUOTE` or `BASE-QUOTE-REST`; the venue is `local`.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from engine.core.instruments import AssetClass, Instrument
from engine.core.script.numbers import (
    decimal_of,
    integer_of,
    money_text,
    quanta_of,
    times,
    whole,
)
from engine.core.script.words import ScriptError, Word, Words, name
from engine.core.units import UnitError, decimal_text, parse_decimal, steps_exact

VENUE = "local"
PPM_PER_BPS = 100
PPM_PER_PERCENT = 10_000
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
    symbol = words.take("the instrument's symbol").text
    asset_class = AssetClass(words.choose(*(kind.value for kind in AssetClass)))
    fields: dict[str, Word] = {}
    while (word := words.peek()) is not None:
        words.take("a field")
        if word.quoted or word.text not in _READERS or word.text in fields:
            raise word.wrong("each once: " + ", ".join(_READERS))
        fields[word.text] = words.take(f"the value of {word.text}")
    for needed in ("tick", "lot"):
        if needed not in fields:
            words.take(f"{needed} and its size")
    return _instrument(symbol, asset_class, fields)


def _instrument(symbol: str, asset_class: AssetClass, fields: dict[str, Word]) -> Instrument:
    base, quote = _currencies(symbol)
    read: dict[str, Any] = {"venue": VENUE, "base": base, "quote": quote}
    lot = decimal_of(fields["lot"])
    for key, word in fields.items():
        field, reader = _READERS[key]
        read[field] = reader(word, lot)
    read.setdefault("settlement", read["quote"])
    return Instrument(symbol=symbol, asset_class=asset_class, **read)


def _currencies(symbol: str) -> tuple[str, str]:
    base, _, rest = symbol.partition("-")
    return base, rest.partition("-")[0].partition(".")[0]


def _text(word: Word, _lot: Decimal) -> str:
    return word.text


def _decimal(word: Word, _lot: Decimal) -> Decimal:
    return decimal_of(word)


def _money(word: Word, _lot: Decimal) -> int:
    return quanta_of(word)


def _bps(word: Word, _lot: Decimal) -> int:
    return _share(word, "bps", PPM_PER_BPS)


def _percent(word: Word, _lot: Decimal) -> int:
    return _share(word, "%", PPM_PER_PERCENT)


def _share(word: Word, unit: str, ppm: int) -> int:
    if not word.text.endswith(unit):
        raise word.wrong(f"a number of {unit}, such as 10{unit}")
    try:
        return whole(times(ppm, parse_decimal(word.text.removesuffix(unit))), "millionths")
    except UnitError:
        raise word.wrong(f"a number of {unit} in whole millionths, such as 10{unit}") from None


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
}
FIELDS = tuple(_READERS)


def render_terms(terms: Instrument) -> str:
    """The words of an instrument, which `parse_terms` reads back to the same terms."""
    base, quote = _currencies(terms.symbol)
    implied = _DEFAULTS | {"venue": VENUE, "base": base, "quote": quote}
    implied["settlement"] = terms.quote
    words = [name(terms.symbol), terms.asset_class.value]
    for key, (field, reader) in _READERS.items():
        value = getattr(terms, field)
        if field not in implied or value != implied[field]:
            words += [key, _WRITERS[reader](value, terms.lot_size)]
    return " ".join(words)


def _size(lots: int, lot: Decimal) -> str:
    return str(lots) if lot <= 0 else decimal_text(times(lots, lot))


_WRITERS: dict[Callable[[Word, Decimal], object], Callable[[Any, Decimal], str]] = {
    _text: lambda text, _lot: name(text),
    _decimal: lambda value, _lot: decimal_text(value),
    _money: lambda quanta, _lot: money_text(quanta),
    _bps: lambda ppm, _lot: f"{decimal_text(Decimal(ppm) / PPM_PER_BPS)}bps",
    _percent: lambda ppm, _lot: f"{decimal_text(Decimal(ppm) / PPM_PER_PERCENT)}%",
    _lots: _size,
}
