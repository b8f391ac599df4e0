"""Figures as a person reads them."""

from decimal import Decimal

import pytest

from tui_exchange.review.figures import (
    fixed_text,
    held_text,
    iso_text,
    money_text,
    percent_text,
    signed_money_text,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1234.565", "1,234.56"),
        ("1234.575", "1,234.58"),
        ("-0.001", "0.00"),
        ("0", "0.00"),
        ("-5", "-5.00"),
    ],
)
def test_amounts_are_grouped_and_rounded_half_to_even(value: str, text: str) -> None:
    assert money_text(Decimal(value), "USDT") == text


def test_what_is_not_known_is_a_dash() -> None:
    assert {fixed_text(None, 2), held_text(None), percent_text(None)} == {"—"}


def test_a_profit_shows_its_sign_and_a_coin_its_eight_places() -> None:
    assert signed_money_text(Decimal("12.3"), "USDT") == "+12.30"
    assert signed_money_text(Decimal("0.001"), "USDT") == "0.00"
    assert signed_money_text(Decimal("-0.00012345"), "BTC") == "-0.00012345"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0ms"), (45, "45s"), (725, "12m 05s"), (11_520, "3h 12m"), (187_200, "2d 04h")],
)
def test_holding_times_have_two_units(seconds: int, text: str) -> None:
    assert held_text(seconds * 10**9) == text


def test_times_keep_their_nanoseconds() -> None:
    assert iso_text(1_700_000_000_000_000_001) == "2023-11-14T22:13:20.000000001Z"
