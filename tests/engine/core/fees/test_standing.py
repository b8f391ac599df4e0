"""What fills are charged while an account moves through a schedule's tiers."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import BUY, SELL
from engine.core.events import MAKER, TAKER, Liquidity
from engine.core.fees import DAY_NS, FeeBook, Tariff, TrailingSum
from engine.core.fees.presets import MARKET_MAKER, STANDARD, ZERO
from engine.core.instruments import FeeSchedule, FeeTier
from engine.core.units import PPM, QUANTA_PER_UNIT

MILLION = 1_000_000 * QUANTA_PER_UNIT


STANDARD_TARIFF = Tariff(STANDARD)
REBATES = Tariff(MARKET_MAKER)


def fee(book: FeeBook, tariff: Tariff, now_ns: int, liquidity: Liquidity, value: int) -> int:
    return book.charge(tariff, now_ns, liquidity, value)[0]


def test_a_fill_is_charged_by_the_volume_before_it() -> None:
    book = FeeBook(TrailingSum())
    assert fee(book, STANDARD_TARIFF, 0, TAKER, MILLION) == MILLION // 1000
    assert book.tier == 1
    assert fee(book, STANDARD_TARIFF, 0, TAKER, MILLION) == 9 * MILLION // 10_000
    assert fee(book, STANDARD_TARIFF, 0, MAKER, MILLION) == 4 * MILLION // 10_000
    assert book.tier == 1


def test_a_tier_is_crossed_inside_one_orders_fills() -> None:
    book = FeeBook(TrailingSum())
    fills = [600_000, 399_999, 1, 600_000]
    rates = []
    for units in fills:
        value = units * QUANTA_PER_UNIT
        rates.append((fee(book, STANDARD_TARIFF, 0, TAKER, value) * PPM // value, book.tier))
    assert rates == [(1000, 0), (1000, 0), (1000, 1), (900, 1)]


def test_a_change_of_tier_is_told_once() -> None:
    book = FeeBook(TrailingSum())
    told = [
        book.charge(STANDARD_TARIFF, 0, TAKER, units * QUANTA_PER_UNIT)[1]
        for units in (999_999, 1, 1, 8_999_999, 1)
    ]
    assert told == [False, True, False, True, False]


def test_a_first_fill_tells_only_of_a_tier_that_it_reached_itself() -> None:
    volume = TrailingSum()
    FeeBook(volume).charge(STANDARD_TARIFF, 0, TAKER, 2 * MILLION)
    assert FeeBook(volume).charge(STANDARD_TARIFF, 0, TAKER, MILLION)[1] is False
    assert FeeBook(volume).charge(STANDARD_TARIFF, 0, TAKER, 7 * MILLION)[1] is True


def test_one_fill_may_cross_several_tiers() -> None:
    book = FeeBook(TrailingSum())
    assert fee(book, STANDARD_TARIFF, 0, MAKER, 40 * MILLION) == 40 * MILLION // 2000
    assert book.tier == 2


def test_a_day_that_falls_out_takes_its_tier_along() -> None:
    book = FeeBook(TrailingSum())
    fee(book, STANDARD_TARIFF, 0, TAKER, 2 * MILLION)
    last_ns, next_ns = 30 * DAY_NS - 1, 30 * DAY_NS
    assert book.standing(STANDARD_TARIFF, last_ns).tier == 1
    assert book.standing(STANDARD_TARIFF, next_ns).tier == 0
    value = 1000 * QUANTA_PER_UNIT
    charged = book.charge(STANDARD_TARIFF, next_ns, TAKER, value)
    assert charged == (QUANTA_PER_UNIT, True), "the fall is told with the next fill"
    assert book.tier == 0


def test_books_of_one_class_and_currency_share_their_volume() -> None:
    volume = TrailingSum()
    first, second = FeeBook(volume), FeeBook(volume)
    fee(first, STANDARD_TARIFF, 0, TAKER, 10 * MILLION)
    assert second.tier is None
    assert second.standing(STANDARD_TARIFF, 0).tier == 2
    assert fee(second, STANDARD_TARIFF, 0, MAKER, MILLION) == 3 * MILLION // 10_000
    assert second.tier == 2


def test_a_rebate_is_paid_to_who_quotes() -> None:
    book = FeeBook(TrailingSum())
    fee(book, REBATES, 0, TAKER, MILLION)
    assert fee(book, REBATES, 0, MAKER, MILLION) == 0, "without a quote making is free"
    book.quoting.rested(0, BUY)
    book.quoting.rested(0, SELL)
    assert fee(book, REBATES, 100, MAKER, MILLION) == -MILLION // 10_000
    book.quoting.left(800, SELL)
    assert fee(book, REBATES, 1000, MAKER, MILLION) == -MILLION // 10_000
    assert fee(book, REBATES, 1001, MAKER, MILLION) == 0
    assert fee(book, REBATES, 1001, TAKER, MILLION) == 15 * MILLION // 10_000


def test_a_rebate_may_exceed_the_other_sides_fee() -> None:
    generous = Tariff(
        FeeSchedule(name="generous", tiers=(FeeTier(from_quanta=0, maker_ppm=-700, taker_ppm=100),))
    )
    maker, taker = FeeBook(TrailingSum()), FeeBook(TrailingSum())
    paid = fee(taker, generous, 0, TAKER, MILLION) + fee(maker, generous, 0, MAKER, MILLION)
    assert paid == -6 * MILLION // 10_000


def test_zero_fees_charge_nothing_and_count_the_volume() -> None:
    book = FeeBook(TrailingSum())
    assert fee(book, Tariff(ZERO), 0, TAKER, 10**30) == 0
    assert book.standing(Tariff(ZERO), 0).volume_quanta == 10**30


def test_a_new_schedule_takes_the_volume_over() -> None:
    book = FeeBook(TrailingSum())
    fee(book, STANDARD_TARIFF, 0, TAKER, 10 * MILLION)
    assert book.tier == 2
    assert fee(book, Tariff(ZERO), 0, TAKER, MILLION) == 0
    assert book.tier == 0
    assert book.standing(REBATES, 0).tier == 2


def test_a_standing_says_what_is_paid_and_what_is_missing() -> None:
    book = FeeBook(TrailingSum())
    fee(book, REBATES, 0, TAKER, 12 * MILLION)
    standing = book.standing(REBATES, 0)
    assert (standing.schedule, standing.tier, standing.tiers) == ("market-maker", 2, 4)
    assert (standing.maker_ppm, standing.maker_tier_ppm, standing.taker_ppm) == (0, -200, 1200)
    assert standing.volume_quanta == 12 * MILLION
    assert (standing.next_from_quanta, standing.to_next_quanta) == (50 * MILLION, 38 * MILLION)
    assert (standing.uptime_ppm, standing.uptime_needed_ppm) == (None, 800_000)
    book.quoting.rested(5, BUY)
    book.quoting.rested(5, SELL)
    assert book.standing(REBATES, 10).maker_ppm == -200
    fee(book, REBATES, 10, MAKER, 38 * MILLION)
    last = book.standing(REBATES, 10)
    assert (last.tier, last.next_from_quanta, last.to_next_quanta) == (3, None, None)


fills = st.lists(
    st.tuples(
        st.sampled_from([0, 1, DAY_NS, 11 * DAY_NS, 30 * DAY_NS]),
        st.sampled_from([MAKER, TAKER]),
        st.integers(0, 12 * MILLION),
    ),
    max_size=20,
)


@given(fills)
def test_every_charge_is_what_the_standing_before_it_said(
    sequence: list[tuple[int, Liquidity, int]],
) -> None:
    book = FeeBook(TrailingSum())
    now_ns = 0
    for wait_ns, liquidity, value in sequence:
        now_ns += wait_ns
        before = book.standing(REBATES, now_ns)
        rate_ppm = before.maker_ppm if liquidity is MAKER else before.taker_ppm
        assert fee(book, REBATES, now_ns, liquidity, value) == value * rate_ppm // PPM
        after = book.standing(REBATES, now_ns)
        assert after.tier == book.tier
        assert after.volume_quanta == before.volume_quanta + value
        if after.to_next_quanta is not None:
            assert after.to_next_quanta > 0
            assert REBATES.tier_at(after.volume_quanta + after.to_next_quanta) == after.tier + 1
