"""Depth behind a touch is such that size costs what the formula says."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import Side
from engine.core.mirror.synthetic import SLICES, synthetic_levels
from engine.core.units import PPM, PRICE_TICKS_MAX

touches = st.integers(1, 10**7)
sizes = st.integers(0, 10**6)
liquidity = st.integers(1, 10**9)
shares = st.integers(0, 3 * PPM)
sides = st.sampled_from(Side)
Levels = tuple[tuple[int, int], ...]


def cost(levels: Levels) -> int:
    return sum(price * lots for price, lots in levels)


def target(touch: int, lots: int, whole: int, base: int, impact: int, side: Side) -> Fraction:
    """What taking `lots` should cost, in ticks."""
    slippage = Fraction(base, PPM) + Fraction(lots, whole) * Fraction(impact, PPM)
    return lots * touch * (1 - slippage if side is Side.BUY else 1 + slippage)


@given(touches, sizes, liquidity, shares, shares, sides)
def test_the_touch_is_the_venues_own_and_prices_get_worse(
    touch: int, size: int, whole: int, base: int, impact: int, side: Side
) -> None:
    levels = synthetic_levels(touch, size, whole, base, impact, side)
    assert levels[0] == (touch, min(whole, size or max(1, whole // 1000)))
    assert len(levels) <= 1 + SLICES
    prices = [price for price, _ in levels]
    assert prices == sorted(set(prices), reverse=side is Side.BUY)
    assert all(0 < price <= PRICE_TICKS_MAX for price in prices)
    assert all(lots > 0 for _, lots in levels)


@given(touches, sizes, liquidity, shares, shares, sides)
def test_all_of_the_liquidity_is_there_unless_prices_end(
    touch: int, size: int, whole: int, base: int, impact: int, side: Side
) -> None:
    levels = synthetic_levels(touch, size, whole, base, impact, side)
    assert sum(lots for _, lots in levels) == whole or levels[-1][0] == 1
    behind = [lots for _, lots in levels[1:]]
    assert not behind or max(behind) - min(behind) <= 1
    assert behind == sorted(behind, reverse=True)


@given(touches, sizes, liquidity, shares, shares, sides)
def test_no_level_is_better_for_the_taker_than_the_formula(
    touch: int, size: int, whole: int, base: int, impact: int, side: Side
) -> None:
    levels = synthetic_levels(touch, size, whole, base, impact, side)
    for count in range(2, len(levels) + 1):
        taken = levels[:count]
        lots = sum(part for _, part in taken)
        wanted = target(touch, lots, whole, base, impact, side)
        if side is Side.SELL:
            assert cost(taken) >= wanted
        else:
            assert cost(taken) <= wanted or taken[-1][0] == 1


@given(st.integers(10**5, 10**7), st.integers(10**4, 10**9), st.integers(10**4, PPM // 4), sides)
def test_size_costs_what_the_formula_says_to_a_tick_a_lot(
    touch: int, whole: int, impact: int, side: Side
) -> None:
    levels = synthetic_levels(touch, 0, whole, 0, impact, side)
    for count in range(2, len(levels) + 1):
        taken = levels[:count]
        wanted = target(touch, sum(part for _, part in taken), whole, 0, impact, side)
        assert abs(cost(taken) - wanted) < taken[-1][1]
