"""The way out of a position."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.quant.portfolio import (
    RiskInputError,
    days_to_exit,
    exit_through_book,
    impact_cost,
)

BIDS = np.array([99.0, 98.0, 95.0])
SIZES = np.array([10.0, 20.0, 5.0])


def test_levels_are_taken_from_the_best_on() -> None:
    found = exit_through_book(25.0, 100.0, BIDS, SIZES)
    assert (found.taken, found.left, found.cost) == (25.0, 0.0, 10 * 1 + 15 * 2)
    assert found.depths == pytest.approx(25 / 35)


def test_what_the_visible_book_does_not_take_is_left() -> None:
    found = exit_through_book(50.0, 100.0, BIDS, SIZES)
    assert (found.taken, found.left, found.cost) == (35.0, 15.0, 10 * 1 + 20 * 2 + 5 * 5)


def test_a_fifth_of_the_liquidity_is_a_fifth_of_each_level() -> None:
    found = exit_through_book(5.0, 100.0, BIDS, SIZES, liquidity=0.2)
    assert found.cost == pytest.approx(2 * 1 + 3 * 2)


def test_an_empty_book_takes_nothing() -> None:
    found = exit_through_book(5.0, 100.0, np.empty(0), np.empty(0))
    assert (found.taken, found.left, found.cost, found.depths) == (0.0, 5.0, 0.0, math.inf)


@given(
    levels=st.lists(
        st.tuples(st.integers(101, 120), st.integers(0, 50)), max_size=8, unique_by=lambda x: x[0]
    ).map(sorted),
    quantity=st.integers(1, 200),
)
def test_one_unit_at_a_time_comes_to_the_same(levels: list[tuple[int, int]], quantity: int) -> None:
    units = [price for price, size in levels for _ in range(size)][:quantity]
    table = np.array(levels, dtype=float).reshape(-1, 2)
    found = exit_through_book(float(quantity), 100.0, table[:, 0], table[:, 1])
    assert found.taken == len(units)
    assert found.left == quantity - len(units)
    assert found.cost == pytest.approx(sum(price - 100 for price in units))


def test_days_and_impact_against_the_daily_volume() -> None:
    assert days_to_exit(-5e6, 10e6) == pytest.approx(5.0)
    assert days_to_exit(5e6, 10e6, liquidity=0.2) == pytest.approx(25.0)
    assert days_to_exit(1.0, 0.0) == math.inf
    assert days_to_exit(0.0, 0.0) == 0.0
    assert impact_cost(1e6, 100e6, 0.02) == pytest.approx(1e6 * 0.02 * 0.1)
    assert impact_cost(-4e6, 100e6, 0.02) == pytest.approx(8 * impact_cost(1e6, 100e6, 0.02))
    assert impact_cost(1.0, 0.0, 0.02) == math.inf


def test_no_liquidity_is_refused() -> None:
    with pytest.raises(RiskInputError, match="liquidity"):
        days_to_exit(1.0, 1.0, liquidity=0.0)
    with pytest.raises(RiskInputError, match="go with"):
        exit_through_book(1.0, 1.0, np.ones(2), np.ones(3))
