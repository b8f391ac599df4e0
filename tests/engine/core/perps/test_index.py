"""The weighted median, against one that writes every price out as often as it weighs."""

from statistics import median_high, median_low

from hypothesis import given
from hypothesis import strategies as st

from engine.core.perps.index import weighted_median
from engine.core.units import prorate_half_even

weighted = st.tuples(st.integers(1, 60), st.integers(1, 6))


@given(st.lists(weighted, min_size=1, max_size=8))
def test_a_price_weighs_as_if_it_were_stated_so_often(prices: list[tuple[int, int]]) -> None:
    written_out = [price for price, weight in prices for _ in range(2 * weight)]
    low, high = median_low(written_out), median_high(written_out)
    assert weighted_median(prices) == prorate_half_even(low + high, 1, 2)


@given(st.lists(weighted, min_size=1, max_size=6), st.integers(1, 1_000))
def test_only_the_share_of_a_weight_matters(prices: list[tuple[int, int]], times: int) -> None:
    heavier = [(price, weight * times) for price, weight in reversed(prices)]
    assert weighted_median(heavier) == weighted_median(prices)


def test_weight_cut_in_exact_halves_gives_the_mean_half_even() -> None:
    assert weighted_median([(10, 1), (13, 1)]) == 12
    assert weighted_median([(10, 1), (11, 1)]) == 10
    assert weighted_median([(10, 1), (13, 2)]) == 13
    assert weighted_median([(20, 3), (10, 1), (30, 2)]) == 20
