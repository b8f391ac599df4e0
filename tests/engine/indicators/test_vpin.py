"""The volume-synchronised probability of informed trading, after Easley, López de Prado, O'Hara."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.indicators import Vpin

TRADES = st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=80)


def naive(trades: list[tuple[int, bool]], bucket: int, buckets: int) -> float | None:
    """Lot by lot."""
    lots = [bought for size, bought in trades for _ in range(size)]
    full = [lots[at : at + bucket] for at in range(0, len(lots) // bucket * bucket, bucket)]
    counted = full[-buckets:]
    if not counted:
        return None
    return sum(abs(2 * sum(part) - bucket) for part in counted) / (len(counted) * bucket)


@given(TRADES, st.integers(1, 30), st.integers(1, 8))
def test_it_equals_counting_every_lot_after_every_trade(
    trades: list[tuple[int, bool]], bucket: int, buckets: int
) -> None:
    vpin = Vpin(bucket, buckets)
    for count, (lots, bought) in enumerate(trades, 1):
        vpin.take(lots, bought)
        seen = trades[:count]
        assert vpin.value == naive(seen, bucket, buckets)
        assert vpin.filled == sum(size for size, _ in seen) % bucket


def test_one_sided_trading_is_one_and_even_trading_is_nothing() -> None:
    toxic, even = Vpin(10), Vpin(10)
    for _ in range(20):
        toxic.take(5, bought=True)
        even.take(5, bought=True)
        even.take(5, bought=False)
    assert (toxic.value, even.value) == (1.0, 0.0)


def test_nothing_is_said_before_the_first_bucket_is_full() -> None:
    vpin = Vpin(10)
    vpin.take(9, bought=True)
    assert (vpin.value, vpin.full) == (None, 0)
    vpin.take(1, bought=False)
    assert (vpin.value, vpin.full) == (0.8, 1)


def test_a_trade_of_any_size_costs_no_more_than_the_buckets_that_count() -> None:
    vpin = Vpin(1, 50)
    vpin.take(10**15, bought=False)
    assert (vpin.value, vpin.full, vpin.filled) == (1.0, 50, 0)


@pytest.mark.parametrize(("bucket", "buckets"), [(0, 50), (-1, 50), (10, 0)])
def test_buckets_that_hold_nothing_are_refused(bucket: int, buckets: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        Vpin(bucket, buckets)
