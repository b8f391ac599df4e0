"""Numbers as a venue writes them, as integers that order and compare exactly.

A text such as `61837.63000000` stands for itself everywhere in the feeds; where two texts must be
ordered, or a zero told from a quantity, they are read as whole multiples of 10^-18. What the
exchange works with (ticks and lots) is made by `engine.core.units` alone.
"""

from engine.core.units import DIGITS_MAX
from feeds.errors import MalformedFrame

PLACES = 18
"""Decimal places kept; venues state at most 8 to 10, and a text with more than this is refused."""
REMEMBERED_MAX = 100_000
_POWERS: tuple[int, ...] = tuple(10**power for power in range(PLACES + 1))


class ExactNumbers(dict[str, int]):
    """Text to multiples of 10^-18, remembered, since a book repeats the same texts.

    Looking up a text that is not a plain non-negative decimal raises MalformedFrame. Exponents and
    signs are not plain: no book contains them, and a venue that writes them is its mapper's
    business.
    """

    def __missing__(self, text: str) -> int:
        whole, _, fraction = text.partition(".")
        digits = whole + fraction
        if not (digits.isascii() and digits.isdigit()) or len(text) > DIGITS_MAX:
            raise MalformedFrame(f"{text[:24]!r} is not a plain decimal number")
        if len(fraction) > PLACES:
            raise MalformedFrame(f"{text!r} has more than {PLACES} decimal places")
        if len(self) >= REMEMBERED_MAX:
            self.clear()
        value = int(digits) * _POWERS[PLACES - len(fraction)]
        self[text] = value
        return value


NUMBERS = ExactNumbers()
"""Shared memory of texts already read; what it answers never depends on what it remembers."""
