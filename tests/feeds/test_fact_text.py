"""Numbers that may be negative, small or missing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import MalformedFrame
from feeds.fact_text import float_or_none, plain_number, unix_time


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=12))
def test_a_number_keeps_its_value_whichever_way_it_is_written(number: Decimal) -> None:
    for text in (f"{number:f}", f"{number:e}".replace("e+", "e")):
        plain = plain_number(text)
        assert Decimal(plain) == number
        assert "e" not in plain


@pytest.mark.parametrize(
    "text", ["", "-", "--1", "1e99", "e5", "NaN", "-Infinity", "1_0", "٣", "0x1"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(MalformedFrame):
        plain_number(text)


def test_a_models_number_may_be_missing_but_is_finite() -> None:
    assert float_or_none("") is None
    assert float_or_none("-0.5") == -0.5
    for text in ("inf", "nan", "x", "1" * 70):
        with pytest.raises(MalformedFrame):
            float_or_none(text)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "٣", "1" * 17, " 1"])
def test_a_time_is_a_whole_number(text: str) -> None:
    assert unix_time("1795000000000") == 1_795_000_000_000
    with pytest.raises(MalformedFrame):
        unix_time(text)
