"""What Kraken's updates promise: no number, but a checksum of the book as it is afterwards.

The checksum is the CRC32 of the ten best asks and then the ten best bids, each as its price and its
quantity without decimal point and leading zeros; of fewer levels, where there are fewer. It is made
once the book was cut to the depth that was subscribed to.

All prices of a pair have the same number of decimals on the wire, and so have all quantities. Where
texts differ in that, some have lost their last zeros; the longest says how many there were.

Source: Kraken, *Spot WebSocket v2: book checksum*.
"""

from zlib import crc32

from feeds.exact_text import REMEMBERED_MAX
from feeds.local_book import Level, LocalBook
from feeds.sequence_rules import Unnumbered

LEVELS = 10


class KrakenBooks(Unnumbered):
    """Updates follow one another unless the checksum says that one is missing."""

    def checksum(self, book: LocalBook) -> int | None:
        """The CRC32 of the ten best levels of both sides."""
        levels = book.asks.top(LEVELS) + book.bids.top(LEVELS)
        return crc32(_digits(levels).encode())


class _Digits(dict[str, tuple[str, int]]):
    """Text to its digits without leading zeros and the number of its decimals, remembered."""

    def __missing__(self, text: str) -> tuple[str, int]:
        whole, _, fraction = text.partition(".")
        if len(self) >= REMEMBERED_MAX:
            self.clear()
        found = self[text] = (whole + fraction).lstrip("0"), len(fraction)
        return found


_DIGITS = _Digits()


def _digits(levels: list[Level]) -> str:
    known = _DIGITS
    parts = [known[text] for level in levels for text in level]
    price_places = {places for _, places in parts[0::2]}
    size_places = {places for _, places in parts[1::2]}
    if len(price_places) > 1 or len(size_places) > 1:
        finest = max(price_places), max(size_places)
        parts = [
            (digits + "0" * (finest[number % 2] - places), places)
            for number, (digits, places) in enumerate(parts)
        ]
    return "".join([digits for digits, _ in parts])
