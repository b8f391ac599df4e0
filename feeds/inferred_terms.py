"""Terms of instruments whose recording states none: the finest steps seen in its numbers.

A step is a power of ten, as fine as the finest text seen: coarser steps might refuse a later price.
What is inferred says so, and fees are the defaults of `Instrument`.
"""

from collections.abc import Iterable
from decimal import Decimal
from math import gcd

from engine.core.instruments import AssetClass, Instrument
from feeds.exact_text import NUMBERS, PLACES
from feeds.messages import (
    BookDelta,
    BookSnapshot,
    InstrumentTerms,
    Message,
    Trade,
    UnassignedSnapshot,
)


class StepsSeen:
    """The numbers of one instrument, as far as their steps go."""

    __slots__ = ("_price", "_size")

    def __init__(self) -> None:
        self._price = 0
        self._size = 0

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Take (price, size) texts into account."""
        price_gcd, size_gcd = self._price, self._size
        for price, size in pairs:
            price_gcd = gcd(price_gcd, NUMBERS[price])
            size_gcd = gcd(size_gcd, NUMBERS[size])
        self._price, self._size = price_gcd, size_gcd

    def message(self, message: Message | UnassignedSnapshot) -> None:
        """Take the numbers of a book or trade message into account."""
        if isinstance(message, BookSnapshot | BookDelta | UnassignedSnapshot):
            self.add(message.bids)
            self.add(message.asks)
        elif isinstance(message, Trade):
            self.add(((message.price, message.size),))

    def known(self) -> bool:
        """Whether any price and any size was seen."""
        return self._price > 0 and self._size > 0

    def terms(self, symbol: str, venue: str, venue_symbol: str, now_ns: int) -> InstrumentTerms:
        """An instrument with these steps, of the kind that its symbol says; `known` must hold."""
        asset_class, base, quote = _named(symbol)
        instrument = Instrument(
            symbol=symbol,
            venue=venue,
            asset_class=asset_class,
            base=base,
            quote=quote,
            settlement=quote,
            tick_size=_power_of_ten(self._price),
            lot_size=_power_of_ten(self._size),
        )
        return InstrumentTerms(
            received_ns=now_ns, instrument=instrument, venue_symbol=venue_symbol, inferred=True
        )


def _named(symbol: str) -> tuple[AssetClass, str, str]:
    """What a symbol says: its kind, base and quote.

    A future that is quoted in dollars themselves rather than in a coin worth one is inverse on
    every venue here: what cannot be reckoned right is better watched than traded.
    """
    match symbol.split("-"):
        case [base, quote]:
            return AssetClass.SPOT, base, quote
        case [base, "USD", _]:
            return AssetClass.INVERSE, base, "USD"
        case [base, quote, "PERP"]:
            return AssetClass.PERPETUAL, base, quote
        case [base, quote, _]:
            return AssetClass.FUTURE, base, quote
        case [base, _, _, _]:
            return AssetClass.OPTION, base, "USD"
        case [base, quote, _, _, _]:
            return AssetClass.OPTION, base, quote
        case _:
            return AssetClass.STOCK, symbol, "USD"


def _power_of_ten(number: int) -> Decimal:
    """The largest power of ten, at most 1, that divides a number of 10^-18ths."""
    places = PLACES
    while places > 0 and number % 10 == 0:
        number //= 10
        places -= 1
    return Decimal(1).scaleb(-places)
