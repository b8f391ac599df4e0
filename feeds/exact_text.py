"""Numbers as a venue writes them, as integers that order and compare exactly.

A text such as `61837.63000000` stands for itself everywhere in the feeds; where two texts must be
ordered, they are read as whole multiples of 10^-18. What the exchange works with (ticks and lots)
is made by `engine.core.units` alone.
"""

import re
from collections.abc import Callable

from engine.core.units import DIGITS_MAX
from feeds.errors import MalformedFrame
from feeds.messages import Levels

PLACES = 18
"""Decimal places kept; venues state at most 8 to 10, and a text with more than this is refused."""
REMEMBERED_MAX = 100_000
_POWERS: tuple[int, ...] = tuple(10**power for power in range(PLACES + 1))

ZEROS = frozenset({"0", "0.", *("0." + "0" * places for places in range(1, PLACES + 1))})
"""Every accepted way to write a zero, so that a removal is told from a size by its text alone."""

_SIZE = r"(?:0|[1-9][0-9]{0,19}+)(?:\.[0-9]{1,18}+)?+"
_PRICE = r"(?=[0.]*+[1-9])" + _SIZE
_are_sizes = re.compile(f"{_SIZE}(?:,{_SIZE})*+").fullmatch
_are_prices = re.compile(f"{_PRICE}(?:,{_PRICE})*+").fullmatch


def exact(text: str) -> int:
    """A plain non-negative decimal as multiples of 10^-18.

    Raises:
        MalformedFrame: Anything else. Exponents and signs are not plain: no book contains them, and
            a venue that writes them is its mapper's business.
    """
    whole, _, fraction = text.partition(".")
    digits = whole + fraction
    if not (digits.isascii() and digits.isdigit()) or len(text) > DIGITS_MAX:
        raise MalformedFrame(f"{text[:24]!r} is not a plain decimal number")
    if len(fraction) > PLACES:
        raise MalformedFrame(f"{text!r} has more than {PLACES} decimal places")
    value = int(digits) * _POWERS[PLACES - len(fraction)]
    if not value and text not in ZEROS:
        raise MalformedFrame(f"{text!r} is no usual way to write zero: write 0 or 0.00")
    return value


class ExactNumbers(dict[str, int]):
    """`exact`, remembered, since a book repeats the same texts."""

    def __missing__(self, text: str) -> int:
        value = exact(text)
        if len(self) >= REMEMBERED_MAX:
            self.clear()
        self[text] = value
        return value


NUMBERS = ExactNumbers()
"""Shared memory of texts already read; what it answers never depends on what it remembers."""


def check_levels(levels: Levels) -> None:
    """Refuse all of these levels for one bad number, before any of them reaches a book.

    All texts are looked at together, since sizes seldom repeat and most are never asked for their
    value; what is written in an unusual way is looked at once more, text by text.

    Raises:
        MalformedFrame: A text that is no plain decimal, or a price of zero.
    """
    if not levels:
        return
    prices, sizes = zip(*levels, strict=True)
    if _all_are(_are_prices, prices) and _all_are(_are_sizes, sizes):
        return
    for price, size in levels:
        exact(size)
        if not NUMBERS[price]:
            raise MalformedFrame("a level has the price zero")


def _all_are(match: Callable[[str], object], texts: tuple[str, ...]) -> bool:
    joined = ",".join(texts)
    return joined.count(",") == len(texts) - 1 and match(joined) is not None
