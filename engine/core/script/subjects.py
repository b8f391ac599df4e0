"""What a question is about, and how answers list things."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from engine.core.accounts.chart import FEES, INSURANCE, OUTSIDE
from engine.core.commands import MARKET
from engine.core.script.numbers import price_text
from engine.core.script.words import Words
from engine.core.units import Scale

if TYPE_CHECKING:
    from engine.core.exchange import Exchange

NOTHING = "-"
"""The answer where there is nothing."""
Views = dict[str, Callable[[Words, "Exchange"], str]]


def take_symbol(words: Words, exchange: Exchange) -> str:
    """The next word, which must be a listed instrument."""
    return _known(words, "a listed instrument", exchange.symbols())


def take_account(words: Words, exchange: Exchange) -> str:
    """The next word, which must be an open account."""
    return _known(words, "an open account", exchange.accounts())


def take_owner(words: Words, exchange: Exchange) -> str:
    """The next word, which must be an open account or one of the exchange's own."""
    return _known(words, "an account", [*exchange.accounts(), MARKET, OUTSIDE, FEES, INSURANCE])


def _known(words: Words, what: str, names: list[str]) -> str:
    word = words.take(what)
    if word.text not in names:
        raise word.wrong(f"{what}: {', '.join(names) or 'there is none yet'}")
    return word.text


def listed(items: Iterable[str]) -> str:
    """Items with commas between them; a dash if there are none."""
    return ", ".join(items) or NOTHING


def price_or_nothing(price_ticks: int | None, scale: Scale) -> str:
    """A price; a dash if there is none."""
    return NOTHING if price_ticks is None else price_text(price_ticks, scale)
