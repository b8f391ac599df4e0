"""The exact text of the numbers that Kraken sends as JSON numbers.

On the wire a price and a quantity have as many decimals as the metadata of their pair says, and the
checksum is over these digits. Documentation, and recorders that read numbers as floats, leave out
last zeros or write exponents: where the decimals of the pair are known, they are put back.
"""

from decimal import Decimal

from msgspec import Raw

from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.fact_text import plain_number

TOKEN_MAX = 64


def plain_text(token: Raw) -> str:
    """A JSON number, or a string of one, as plain digits: the venue's own, but for an exponent.

    Raises:
        MalformedFrame: It is no number, negative, or has too many digits.
    """
    raw = bytes(token)
    if len(raw) > TOKEN_MAX:
        raise MalformedFrame(f"a number of {len(raw)} characters")
    text = raw.decode("ascii", "replace")
    if text[0] == '"':
        text = text[1:-1]
    if text not in NUMBERS:
        text = plain_number(text)
        NUMBERS[text]
    return text


def padded(text: str, places: int | None) -> str:
    """The same number with this many decimals, if it has no more; None: as it is."""
    if places is None:
        return text
    whole, _, fraction = text.partition(".")
    if len(fraction) == places:
        return text
    fraction = fraction.rstrip("0").ljust(places, "0")
    return f"{whole}.{fraction}" if fraction else whole


def step_text(places: int) -> str:
    """The smallest step of numbers with so many decimals."""
    return format(Decimal(1).scaleb(-places), "f")
