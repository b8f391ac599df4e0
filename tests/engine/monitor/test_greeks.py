"""Greeks: slopes are those of what the exchange says a position is worth, by finite differences."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.instruments import AssetClass, Instrument
from engine.core.units import Scale, quanta_decimal
from engine.monitor.greeks import DAY_NS, Leg, a_day, greeks_of

PRICE = Decimal(50_000)
STEP = Decimal(1)
UNIT_QUANTA = 50_000 * 10**12


def instrument(inverse: bool) -> Instrument:
    return Instrument(
        symbol="BTC-USD",
        venue="test",
        asset_class=AssetClass.INVERSE if inverse else AssetClass.PERPETUAL,
        base="BTC",
        quote="USD",
        settlement="BTC" if inverse else "USD",
        tick_size=Decimal(1),
        lot_size=Decimal(1),
    )


def slope(leg: Leg, price: Decimal) -> Decimal:
    """Units of the underlying that gain as much, from the values a step around."""
    gained = (leg.value(price + STEP) - leg.value(price - STEP)) / (2 * STEP)
    return gained * price if leg.inverse else gained


@pytest.mark.parametrize("inverse", [False, True])
@given(lots=st.integers(-(10**6), 10**6), ticks=st.integers(100, 10**6))
def test_a_leg_is_worth_what_the_exchange_says(inverse: bool, lots: int, ticks: int) -> None:
    scale = Scale(instrument(inverse))
    size = quanta_decimal(lots * scale.base_quanta_per_lot)
    worth = Leg("BTC", size, inverse).value(scale.price_decimal(ticks))
    told = quanta_decimal(scale.signed_value_quanta(ticks, lots))
    assert abs(worth - told) <= Decimal("1e-12")


@pytest.mark.parametrize("inverse", [False, True])
@given(size=st.integers(-(10**9), 10**9).filter(bool))
def test_delta_and_gamma_are_finite_differences(inverse: bool, size: int) -> None:
    leg = Leg("BTC", Decimal(size), inverse, PRICE)
    delta, gamma = leg.delta, leg.gamma
    assert delta is not None
    assert gamma is not None
    assert abs(slope(leg, PRICE) - delta) <= abs(delta) * Decimal("1e-8")
    rise = PRICE / 100
    around = slope(leg, PRICE + rise / 100) - slope(leg, PRICE - rise / 100)
    assert abs(around * 50 - gamma) <= abs(delta) * Decimal("1e-5")


def test_a_hedge_of_an_inverse_contract_leaves_the_coins_of_its_entry() -> None:
    """Long 10,000 of face from 40,000 gained 0.05 coins at 50,000; together with the contract's
    0.2 that is 0.25, the coins that the face bought: as in the quote currency, where it is a line.
    """
    legs = (
        Leg("BTC", Decimal(10_000), inverse=True, price=PRICE),
        Leg("BTC", Decimal("0.05")),
        Leg("ETH", Decimal(-3)),
    )
    coin, other = greeks_of(legs, {"BTC": UNIT_QUANTA})
    assert (coin.delta, coin.gamma) == (Decimal("0.25"), Decimal("-0.002"))
    assert coin.value_quanta == 12_500 * 10**12
    assert (other.delta, other.gamma, other.value_quanta) == (Decimal(-3), None, None)


def test_what_has_no_price_is_not_known_and_nothing_is_no_leg() -> None:
    legs = (Leg("BTC", Decimal(5), inverse=True), Leg("ETH", Decimal(0)))
    (only,) = greeks_of(legs, {"BTC": UNIT_QUANTA})
    assert (only.delta, only.gamma, only.value_quanta) == (None, None, None)


def test_what_an_interval_costs_is_counted_for_a_day() -> None:
    assert a_day(100, DAY_NS // 3) == 300
    assert a_day(-7, 2 * DAY_NS) == -4
    with pytest.raises(ValueError, match="no interval"):
        a_day(1, 0)
