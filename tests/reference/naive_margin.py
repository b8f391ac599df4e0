"""What positions are worth and what their margin must be, from the terms of an instrument alone."""

from fractions import Fraction

from engine.core.instruments import AssetClass, Instrument, MarginTier
from engine.core.margin_terms import BY_CLASS
from tests.reference.naive_money import share

PPM = 1_000_000
UNIT = 10**12


def is_inverse(terms: Instrument) -> bool:
    return terms.asset_class is AssetClass.INVERSE


def face(terms: Instrument, lots: int) -> int:
    """What an inverse contract is worth in its quote currency, always."""
    size = Fraction(terms.lot_size) * Fraction(terms.multiplier) * UNIT
    assert size.denominator == 1, "a lot is whole quanta"
    return lots * int(size)


def worth(terms: Instrument, ticks: int, lots: int) -> int:
    """The value of so many lots at a price, in the settlement currency."""
    price = ticks * Fraction(terms.tick_size)
    if is_inverse(terms):
        return round(face(terms, lots) / price)
    exact = price * face(terms, lots)
    assert exact.denominator == 1, "a tick of a lot is whole quanta"
    return int(exact)


def signed_worth(terms: Instrument, ticks: int, lots: int) -> int:
    """What a position is worth to its holder, but for a constant."""
    value = worth(terms, ticks, abs(lots))
    return value if (lots > 0) != is_inverse(terms) else -value


def notional(terms: Instrument, lots: int, value: int) -> int:
    """In the quote currency, of so many lots that are worth so much."""
    return face(terms, abs(lots)) if is_inverse(terms) else abs(value)


def tiers(terms: Instrument) -> tuple[MarginTier, ...]:
    return terms.margin_tiers or BY_CLASS[terms.asset_class]


def tier_index(terms: Instrument, size: int) -> int:
    """The tier in which a notional lies."""
    bounds = [tier.below_quanta for tier in tiers(terms)]
    return next(i for i, bound in enumerate(bounds) if bound is None or size < bound)


def leverage_max(terms: Instrument, size: int) -> int:
    return tiers(terms)[tier_index(terms, size)].leverage_max


def maintenance(terms: Instrument, lots: int, value: int) -> int:
    """What the margin of so many lots that are worth so much must not fall to."""
    size = notional(terms, lots, value)
    index = tier_index(terms, size)
    steps = zip(tiers(terms)[:index], tiers(terms)[1:], strict=False)
    deduction = sum(
        Fraction((above.maintenance_ppm - below.maintenance_ppm) * (below.below_quanta or 0), PPM)
        for below, above in steps
    )
    needed = share(size, tiers(terms)[index].maintenance_ppm) - int(deduction)
    if is_inverse(terms):
        return abs(value) * needed // size if size else 0
    return needed
