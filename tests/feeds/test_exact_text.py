"""Venue numbers as integers that order exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import MalformedFrame
from feeds.exact_text import REMEMBERED_MAX, ZEROS, ExactNumbers, check_levels, exact

decimals = st.decimals(0, 10**9, allow_nan=False, places=8).map(lambda value: f"{value:f}")


@given(decimals, decimals)
def test_texts_order_as_their_decimals_do(one: str, other: str) -> None:
    numbers = ExactNumbers()
    assert (numbers[one] < numbers[other]) == (Decimal(one) < Decimal(other))
    assert (numbers[one] == 0) == (Decimal(one) == 0)


@pytest.mark.parametrize("text", ["", ".", "1e3", "-1", "+1", " 1", "1_0", "٣", "1.2.3", "0x1"])
def test_what_is_no_plain_decimal_is_malformed(text: str) -> None:
    with pytest.raises(MalformedFrame, match="not a plain decimal"):
        ExactNumbers()[text]


def test_more_places_than_are_kept_are_refused_not_rounded() -> None:
    with pytest.raises(MalformedFrame, match="more than 18"):
        ExactNumbers()["0." + "0" * 18 + "1"]


def test_what_is_remembered_has_a_bound() -> None:
    numbers = ExactNumbers()
    for number in range(REMEMBERED_MAX + 10):
        numbers[str(number)]
    assert len(numbers) <= REMEMBERED_MAX


@pytest.mark.parametrize("text", ["00", "00.0", ".0"])
def test_a_zero_is_told_by_its_text_alone(text: str) -> None:
    with pytest.raises(MalformedFrame, match="usual way to write zero"):
        exact(text)
    assert all(exact(zero) == 0 for zero in ZEROS)


texts = st.sampled_from(
    ["1.50", "20", "007.5", ".5", "5.", "0", "0.00", "00.0", "", "1,5", "1e3", "-1", "٣", "9" * 41]
)


@given(st.lists(st.tuples(texts, texts), max_size=5).map(tuple))
def test_levels_are_refused_together_if_one_number_is_refused_alone(
    levels: tuple[tuple[str, str], ...],
) -> None:
    def good(price: str, size: str) -> bool:
        try:
            return exact(size) >= 0 and exact(price) > 0
        except MalformedFrame:
            return False

    if all(good(*level) for level in levels):
        check_levels(levels)
    else:
        with pytest.raises(MalformedFrame):
            check_levels(levels)
