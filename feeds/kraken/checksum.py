"""What Kraken's updates promise: no number, but a checksum of the book as it is afterwards.

The checksum is the CRC32 of the ten best asks and then the ten best bids, each as its price and its
quantity without decimal point and leading zeros; of fewer levels, where there are fewer. It is made
once the book was cut to the depth that was subscribed to.

All prices of a pair have the same number of decimals on the wire, and so have all quantities. Where
texts differ in that, some have lost their last zeros; the longest says how many there were.

Source: Kraken, *Spot WebSocket v2: book checksum*.
"""

from zlib import crc32

from feeds.local_book import Level, LocalBook
from feeds.sequence_rules import Unnumbered

LEVELS = 10


class KrakenBooks(Unnumbered):
    """Updates follow one another unless the checksum says that one is missing."""

    def checksum(self, book: LocalBook) -> int | None:
        """The CRC32 of the ten best levels of both sides."""
        levels = book.asks.top(LEVELS) + book.bids.top(LEVELS)
        return crc32(_digits(levels).encode())


def _digits(levels: list[Level]) -> str:
    prices = [price.partition(".") for price, _ in levels]
    sizes = [size.partition(".") for _, size in levels]
    price_places = max((len(fraction) for _, _, fraction in prices), default=0)
    size_places = max((len(fraction) for _, _, fraction in sizes), default=0)
    return "".join(
        (price + price_fraction.ljust(price_places, "0")).lstrip("0")
        + (size + size_fraction.ljust(size_places, "0")).lstrip("0")
        for (price, _, price_fraction), (size, _, size_fraction) in zip(prices, sizes, strict=True)
    )
