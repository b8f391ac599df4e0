"""What a portfolio does when a price moves by a little: delta and gamma by underlying, and carry.

A position is a function of one price P, in the currency that it settles in:

    linear, owned   size x P        in the quote currency
    inverse         -face / P       in the underlying itself, for a long of that face

Delta is counted in units of the underlying: as many units held outright would gain as much. That is
the slope of the function, times what one unit of the settlement currency is worth in the quote
currency: 1 for linear positions, P for inverse ones, so `size` and `face / P`. Gamma is by how many
units delta changes when the price rises by 1%: nothing for linear positions, -delta / 100 for
inverse ones, whose slope flattens as the price rises.

Coins that stand behind an inverse contract, and its open profit, which is owed in coins, are
holdings of their own: whoever adds them as linear legs gets the delta of the whole portfolio.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.core.units import prorate_half_even

DAY_NS = 86_400_000_000_000
STEPS_PER_RISE = 100
"""Gamma is told for a rise by one hundredth."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One position, or an asset held outright.

    Attributes:
        underlying: Whose price moves it.
        size: Units of the underlying; of an inverse contract its face in the quote currency.
            Negative when short.
        price: Of one unit, in the quote currency; None when unknown. Only inverse legs need it.
    """

    underlying: str
    size: Decimal
    inverse: bool = False
    price: Decimal | None = None

    def value(self, price: Decimal) -> Decimal:
        """What it is worth at a price, in the currency that it settles in."""
        return -self.size / price if self.inverse else self.size * price

    @property
    def delta(self) -> Decimal | None:
        """Units of the underlying that gain as much; None without a price to tell it from."""
        if not self.inverse:
            return self.size
        return self.size / self.price if self.price else None

    @property
    def gamma(self) -> Decimal | None:
        """How many units more delta is after a rise by 1%; None without a price."""
        if not self.inverse:
            return Decimal(0)
        delta = self.delta
        return None if delta is None else -delta / STEPS_PER_RISE


@dataclass(frozen=True, slots=True)
class UnderlyingGreeks:
    """All legs on one underlying together.

    Attributes:
        delta: In units; None when a leg has no price.
        gamma: Change of delta, in units, after a rise by 1%; None when nothing is curved.
        value_quanta: Delta at today's price, in the base currency; None without a rate.
    """

    underlying: str
    delta: Decimal | None
    gamma: Decimal | None
    value_quanta: int | None


def greeks_of(
    legs: Iterable[Leg], unit_quanta: Mapping[str, int | None]
) -> tuple[UnderlyingGreeks, ...]:
    """The Greeks by underlying, in the order of first legs.

    Args:
        unit_quanta: What one unit of an underlying is worth in quanta of the base currency; None,
            or missing, where no rate is known.
    """
    by_underlying: dict[str, list[Leg]] = {}
    for leg in legs:
        if leg.size:
            by_underlying.setdefault(leg.underlying, []).append(leg)
    return tuple(
        _together(name, found, unit_quanta.get(name)) for name, found in by_underlying.items()
    )


def a_day(paid_quanta: int, interval_ns: int) -> int:
    """What is paid at the end of each interval, counted for a day; half even.

    Raises:
        ValueError: An interval that is none.
    """
    if interval_ns <= 0:
        raise ValueError(f"{interval_ns} ns is no interval; it must be positive")
    return prorate_half_even(paid_quanta, DAY_NS, interval_ns)


def _together(name: str, legs: list[Leg], unit_quanta: int | None) -> UnderlyingGreeks:
    delta = _sum([leg.delta for leg in legs])
    gamma = _sum([leg.gamma for leg in legs if leg.inverse])
    return UnderlyingGreeks(
        underlying=name,
        delta=delta,
        gamma=gamma if any(leg.inverse for leg in legs) else None,
        value_quanta=None if delta is None or unit_quanta is None else round(delta * unit_quanta),
    )


def _sum(terms: list[Decimal | None]) -> Decimal | None:
    """The sum, or None when a term is unknown."""
    total = Decimal(0)
    for term in terms:
        if term is None:
            return None
        total += term
    return total
