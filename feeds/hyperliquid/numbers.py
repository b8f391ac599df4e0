"""Numbers of contexts and candles, which are documented as JSON numbers and sent as strings."""

from msgspec import Raw

from feeds.exact_text import NUMBERS

NULL = b"null"


def plain(raw: Raw) -> str:
    """A number that is not negative, in its own text."""
    text = _written(raw)
    NUMBERS[text]
    return text


def signed(raw: Raw) -> str:
    """A number of either sign, in its own text."""
    text = _written(raw)
    NUMBERS[text.removeprefix("-")]
    return text


def stated(raw: Raw) -> bool:
    """Whether there is any."""
    return bytes(raw) != NULL


def _written(raw: Raw) -> str:
    text = bytes(raw).decode()
    return text[1:-1] if text.startswith('"') else text
