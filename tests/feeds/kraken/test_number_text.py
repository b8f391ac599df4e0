"""Numbers that arrive as JSON numbers, kept as their exact text."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import MalformedFrame
from feeds.exact_text import NUMBERS
from feeds.kraken.number_text import padded, plain_text, step_text


@pytest.mark.parametrize(
    ("token", "text"),
    [
        (b"29430.20", "29430.20"),
        (b"45285", "45285"),
        (b"0.00000000", "0.00000000"),
        (b'"45285.10"', "45285.10"),
        (b"1e-8", "0.00000001"),
        (b"4.80E-7", "0.000000480"),
        (b"1.5E+3", "1500"),
    ],
)
def test_a_number_keeps_its_text_and_an_exponent_is_written_out(token: bytes, text: str) -> None:
    assert plain_text(msgspec.Raw(token)) == text


@pytest.mark.parametrize(
    "token",
    [
        *(b"-1.5", b"-0.0", b"null", b"true", b"[1]", b'""', b'"x"', b"1e-400", b"1E999999999"),
        *(b"1" * 65, b'"\\u0031"', b"1." + b"0" * 30),
    ],
)
def test_what_is_no_plain_amount_is_malformed(token: bytes) -> None:
    with pytest.raises(MalformedFrame):
        plain_text(msgspec.Raw(token))


@given(st.decimals(0, 10**9, places=8), st.integers(0, 12))
def test_other_decimals_never_change_a_number(number: Decimal, places: int) -> None:
    text = f"{number:f}"
    changed = padded(text, places)
    assert NUMBERS[changed] == NUMBERS[text]
    needed = len(text.partition(".")[2].rstrip("0"))
    assert len(changed.partition(".")[2]) == max(places, needed)
    assert padded(text, None) == text


def test_a_step_is_one_unit_of_the_last_decimal() -> None:
    assert [step_text(places) for places in (0, 1, 8)] == ["1", "0.1", "0.00000001"]
