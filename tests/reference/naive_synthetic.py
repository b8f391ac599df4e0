"""The depth behind a quote: such that taking any size costs what the formula says."""

from fractions import Fraction
from math import ceil, floor

from engine.core.commands import Side
from tests.reference.naive_terms import PRICE_MAX

SLICES = 20
TOUCH_PART = 1_000
PPM = 1_000_000


def synthetic_levels(
    touch: int, touch_lots: int, liquidity: int, base_ppm: int, impact_ppm: int, side: Side
) -> tuple[tuple[int, int], ...]:
    """(price, lots) of each level, the touch first."""
    first = min(liquidity, touch_lots or max(1, liquidity // TOUCH_PART))
    levels = [(touch, first)]
    sign = 1 if side is Side.SELL else -1
    end = PRICE_MAX if side is Side.SELL else 1
    for lots in slices(liquidity - first):
        if levels[-1][0] == end:
            break
        taken = sum(part for _, part in levels) + lots
        slippage = Fraction(base_ppm, PPM) + Fraction(taken, liquidity) * Fraction(impact_ppm, PPM)
        cost = taken * touch * (1 + sign * slippage)
        price = (cost - sum(at * part for at, part in levels)) / lots
        last = levels[-1][0]
        if side is Side.SELL:
            levels.append((min(max(ceil(price), last + 1), end), lots))
        else:
            levels.append((max(min(floor(price), last - 1), end), lots))
    return tuple(levels)


def slices(rest: int) -> list[int]:
    """Equal parts, the first ones one larger where it does not divide."""
    count = min(SLICES, rest)
    parts = [0] * count
    for index in range(count):
        parts[index] = rest // count + (1 if index < rest % count else 0)
    return parts
