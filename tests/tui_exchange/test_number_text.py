"""Numbers on the screen: exact where they say so, dashes where nothing is known."""

from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.tui_exchange.panes.test_ladder_orders import SCALE
from tui_exchange import number_text as numbers

quanta = st.integers(-(10**24), 10**24)


@given(st.integers(-(10**15), 10**15))
def test_prices_and_sizes_are_exact_and_grouped(count: int) -> None:
    price = numbers.price_text(SCALE, count)
    assert Decimal(price.replace(",", "")) == count * SCALE.tick_size
    size = numbers.size_text(SCALE, count)
    assert Decimal(size.replace(",", "")) == count * SCALE.lot_size
    assert price == f"{Decimal(price.replace(',', '')):,.1f}"


@given(quanta)
def test_money_is_rounded_half_to_even(amount: int) -> None:
    exact = Decimal(amount).scaleb(-12)
    shown = Decimal(numbers.money_text(amount).replace(",", ""))
    assert shown == exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def test_unknown_is_a_dash_and_never_zero() -> None:
    assert numbers.price_text(SCALE, None) == "—"
    assert numbers.money_text(None) == "—"
    assert numbers.change_text(None, 5) == "—"
    assert numbers.age_text(None) == "—"


def test_profits_have_a_sign_and_nothing_has_none() -> None:
    assert numbers.signed_money_text(12_300_000_000_000) == "+12.30"
    assert numbers.signed_money_text(-5_000_000_000_000) == "-5.00"
    assert numbers.signed_money_text(1) == "0.00"


def test_a_size_that_does_not_fit_loses_decimals_and_never_digits_before_the_point() -> None:
    assert numbers.size_fit(SCALE, 12_345, 6) == "12.345"
    assert numbers.size_fit(SCALE, 12_345_678, 7) == "12,345"
    assert numbers.size_fit(SCALE, 12_345_678, 8) == "12,345.6"[:8]
    assert numbers.size_fit(SCALE, 12_345_678, 3) == "12,345"


def test_ages_counts_and_clocks_are_short() -> None:
    assert [numbers.age_text(ms) for ms in (430, 12_900, 180_000, 7_200_000)] == [
        "0.4s",
        "12s",
        "3m",
        "2h",
    ]
    assert [numbers.count_text(n) for n in (950, 1234, 34_500, 1_000_000)] == [
        "950",
        "1.2k",
        "34k",
        "1.0M",
    ]
    assert numbers.clock_ms_text(1_767_225_661_789_000_000) == "00:01:01.789"
