"""The days before the simulated market opened: what history is made of there."""

import math
import statistics
from itertools import pairwise

import pytest

from feeds.messages import Candle
from feeds.simulated import LISTINGS, SimulatedMarket
from feeds.simulated.past import DAY_NS, DAYS

START_NS = 1_700_000_000 * 10**9


def past(seed: int = 1, start_ns: int = START_NS) -> dict[str, list[Candle]]:
    """The days by symbol."""
    found: dict[str, list[Candle]] = {}
    for candle in SimulatedMarket(seed, start_ns).past():
        found.setdefault(candle.symbol, []).append(candle)
    return found


def returns(candles: list[Candle]) -> list[float]:
    """Log returns from close to close."""
    return [math.log(float(new.close) / float(old.close)) for old, new in pairwise(candles)]


def correlation(one: list[float], other: list[float]) -> float:
    return statistics.correlation(one, other)


def test_every_instrument_has_whole_days_that_follow_each_other_up_to_yesterday() -> None:
    days = past()
    assert list(days) == [listing.instrument.symbol for listing in LISTINGS]
    for candles in days.values():
        assert len(candles) == DAYS
        assert [new.open_ns - old.open_ns for old, new in pairwise(candles)] == [DAY_NS] * (
            DAYS - 1
        )
        assert candles[-1].open_ns + DAY_NS <= START_NS < candles[-1].open_ns + 2 * DAY_NS
        assert all(new.open == old.close for old, new in pairwise(candles))
        assert all(
            float(c.low) <= min(float(c.open), float(c.close))
            and max(float(c.open), float(c.close)) <= float(c.high)
            and float(c.volume) > 0
            and c.closed
            for c in candles
        )


def test_today_goes_on_from_yesterday() -> None:
    midnight = START_NS - START_NS % DAY_NS
    for listing in LISTINGS:
        terms = listing.instrument
        last = past(start_ns=midnight)[terms.symbol][-1]
        assert float(last.close) == pytest.approx(float(listing.opening_ticks * terms.tick_size))


def test_a_seed_has_one_past() -> None:
    assert past(3) == past(3)
    assert past(3) != past(4)


def test_a_perpetual_goes_with_its_spot_coins_go_together_and_stocks_go_their_own_way() -> None:
    moves = {symbol: returns(candles) for symbol, candles in past().items()}
    assert correlation(moves["BTC-USDT"], moves["BTC-USDT-PERP"]) > 0.99
    coins = correlation(moves["BTC-USDT"], moves["ETH-USDT"])
    assert coins > 0.7
    assert correlation(moves["BTC-USDT"], moves["TUIX-USD"]) < coins
