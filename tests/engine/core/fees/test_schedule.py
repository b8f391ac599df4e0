"""Which schedules are sound, and what their tiers charge."""

from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.events import MAKER, TAKER
from engine.core.fees import Tariff, check, fee_quanta, flat, worst_ppm
from engine.core.instruments import AssetClass, FeeSchedule, FeeTier, Instrument
from engine.core.units import PPM


def schedule(*tiers: tuple[int, int, int], share_ppm: int = 0, uptime_ppm: int = 0) -> FeeSchedule:
    """Tiers as (from, maker, taker)."""
    return FeeSchedule(
        name="test",
        tiers=tuple(
            FeeTier(from_quanta=start, maker_ppm=maker, taker_ppm=taker, uptime_ppm=uptime_ppm)
            for start, maker, taker in tiers
        ),
        insurance_share_ppm=share_ppm,
    )


SOUND = schedule((0, 500, 1000), (10, -100, 900), share_ppm=PPM, uptime_ppm=PPM)


def test_a_sound_schedule_passes() -> None:
    assert check(SOUND) == ""
    assert check(schedule((0, 499_999, -499_999))) == ""
    assert check(schedule((0, 0, 0))) == ""


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (msgspec.structs.replace(SOUND, name=""), "its name '' must be one word"),
        (msgspec.structs.replace(SOUND, name="two words"), "'two words' must be one word"),
        (schedule(), "must start at a volume of 0"),
        (schedule((1, 0, 0)), "must start at a volume of 0"),
        (schedule((-1, 0, 0)), "must start at a volume of 0"),
        (schedule((0, 0, 0), (0, 0, 0)), "its tier 1 starts at 0, which must be above 0"),
        (schedule((0, 0, 0), (9, 0, 0), (5, 0, 0)), "tier 2 starts at 0.000000000005"),
        (schedule((0, 500_000, 0)), "its tier 0 has a fee or rebate"),
        (schedule((0, 0, 0), (1, 0, -500_000)), "its tier 1 has a fee or rebate"),
        (schedule((0, 0, 0), share_ppm=-1), "insurance share must lie between"),
        (schedule((0, 0, 0), share_ppm=PPM + 1), "insurance share must lie between"),
        (schedule((0, 0, 0), uptime_ppm=-1), "its tier 0 asks for an uptime"),
        (schedule((0, 0, 0), uptime_ppm=PPM + 1), "its tier 0 asks for an uptime"),
    ],
)
def test_a_broken_schedule_is_named_with_what_would_do(broken: FeeSchedule, said: str) -> None:
    assert said in check(broken)


def test_an_instruments_own_fees_are_one_tier() -> None:
    instrument = Instrument(
        symbol="BTC-USDT",
        venue="simulated",
        asset_class=AssetClass.SPOT,
        base="BTC",
        quote="USDT",
        settlement="USDT",
        tick_size=Decimal("0.01"),
        lot_size=Decimal("0.001"),
        maker_fee_ppm=-50,
        taker_fee_ppm=700,
    )
    own = flat(instrument)
    assert check(own) == ""
    tariff = Tariff(own)
    assert tariff.tier_at(10**40) == 0
    assert tariff.rate_ppm(0, MAKER, None) == -50
    assert tariff.rate_ppm(0, TAKER, None) == 700


@pytest.mark.parametrize(
    ("tiers", "worst"),
    [
        ([(0, 500, 1000), (10, 400, 900)], 1000),
        ([(0, 100, 200), (10, 100, 300)], 300),
        ([(0, 800, 200)], 800),
        ([(0, -100, -200)], 0),
        ([(0, 0, 0)], 0),
    ],
)
def test_the_worst_rate_is_that_of_any_tier_and_never_negative(
    tiers: list[tuple[int, int, int]], worst: int
) -> None:
    assert worst_ppm(schedule(*tiers)) == Tariff(schedule(*tiers)).worst_ppm == worst


starts = st.sets(st.integers(1, 10**24), max_size=12).map(lambda found: [0, *sorted(found)])


@given(starts, st.data())
def test_a_volume_is_in_the_highest_tier_that_it_reached(
    thresholds: list[int], data: st.DataObject
) -> None:
    tariff = Tariff(schedule(*((start, 0, 0) for start in thresholds)))
    near = [start + offset for start in thresholds for offset in (-1, 0, 1) if start + offset >= 0]
    volume = data.draw(st.one_of(st.sampled_from(near), st.integers(0, 10**25)))
    reached = [number for number, start in enumerate(thresholds) if start <= volume]
    assert tariff.tier_at(volume) == reached[-1]


@pytest.mark.parametrize(
    ("uptime_ppm", "rate"),
    [(None, 0), (0, 0), (799_999, 0), (800_000, -100), (PPM, -100)],
)
def test_a_rebate_asks_for_uptime(uptime_ppm: int | None, rate: int) -> None:
    tariff = Tariff(schedule((0, -100, 900), uptime_ppm=800_000))
    assert tariff.rate_ppm(0, MAKER, uptime_ppm) == rate
    assert tariff.rate_ppm(0, TAKER, uptime_ppm) == 900


def test_uptime_matters_only_to_rebates_that_ask_for_it() -> None:
    assert Tariff(schedule((0, 200, 900), uptime_ppm=PPM)).rate_ppm(0, MAKER, None) == 200
    assert Tariff(schedule((0, -200, 900))).rate_ppm(0, MAKER, None) == -200


@pytest.mark.parametrize(
    ("rate", "value", "fee"),
    [
        (1000, 1_000_000, 1000),
        (1000, 999, 0),
        (1000, 1999, 1),
        (-1000, 999, 0),
        (-1000, 1999, -1),
        (0, 10**30, 0),
        (499_999, 10**40, 499_999 * 10**34),
    ],
)
def test_a_fee_is_without_its_fraction_of_a_quantum(rate: int, value: int, fee: int) -> None:
    assert fee_quanta(rate, value) == fee


@given(st.integers(-499_999, 499_999), st.lists(st.integers(0, 10**24), max_size=8))
def test_the_parts_of_an_order_never_cost_more_than_its_whole(rate: int, parts: list[int]) -> None:
    charged = [fee_quanta(rate, part) for part in parts]
    whole = fee_quanta(rate, sum(parts))
    assert abs(sum(charged)) <= abs(whole)
    assert all(fee == 0 or (fee > 0) == (rate > 0) for fee in charged)


def test_the_insurance_fund_shares_fees_and_not_rebates() -> None:
    tariff = Tariff(schedule((0, -100, 900), share_ppm=250_000))
    assert tariff.insurance_quanta(1000) == 250
    assert tariff.insurance_quanta(3) == 0
    assert tariff.insurance_quanta(0) == 0
    assert tariff.insurance_quanta(-1000) == 0
    assert Tariff(schedule((0, 0, 0), share_ppm=PPM)).insurance_quanta(77) == 77
