"""Settings of a portfolio as `portfolio new`, `clone` and `set` take them: `base=USD lots=fifo`.

base         its base currency
start        what it starts with, and after each reset
lots         which lots a sale closes: fifo, lifo, average
lev          leverage by class: perpetual:10,stock:2
collateral   single: each currency for itself; multi: all of them together
about        a description
tags         words, with commas between them
public       on or off
"""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any

import msgspec

from engine.core.commands import Collateral, LotMethod, Profile
from engine.core.instruments import AssetClass
from engine.core.units import quanta_exact
from tui_exchange.command_line.amounts import clip, read_number
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal, ResolutionRefusal

LEVERAGE_MAX = 1_000


def with_settings(profile: Profile, texts: Iterable[str]) -> Profile:
    """A profile with what each `key=value` says.

    Raises:
        ResolutionRefusal: An unknown key, or a value that it cannot have.
    """
    for text in texts:
        key, equals, value = text.partition("=")
        reader = _READERS.get(key.lower())
        if reader is None or not equals:
            suggestion = nearest(key.lower(), _READERS)
            raise ResolutionRefusal(
                f"{clip(text)!r} is no setting of a portfolio{did_you_mean(suggestion)};"
                f" there are {', '.join(_READERS)}",
                suggestion,
            )
        field, read = reader
        profile = msgspec.structs.replace(profile, **{field: read(value)})
    return profile


def _currency(text: str) -> str:
    if not (text.isascii() and text.isalnum() and len(text) <= 12):
        raise ResolutionRefusal(f"{clip(text)!r} is no currency; write one such as USD or BTC")
    return text.upper()


def _start(text: str) -> int:
    try:
        return quanta_exact(read_number(text.lower()))
    except CommandLineRefusal as refusal:
        raise ResolutionRefusal(refusal.sentence) from refusal


def _one_of(choices: type[Enum]) -> Callable[[str], Any]:
    def read(text: str) -> Enum:
        values = [one.value for one in choices]
        if text.lower() not in values:
            raise ResolutionRefusal(f"{clip(text)!r} is not one of {', '.join(values)}")
        return choices(text.lower())

    return read


def _leverages(text: str) -> dict[AssetClass, int]:
    found: dict[AssetClass, int] = {}
    names = {one.value: one for one in AssetClass}
    for part in filter(None, text.split(",")):
        name, _, digits = part.partition(":")
        digits = digits.lower().removesuffix("x")
        plain = digits.isascii() and digits.isdigit() and len(digits) < 6
        if name.lower() not in names or not plain or not 1 <= int(digits) <= LEVERAGE_MAX:
            raise ResolutionRefusal(
                f"{clip(part)!r} is no leverage of a class; write `perpetual:10` with one of"
                f" {', '.join(names)}"
            )
        found[names[name.lower()]] = int(digits)
    return found


def _tags(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _switch(text: str) -> bool:
    if text.lower() not in ("on", "off"):
        raise ResolutionRefusal(f"{clip(text)!r} is neither on nor off")
    return text.lower() == "on"


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "base": ("base_currency", _currency),
    "start": ("starting_quanta", _start),
    "lots": ("lot_method", _one_of(LotMethod)),
    "lev": ("leverages", _leverages),
    "collateral": ("collateral", _one_of(Collateral)),
    "about": ("description", str),
    "tags": ("tags", _tags),
    "public": ("public", _switch),
}
"""(field of the profile, how its value is read) by key."""
