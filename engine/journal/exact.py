"""Decimals for the history store, at the twelve places of its columns.

Averages are made of weights, which are exact sums: the value of a fill in quanta, and of inverse
contracts, whose values are fractions, in 10^-12 of a quantum.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from engine.core.units import Scale, prorate_half_even

_PLACES = Decimal(1).scaleb(-12)
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN)
_FINER = 10**12
"""Of inverse contracts, parts of a quantum."""


def weight_of(price_ticks: int, lots: int, scale: Scale) -> int:
    """What `lots` at a price count in an average."""
    if not scale.inverse:
        return scale.notional_quanta(price_ticks, lots)
    tick, per_unit = scale.tick_size.as_integer_ratio()
    face = lots * scale.base_quanta_per_lot
    return prorate_half_even(face * _FINER, per_unit, price_ticks * tick)


def weight_of_value(value_quanta: int, scale: Scale) -> int:
    """What lots that changed hands for a value count in an average."""
    return value_quanta * _FINER if scale.inverse else value_quanta


def quanta_of_weight(weight: int, parts: int, scale: Scale) -> int:
    """A part of a weight as money, half even."""
    return prorate_half_even(weight, 1, parts * _FINER if scale.inverse else parts)


def average_price(weight: int, lots: int, scale: Scale) -> Decimal:
    """The average price of `lots` whose weights sum to `weight`, half even; 0 for nothing."""
    if scale.inverse and not weight:
        return Decimal(0)
    if scale.inverse:
        face = lots * scale.base_quanta_per_lot * _FINER
        return _WIDE.quantize(_WIDE.divide(Decimal(face), Decimal(weight)), _PLACES)
    per_tick = lots * scale.notional_quanta_per_tick_lot
    ticks = _WIDE.divide(Decimal(weight), Decimal(per_tick))
    return _WIDE.quantize(_WIDE.multiply(ticks, scale.tick_size), _PLACES)


def average_ticks(weight: int, lots: int, scale: Scale) -> int:
    """The tick nearest to that average; 0 where nothing was paid."""
    if not weight:
        return 0
    price = average_price(weight, lots, scale)
    return int(_WIDE.divide(price, scale.tick_size).to_integral_value(ROUND_HALF_EVEN))


def quanta_of(amount: Decimal) -> int:
    """The quanta of an amount that was stored with twelve places."""
    return int(_WIDE.scaleb(amount, 12))
