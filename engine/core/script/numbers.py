"""Numbers of the text form: decimals that a person writes, integers that the exchange works with.

Prices and sizes are in the units of their instrument, shares in percent or hundredths of it, times
in hours, minutes and seconds. A price or size of an instrument that is not listed has no unit: it
is written in whole ticks or lots.
"""

import re
from decimal import Context, Decimal

from engine.core.script.words import ScriptError, Word
from engine.core.units import (
    Scale,
    UnitError,
    decimal_text,
    parse_decimal,
    quanta_decimal,
    quanta_exact,
    steps_exact,
)

_EXACT = Context(prec=120)
"""Wide enough that no product of numbers that can be written rounds."""

NS_PER_SECOND = 1_000_000_000
_NS = {
    "h": 3600 * NS_PER_SECOND,
    "m": 60 * NS_PER_SECOND,
    "s": NS_PER_SECOND,
    "ms": 1_000_000,
    "us": 1_000,
    "ns": 1,
}
PPM_PER_BPS = 100
PPM_PER_PERCENT = 10_000
_PPB_PER_PPM = 1_000
_BPS_PER_PPM = Decimal(1) / PPM_PER_BPS
_PERCENT_PER_PPM = Decimal(1) / PPM_PER_PERCENT
_PERCENT_PER_PPB = _PERCENT_PER_PPM.scaleb(-3)
_ONE_PPM = Decimal(1).scaleb(-6)
_DURATION = re.compile(r"(?P<count>-?[0-9.]+)(?P<unit>ns|us|ms|s|m|h)", re.ASCII)
_CLOCK = re.compile(
    r"(?:(?P<days>-?\d{1,6})d)?(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d)(?:\.(?P<fraction>\d{1,9}))?",
    re.ASCII,
)


def ticks_of(word: Word, scale: Scale | None) -> int:
    """The price that a word states, in ticks."""
    try:
        price = parse_decimal(word.text)
        return whole(price, "ticks") if scale is None else scale.ticks_exact(price)
    except UnitError as error:
        raise ScriptError(str(error), word.column) from None


def lots_of(word: Word, scale: Scale | None) -> int:
    """The size that a word states, in lots."""
    try:
        size = parse_decimal(word.text)
        return whole(size, "lots") if scale is None else scale.lots_exact(size)
    except UnitError as error:
        raise ScriptError(str(error), word.column) from None


def quanta_of(word: Word) -> int:
    """The amount of money that a word states, in quanta."""
    try:
        return quanta_exact(parse_decimal(word.text))
    except UnitError as error:
        raise ScriptError(str(error), word.column) from None


def decimal_of(word: Word) -> Decimal:
    """The plain decimal that a word states."""
    try:
        return parse_decimal(word.text)
    except UnitError as error:
        raise ScriptError(str(error), word.column) from None


def integer_of(word: Word, what: str) -> int:
    """The whole number that a word states."""
    if not re.fullmatch(r"-?[0-9]{1,30}", word.text, re.ASCII):
        raise word.wrong(f"{what}, a whole number")
    return int(word.text)


def whole(value: Decimal, what: str) -> int:
    """A decimal that must be whole, because no instrument says what a fraction would be."""
    try:
        return steps_exact(value, Decimal(1), "step")
    except UnitError:
        raise UnitError(
            f"{decimal_text(value)} is not whole: the instrument is not listed, so write {what}"
        ) from None


def times(count: int, step: Decimal) -> Decimal:
    """A number of steps, exact."""
    return _EXACT.multiply(Decimal(count), step)


def price_text(price_ticks: int, scale: Scale | None) -> str:
    """A price in decimals; in ticks where the instrument is not known."""
    return str(price_ticks) if scale is None else decimal_text(times(price_ticks, scale.tick_size))


def size_text(lots: int, scale: Scale | None) -> str:
    """A size in decimals; in lots where the instrument is not known."""
    return str(lots) if scale is None else decimal_text(times(lots, scale.lot_size))


