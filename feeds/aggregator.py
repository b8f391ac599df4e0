"""One pair on several venues: the consolidated book, the best prices after fees, the index.

Everything is counted in integers: prices and sizes in 10^-18 of their unit (as `feeds.exact_text`
reads them), prices after fees in 10^-24, so that no rounding decides which venue is best. Venues
may quote a pair under another name or in another dollar; which books belong together is the
caller's to say.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from heapq import merge
from itertools import islice

from engine.core.commands import Side
from engine.core.units import PPM
from feeds.exact_text import NUMBERS, PLACES
from feeds.local_book import Level, LocalBook

DEPTH = 50


@dataclass(frozen=True, slots=True)
class VenueBook:
    """One venue's displayed book of the pair, and what taking from it costs.

    Attributes:
        taker_fee_ppm: In millionths of the notional; may be negative.
    """

    book: LocalBook
    taker_fee_ppm: int = 0


@dataclass(frozen=True, slots=True)
class Offer:
    """One level of one venue, in the venue's text."""

    venue: str
    price: str
    size: str
    net_e24: int
    """What a taker pays (an ask) or receives (a bid) for one unit after the fee, in 10^-24."""


@dataclass(frozen=True, slots=True)
class Consolidated:
    """All venues' levels, best first; of equal prices those of the venue named first."""

    bids: tuple[Offer, ...]
    asks: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """From where one could sell to where one could buy, on two different venues."""

    bid: Offer
    ask: Offer
    gross_e18: int
    """Ask less bid, in 10^-18; negative where one venue bids more than another asks."""
    net_e24: int
    """The same after both fees, in 10^-24: negative is what a unit would have earned."""


def consolidated(
    books: Mapping[str, VenueBook], *, after_fees: bool = False, depth: int = DEPTH
) -> Consolidated:
    """The books as one, so many levels a side.

    Args:
        books: By venue; one that knows nothing contributes nothing.
        after_fees: Ordered by what a taker pays or receives, rather than by price.
        depth: Levels a side at most.
    """
    return Consolidated(
        bids=tuple(islice(offers(books, Side.SELL, after_fees=after_fees), depth)),
        asks=tuple(islice(offers(books, Side.BUY, after_fees=after_fees), depth)),
    )


def offers(
    books: Mapping[str, VenueBook], taker: Side, *, after_fees: bool = False
) -> Iterator[Offer]:
    """What a taker of this side could take, the best first: a buyer the asks, a seller the bids."""
    sign = 1 if taker is Side.BUY else -1

    def rank(offer: Offer) -> int:
        return sign * (offer.net_e24 if after_fees else NUMBERS[offer.price])

    return merge(*(_side(venue, each, taker) for venue, each in books.items()), key=rank)


def best(books: Mapping[str, VenueBook], taker: Side) -> Offer | None:
    """The best level for a taker of this side after fees; None where nobody offers anything."""
    return next(offers(books, taker, after_fees=True), None)


def cross_venue_spread(books: Mapping[str, VenueBook]) -> Spread | None:
    """The narrowest spread after fees between two different venues; None without two sides."""
    touches = [
        (venue, next(_side(venue, each, Side.SELL), None), next(_side(venue, each, Side.BUY), None))
        for venue, each in books.items()
    ]
    spreads = [
        _spread(bid, ask)
        for bidder, bid, _ in touches
        for asker, _, ask in touches
        if bidder != asker and bid is not None and ask is not None
    ]
    return min(spreads, key=lambda spread: spread.net_e24, default=None)


def _spread(bid: Offer, ask: Offer) -> Spread:
    gross_e18 = NUMBERS[ask.price] - NUMBERS[bid.price]
    return Spread(bid=bid, ask=ask, gross_e18=gross_e18, net_e24=ask.net_e24 - bid.net_e24)


def _side(venue: str, each: VenueBook, taker: Side) -> Iterator[Offer]:
    side = each.book.asks if taker is Side.BUY else each.book.bids
    fee_ppm = each.taker_fee_ppm if taker is Side.BUY else -each.taker_fee_ppm
    for level in side.best_first():
        yield _offer(venue, level, fee_ppm)


def _offer(venue: str, level: Level, fee_ppm: int) -> Offer:
    price, size = level
    return Offer(venue, price, size, NUMBERS[price] * (PPM + fee_ppm))


class Excluded(Enum):
    """Why a venue's price does not count."""

    STALE = "stale"
    OUTLIER = "outlier"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one venue says of the pair's price.

    Attributes:
        price: Exact text, above zero.
        weight: How much it counts beside the others; above zero.
        at_ns: When it was true.
    """

    venue: str
    price: str
    weight: int
    at_ns: int


@dataclass(frozen=True, slots=True)
class Index:
    """A pair's price over several venues.

    Attributes:
        price_e18: In 10^-18 of the quote currency.
        used: The venues that count.
        excluded: The others, and why.
    """

    price_e18: int
    used: tuple[str, ...]
    excluded: Mapping[str, Excluded]

    @property
    def text(self) -> str:
        """The price in plain digits."""
        return text_of(self.price_e18)


def index_price(
    contributions: Iterable[Contribution],
    now_ns: int,
    *,
    stale_after_ns: int,
    outlier_ppm: int,
) -> Index | None:
    """The weighted median of the venues whose price is fresh and near the others'.

    Args:
        stale_after_ns: A price older than this does not count.
        outlier_ppm: Nor one that differs by more than this, in millionths, from the plain median
            of the fresh ones, which no single venue can move far.

    Returns:
        None where no price counts: when all are stale, or when those that remain do not agree.
    """
    excluded: dict[str, Excluded] = {}
    fresh = []
    for each in contributions:
        if now_ns - each.at_ns > stale_after_ns:
            excluded[each.venue] = Excluded.STALE
        else:
            fresh.append(each)
    if not fresh:
        return None
    middle = weighted_median((NUMBERS[each.price], 1) for each in fresh)
    near = []
    for each in fresh:
        if abs(NUMBERS[each.price] - middle) * PPM > outlier_ppm * middle:
            excluded[each.venue] = Excluded.OUTLIER
        else:
            near.append(each)
    if not near:
        return None
    price = weighted_median((NUMBERS[each.price], each.weight) for each in near)
    return Index(price, tuple(each.venue for each in near), excluded)


def weighted_median(values: Iterable[tuple[int, int]]) -> int:
    """The (value, weight) at which half of the weight is reached; the mean of two (rounded down)
    when one of them ends exactly at the half."""
    ordered = sorted(values)
    total, reached = sum(weight for _, weight in ordered), 0
    for number, (value, weight) in enumerate(ordered):
        reached += weight
        if 2 * reached == total:
            return (value + ordered[number + 1][0]) // 2
        if 2 * reached > total:
            return value
    raise ValueError("a median of nothing: give at least one value with a weight above zero")


def text_of(number: int, places: int = PLACES) -> str:
    """So many 10^-places as plain digits without trailing zeros."""
    sign, digits = ("-" if number < 0 else ""), f"{abs(number):0{places + 1}d}"
    whole, fraction = digits[:-places], digits[-places:].rstrip("0")
    return f"{sign}{whole}.{fraction}" if fraction else f"{sign}{whole}"
