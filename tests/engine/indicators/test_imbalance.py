"""What the imbalance of a book means."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.indicators import Imbalance, imbalance_of
from engine.indicators.imbalance import Level

SIDES = st.lists(st.tuples(st.integers(1, 50), st.integers(1, 10**9), st.integers(1, 99)))


def stacked(steps: list[tuple[int, int, int]], start: int, sign: int) -> list[Level]:
    """Levels from `start` outwards, each so many ticks behind the one before."""
    levels: list[Level] = []
    price = start
    for step, quantity, orders in steps:
        price += sign * step
        levels.append((price, quantity, orders))
    return levels


def test_balance_and_ratio_compare_the_quantity_of_the_best_levels_only() -> None:
    bids = [(99, 30, 2), (98, 10, 1), (97, 1_000, 9)]
    asks = [(101, 10, 1), (102, 10, 3)]
    found = imbalance_of(bids, asks, levels=2)
    assert (found.balance, found.ratio) == (pytest.approx(20 / 60), pytest.approx(2.0))
    assert (found.bid_quantity, found.ask_quantity) == (40, 20)
    assert (found.bid_orders, found.ask_orders) == (3, 4)


def test_a_level_counts_as_much_as_half_the_spread_is_of_its_distance() -> None:
    found = imbalance_of([(99, 30, 1), (97, 30, 1)], [(101, 20, 1), (104, 20, 1)])
    bid, ask = 30 + 30 / 3, 20 + 20 / 4
    assert found.weighted_ratio == pytest.approx(bid / ask)
    assert found.weighted_balance == pytest.approx((bid - ask) / (bid + ask))


@pytest.mark.parametrize(
    ("bids", "asks", "balance", "ratio"),
    [
        ([], [], None, None),
        ([(99, 5, 1)], [], 1.0, None),
        ([], [(101, 5, 1)], -1.0, 0.0),
    ],
)
def test_a_side_that_is_empty_leaves_unknown_what_needs_both(
    bids: list[Level], asks: list[Level], balance: float | None, ratio: float | None
) -> None:
    found = imbalance_of(bids, asks)
    assert (found.balance, found.ratio) == (balance, ratio)
    assert (found.weighted_balance, found.weighted_ratio) == (None, None)


@given(SIDES, SIDES, st.integers(1, 10))
def test_it_equals_the_sums_of_its_definition(
    bid_steps: list[tuple[int, int, int]], ask_steps: list[tuple[int, int, int]], levels: int
) -> None:
    bids, asks = stacked(bid_steps, 10_000, -1), stacked(ask_steps, 10_001, 1)
    found = imbalance_of(bids, asks, levels)
    bids, asks = bids[:levels], asks[:levels]
    assert found.bid_quantity == sum(quantity for _, quantity, _ in bids)
    assert found.bid_orders == sum(orders for *_, orders in bids)
    if bids and asks:
        mid = Fraction(bids[0][0] + asks[0][0], 2)
        half = Fraction(asks[0][0] - bids[0][0], 2)
        bid = sum(q * half / (mid - p) for p, q, _ in bids)
        ask = sum(q * half / (p - mid) for p, q, _ in asks)
        assert found.weighted_ratio == pytest.approx(float(bid / ask))
        assert found.weighted_balance == pytest.approx(float((bid - ask) / (bid + ask)))


@given(SIDES, SIDES)
def test_both_sides_are_treated_alike(
    bid_steps: list[tuple[int, int, int]], ask_steps: list[tuple[int, int, int]]
) -> None:
    bids, asks = stacked(bid_steps, 10_000, -1), stacked(ask_steps, 10_001, 1)

    def mirrored(levels: list[Level]) -> list[Level]:
        return [(-price, quantity, orders) for price, quantity, orders in levels]

    one, other = imbalance_of(bids, asks), imbalance_of(mirrored(asks), mirrored(bids))
    assert one.balance == (None if other.balance is None else -other.balance)
    assert one.weighted_balance == pytest.approx(
        None if other.weighted_balance is None else -other.weighted_balance
    )
    assert isinstance(one, Imbalance)
