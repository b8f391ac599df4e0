"""Conversions are exact or refused, and roundings do what their names say."""

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core import units
from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale, UnitError


def instrument(tick: str, lot: str) -> Instrument:
    return Instrument(
        symbol="BTC-USDT",
        venue="test",
        asset_class=AssetClass.SPOT,
        base="BTC",
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal(tick),
        lot_size=Decimal(lot),
    )


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**30), st.integers(1, 10**30))
def test_prorate_is_half_even_of_the_exact_share(amount: int, part: int, whole: int) -> None:
    exact = Fraction(amount * part, whole)
    assert units.prorate_half_even(amount, part, whole) == round(exact)


@given(st.integers(-(10**30), 10**30), st.integers(-999_999, 999_999))
def test_a_share_never_exceeds_its_exact_value(amount: int, rate_ppm: int) -> None:
    share = units.share_toward_zero(amount, rate_ppm)
    exact = Fraction(amount * rate_ppm, 10**6)
    assert abs(share) <= abs(exact) < abs(share) + 1
    assert share * exact >= 0


@given(st.integers(1, 10**15), st.integers(1, 10**12))
def test_ticks_and_lots_survive_their_decimal_form(ticks: int, lots: int) -> None:
    scale = Scale(instrument("0.01", "0.00001"))
    assert scale.ticks_exact(scale.price_decimal(ticks)) == ticks
    assert scale.lots_exact(scale.size_decimal(lots)) == lots
    assert units.parse_decimal(units.decimal_text(scale.size_decimal(lots))) == lots * Decimal(
        "0.00001"
    )


@pytest.mark.parametrize(
    ("size", "sentence"),
    [
        ("0.12345", "0.12345 is not a multiple of the lot size 0.001; nearest: 0.123"),
        ("0.0005", "0.0005 is not a multiple of the lot size 0.001; nearest: 0"),
        ("-1.9999", "-1.9999 is not a multiple of the lot size 0.001; nearest: -2"),
    ],
)
def test_a_size_off_the_lot_is_refused_with_the_nearest(size: str, sentence: str) -> None:
    with pytest.raises(UnitError, match=sentence.replace(".", r"\.")):
        Scale(instrument("0.01", "0.001")).lots_exact(Decimal(size))


def test_more_digits_than_a_decimal_context_holds_are_not_rounded_away() -> None:
    value = Decimal("1234567890123456789012345678901.001")
    with pytest.raises(UnitError, match=r"nearest: 1234567890123456789012345678901"):
        Scale(instrument("0.01", "1")).lots_exact(value)


@given(st.text(max_size=60))
def test_a_number_is_parsed_or_refused(text: str) -> None:
    with suppress(UnitError):
        assert units.parse_decimal(text).is_finite()


@pytest.mark.parametrize("text", ["nan", "inf", "-Infinity", "1_000", "٣", "1e999", "", "0x10"])
def test_what_only_looks_like_a_number_is_refused(text: str) -> None:
    with pytest.raises(UnitError):
        units.parse_decimal(text)


@pytest.mark.parametrize(
    ("quanta", "text"),
    [
        (0, "0.00 USDT"),
        (1_204_500_000_000_000, "1,204.50 USDT"),
        (-5_000_000_000_000, "-5.00 USDT"),
        (1, "0.000000000001 USDT"),
    ],
)
def test_money_reads_as_a_person_writes_it(quanta: int, text: str) -> None:
    assert units.money_text(quanta, "USDT") == text


@pytest.mark.parametrize(("tick", "lot"), [("0", "1"), ("0.00000001", "0.00000001"), ("-1", "1")])
def test_terms_that_money_cannot_follow_are_refused(tick: str, lot: str) -> None:
    with pytest.raises(UnitError):
        Scale(instrument(tick, lot))


@given(quanta=st.integers(-(10**30), 10**30))
def test_money_text_is_the_exact_amount(quanta: int) -> None:
    text = units.money_text(quanta, "USDT").removesuffix(" USDT")
    assert Decimal(text.replace(",", "")) == units.quanta_decimal(quanta)
    assert len(text.partition(".")[2]) >= 2
