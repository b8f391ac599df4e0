"""Venue numbers as integers that order exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import MalformedFrame
from feeds.exact_text import REMEMBERED_MAX, ExactNumbers

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
