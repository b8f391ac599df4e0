"""One word into a number, a price or a size.

A word that is none of them is refused by a `CommandLineRefusal` without a place: the caller, who
has the token, adds it.
"""

import re
from decimal import Decimal

from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    BuyingPowerShare,
    Distance,
    Everything,
    Money,
    Offset,
    OffsetPrice,
    OffsetUnit,
    PositionShare,
    Price,
    PriceWord,
    Quantity,
    RiskUnits,
    Size,
    WordPrice,
)
from tui_exchange.command_line.vocabulary import UNBUILT_VARIABLES, VARIABLES

WHOLE_DIGITS_MAX = 15
DECIMALS_MAX = 12
"""Together below the 28 digits to which decimal arithmetic is exact."""

_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)[km]?"
NUMBER = re.compile(_NUMBER, re.ASCII)
OFFSET = re.compile(rf"([+-])({_NUMBER})(t|%)?", re.ASCII)
WORD_PRICE = re.compile(r"([a-z]+)([+-].*)?", re.ASCII)
SHARE = re.compile(rf"({_NUMBER})%(pos)?", re.ASCII)
DISTANCE = re.compile(rf"({_NUMBER})(t|%)?", re.ASCII)
PROTECTION = re.compile(rf"({_NUMBER})(%|bps)", re.ASCII)
RISK = re.compile(rf"({_NUMBER})r(?:@(.*))?", re.ASCII)
VARIABLE = re.compile(r"(\$[a-z]+)(.*)", re.ASCII)
SYMBOL = re.compile(r"[a-z0-9]+(?:[-./][a-z0-9]+)*", re.ASCII | re.IGNORECASE)
SYMBOL_CHARS_MAX = 40
MULTIPLES = {"k": Decimal(1000), "m": Decimal(1_000_000)}
PRICE_WORDS = {word.value: word for word in PriceWord}
PRICE_FORMS = (
    "a number, `bid`, `ask`, `mid`, `last`, `mark`, `entry`, `best`, or an offset such as `+2t`"
)
DISTANCE_FORMS = "`50`, `20t` for ticks or `1%`"
SIZE_FORMS = "`0.5`, `$500`, `25%`, `50%pos`, `all` or `1r@<stop>`"


def read_number(text: str) -> Decimal:
    """A positive decimal: digits, perhaps grouped by `,`, perhaps in thousands `k` or millions `m`.

    Raises:
        CommandLineRefusal: Not such a number, zero, or longer than anything traded.
    """
    if NUMBER.fullmatch(text) is None:
        hint = "; commas group thousands, as in 62,000" if "," in text else ""
        raise CommandLineRefusal(f"{clip(text)!r} is not a number{hint}")
    digits = text.replace(",", "")
    multiple = MULTIPLES.get(digits[-1], Decimal(1))
    digits = digits.rstrip("km")
    whole, _, places = digits.partition(".")
    if len(whole.lstrip("0")) > WHOLE_DIGITS_MAX or len(places) > DECIMALS_MAX:
        raise CommandLineRefusal(
            f"{clip(text)} is too long for a number: at most {WHOLE_DIGITS_MAX} digits before the"
            f" point and {DECIMALS_MAX} after it"
        )
    value = Decimal(digits) * multiple
    if value == 0:
        raise CommandLineRefusal(f"{clip(text)} is zero; give a number above it")
    return value


def read_offset(text: str) -> Offset:
    """A signed distance: `+2t`, `-0.5%`, `+100`.

    Raises:
        CommandLineRefusal: Not an offset, or one of part of a tick.
    """
    match = OFFSET.fullmatch(text)
    if match is None:
        raise CommandLineRefusal(
            f"{clip(text)!r} is not an offset; write `+2t` for ticks, `-0.5%` or `+100`"
        )
    sign, number, suffix = match.groups()
    amount = read_number(number)
    unit = OffsetUnit(suffix or "")
    if unit is OffsetUnit.TICKS and amount != amount.to_integral_value():
        raise CommandLineRefusal(f"{clip(text)!r} is part of a tick; give whole ticks")
    return Offset(-amount if sign == "-" else amount, unit)


def read_distance(text: str) -> Distance:
    """How far from a price: `50`, `20t`, `1%`; also none at all, `0`.

    Raises:
        CommandLineRefusal: Not a distance, part of a tick, or a percentage of all and more.
    """
    match = DISTANCE.fullmatch(text.lower())
    if match is None:
        sign = "; it has no sign" if text[0] in "+-" else ""
        raise CommandLineRefusal(
            f"{clip(text)!r} is not a distance: write {DISTANCE_FORMS}{sign}",
            text[1:] if sign and DISTANCE.fullmatch(text[1:].lower()) else "",
        )
    number, unit = match[1], OffsetUnit(match[2] or "")
    amount = Decimal(0) if not number.strip("0.") else read_number(number)
    if unit is OffsetUnit.TICKS and amount != amount.to_integral_value():
        raise CommandLineRefusal(f"{clip(text)!r} is part of a tick; give whole ticks")
    if unit is OffsetUnit.PERCENT and not 0 < amount < 100:
        raise CommandLineRefusal(f"`{clip(text)}`: a percentage here lies between 0 and 100")
    return Distance(amount, unit)