def money_text(quanta: int) -> str:
    """An amount of money in units of its currency."""
    return decimal_text(quanta_decimal(quanta))


def is_share(word: Word) -> bool:
    """Whether a word ends like a share: `0.5%`, `50bps`."""
    return word.text.endswith(("%", "bps"))


def ppm_of(word: Word) -> int:
    """The millionths of a share: `0.5%`, `50bps`."""
    return _share(word, 1, "millionths")


def ppb_of(word: Word) -> int:
    """The billionths of a rate: `0.0125%`, `1bps`."""
    return _share(word, _PPB_PER_PPM, "billionths")


def _share(word: Word, per_ppm: int, parts: str) -> int:
    percent = word.text.endswith("%")
    if not is_share(word):
        raise word.wrong("a share in % or bps, such as 0.5% or 50bps")
    digits = word.text.removesuffix("%" if percent else "bps")
    unit = per_ppm * (PPM_PER_PERCENT if percent else PPM_PER_BPS)
    try:
        return whole(times(unit, parse_decimal(digits)), parts)
    except UnitError:
        raise word.wrong(f"a share in whole {parts}, in % or bps, such as 0.5%") from None


def bps_text(ppm: int) -> str:
    """A share in hundredths of a percent."""
    return f"{decimal_text(times(ppm, _BPS_PER_PPM))}bps"


def percent_text(ppm: int) -> str:
    """A share in percent."""
    return f"{decimal_text(times(ppm, _PERCENT_PER_PPM))}%"


def rate_text(ppb: int) -> str:
    """A rate of funding in percent."""
    return f"{decimal_text(times(ppb, _PERCENT_PER_PPB))}%"


def multiple_of(word: Word) -> int:
    """The millionths of a plain number, such as a leverage of `2.5`."""
    try:
        return steps_exact(parse_decimal(word.text), _ONE_PPM, "millionth")
    except UnitError as error:
        raise ScriptError(str(error), word.column) from None


def multiple_text(ppm: int) -> str:
    """Millionths as a plain number."""
    return decimal_text(times(ppm, _ONE_PPM))


def signed_text(quanta: int) -> str:
    """An amount of money that goes one way or the other: `+500`, `-20`."""
    return f"+{money_text(quanta)}" if quanta > 0 else money_text(quanta)


def duration_of(word: Word) -> int:
    """The nanoseconds of a duration: `5s`, `1.5ms`, `2h`."""
    match = _DURATION.fullmatch(word.text)
    if match is None:
        raise word.wrong("a duration such as 5s, 250ms or 2h")
    try:
        return whole(times(_NS[match["unit"]], parse_decimal(match["count"])), "nanoseconds")
    except UnitError:
        raise word.wrong("a duration of whole nanoseconds, such as 5s or 250ms") from None


def duration_text(duration_ns: int) -> str:
    """A duration in the largest unit that leaves no fraction."""
    for unit, length in _NS.items():
        if duration_ns % length == 0 and duration_ns:
            return f"{duration_ns // length}{unit}"
    return "0s"


def clock_of(word: Word) -> int:
    """The nanoseconds since 1970 of `10:00:00.000000001` or `20778d10:00:00`."""
    match = _CLOCK.fullmatch(word.text)
    if match is None or int(match["h"]) > 23 or int(match["m"]) > 59 or int(match["s"]) > 59:
        raise word.wrong("a time such as 10:00:00, 10:00:00.5 or 20778d10:00:00")
    hours = int(match["days"] or 0) * 24 + int(match["h"])
    seconds = (hours * 60 + int(match["m"])) * 60 + int(match["s"])
    return seconds * NS_PER_SECOND + int((match["fraction"] or "").ljust(9, "0"))


def clock_text(ts_ns: int) -> str:
    """A time of day, with the days since 1970 before it unless there are none."""
    seconds, fraction = divmod(ts_ns, NS_PER_SECOND)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    text = f"{hour:02}:{minute:02}:{second:02}"
    if fraction:
        text += f".{fraction:09}".rstrip("0")
    return f"{days}d{text}" if days else text
