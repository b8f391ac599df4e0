"""Decimals for the history store, at the twelve places of its columns."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

from engine.core.units import Scale

_PLACES = Decimal(1).scaleb(-12)
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN)


def average_price(tick_lots: int, lots: int, scale: Scale) -> Decimal:
    """The average price of `lots` whose prices times lots sum to `tick_lots`, half even."""
    ticks = _WIDE.divide(Decimal(tick_lots), Decimal(lots))
    return _WIDE.quantize(_WIDE.multiply(ticks, scale.tick_size), _PLACES)


def quanta_of(amount: Decimal) -> int:
    """The quanta of an amount that was stored with twelve places."""
    return int(_WIDE.scaleb(amount, 12))