def read_protection(text: str) -> int:
    """A distance from the touch in millionths: `0.5%` or `50bps`.

    Raises:
        CommandLineRefusal: Neither, not below 100%, or finer than a millionth.
    """
    match = PROTECTION.fullmatch(text.lower())
    if match is None:
        raise CommandLineRefusal(
            f"{clip(text)!r} is not a distance from the touch: write `0.5%` or `50bps`"
        )
    ppm = read_number(match[1]) * (10_000 if match[2] == "%" else 100)
    if ppm >= 1_000_000 or ppm != ppm.to_integral_value():
        raise CommandLineRefusal(f"`{clip(text)}`: a protection is below 100%, in steps of 0.0001%")
    return int(ppm)


def read_price(word: str) -> Price:
    """A price as it stands after `at`.

    Raises:
        CommandLineRefusal: Not a price.
    """
    if not word:
        raise CommandLineRefusal(f"a price is missing here: {PRICE_FORMS}")
    text = _without_variable(word.lower())
    if text[0] in "+-":
        return OffsetPrice(read_offset(text))
    if text[0] in "0123456789.":
        return AbsolutePrice(read_number(text))
    match = WORD_PRICE.fullmatch(text)
    if match is None or match[1] not in PRICE_WORDS:
        raise _no_price(word)
    offset = read_offset(match[2]) if match[2] else None
    return WordPrice(PRICE_WORDS[match[1]], offset)


def read_size(word: str) -> Size | None:
    """A size, or None for a word that cannot be meant as one.

    Raises:
        CommandLineRefusal: Meant as a size and not one.
    """
    text = _without_variable(word.lower())
    if text == "all":
        return Everything()
    if text[0] == "$":
        return Money(read_number(text[1:]))
    if text[0] not in "0123456789.":
        return None
    if match := RISK.fullmatch(text):
        return _risk_units(match[1], match[2])
    if match := SHARE.fullmatch(text):
        return _share(match[1], positional=match[2] is not None)
    if NUMBER.fullmatch(text) is None:
        if is_symbol(text):
            return None
        raise CommandLineRefusal(f"{clip(word)!r} is not a size; write {SIZE_FORMS}")
    return Quantity(read_number(text))


def is_symbol(text: str) -> bool:
    """Whether a word has a symbol's shape: parts of letters and digits, not only a number."""
    letters = sum(char.isalpha() for char in text)
    enough = letters >= (2 if text[:1].isdigit() else 1)
    return enough and len(text) <= SYMBOL_CHARS_MAX and SYMBOL.fullmatch(text) is not None


def is_price(word: str) -> bool:
    """Whether a word would be taken as a price after `at`."""
    try:
        read_price(word)
    except CommandLineRefusal:
        return False
    return True


def clip(text: str) -> str:
    """A text short enough for a sentence."""
    return text if len(text) <= 24 else text[:23] + "…"


def _without_variable(text: str) -> str:
    match = VARIABLE.fullmatch(text)
    if match is None:
        return text
    name = match[1]
    if name in UNBUILT_VARIABLES:
        raise CommandLineRefusal(
            f"`{name}` is known but not available in this version; {UNBUILT_VARIABLES[name]}"
        )
    if name not in VARIABLES:
        suggestion = nearest(name, VARIABLES)
        raise CommandLineRefusal(
            f"there is no variable `{clip(name)}`{did_you_mean(suggestion)}", suggestion
        )
    return VARIABLES[name] + match[2]


def _risk_units(count: str, stop: str | None) -> RiskUnits:
    if not stop:
        raise CommandLineRefusal(
            f"`{clip(count)}r` needs the stop that the risk is measured to:"
            f" write `{clip(count)}r@62000`"
        )
    return RiskUnits(read_number(count), read_price(stop))


def _share(number: str, *, positional: bool) -> Size:
    percent = read_number(number)
    if positional:
        return PositionShare(percent)
    if percent > 100:
        raise CommandLineRefusal(f"{clip(number)}% is more than all of it; at most 100%")
    return BuyingPowerShare(percent)


def _no_price(word: str) -> CommandLineRefusal:
    if word[0] == "$" and NUMBER.fullmatch(word[1:].lower()):
        return CommandLineRefusal(
            f"`$` marks an amount of money, not a price{did_you_mean('at ' + word[1:])}",
            "at " + word[1:],
        )
    suggestion = nearest(word.lower(), PRICE_WORDS)
    return CommandLineRefusal(
        f"{clip(word)!r} is not a price: {PRICE_FORMS}{did_you_mean(suggestion)}", suggestion
    )
