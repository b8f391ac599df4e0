"""The slow, obvious consolidation of books: every level in one list, in exact fractions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class NaiveVenue:
    """(price, size) levels in any order, and the taker's fee as a fraction."""

    name: str
    bids: Sequence[tuple[str, str]]
    asks: Sequence[tuple[str, str]]
    fee: Fraction


Taken = tuple[Fraction, str, str, str]
"""(what it costs or brings, venue, price, size)"""


def buyable(venues: Sequence[NaiveVenue], after_fees: bool) -> list[Taken]:
    """Asks, the cheapest first."""
    found = []
    for venue in venues:
        for price, size in venue.asks:
            fee = venue.fee if after_fees else Fraction(0)
            found.append((Fraction(price) * (1 + fee), venue.name, price, size))
    return sorted(found, key=lambda each: each[0])


def sellable(venues: Sequence[NaiveVenue], after_fees: bool) -> list[Taken]:
    """Bids, the dearest first."""
    found = []
    for venue in venues:
        for price, size in venue.bids:
            fee = venue.fee if after_fees else Fraction(0)
            found.append((Fraction(price) * (1 - fee), venue.name, price, size))
    return sorted(found, key=lambda each: -each[0])


def narrowest(venues: Sequence[NaiveVenue]) -> Fraction | None:
    """What a unit costs that is bought on one venue and sold on another, at best."""
    costs = [
        bought[0] - sold[0]
        for bought in buyable(venues, True)
        for sold in sellable(venues, True)
        if bought[1] != sold[1]
    ]
    return min(costs, default=None)


def median_by_counting(values: Sequence[tuple[int, int]]) -> Fraction:
    """Each value written down as often as it weighs; the middle of the list."""
    written = sorted(value for value, weight in values for _ in range(weight))
    half = len(written) // 2
    if len(written) % 2:
        return Fraction(written[half])
    return Fraction(written[half - 1] + written[half], 2)
