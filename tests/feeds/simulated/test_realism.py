"""What a chart of the simulated market must show whatever the seed: the published facts of markets.

`feeds.simulated.statistics` names the sources. Half an hour is a short time for memory that decays
over hours: what is asked of it here is that it is there, at every seed.
"""

from functools import cache
from statistics import correlation

import pytest

from feeds.simulated import LISTINGS, SimulatedMarket
from feeds.simulated.observation import Observation, observe
from feeds.simulated.statistics import MarketFacts, facts, log_returns

START_NS = 1_767_225_600_000_000_000
SECONDS = 1_500
SEEDS = (1, 2)


@cache
def seen(seed: int) -> dict[str, Observation]:
    """Almost half an hour of BTC-USDT and its perpetual."""
    market = SimulatedMarket(seed, START_NS, listings=LISTINGS[:3:2])
    return dict(observe(market, SECONDS))


@cache
def spot_facts(seed: int) -> MarketFacts:
    return facts(seen(seed)["BTC-USDT"])


@pytest.mark.parametrize("seed", SEEDS)
def test_returns_have_heavier_tails_than_a_normal_law(seed: int) -> None:
    assert spot_facts(seed).kurtosis_1s > 6.0


@pytest.mark.parametrize("seed", SEEDS)
def test_returns_forget_while_their_sizes_remember(seed: int) -> None:
    found = spot_facts(seed)
    assert abs(found.return_memory[1]) < 0.2
    assert all(abs(found.return_memory[lag]) < 0.12 for lag in (2, 5, 10, 30))
    assert found.size_memory[1] > found.size_memory[20] > found.size_memory[60] > 0.0
    assert found.size_memory[1] > 0.15


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sides_of_orders_remember_for_long(seed: int) -> None:
    memory = spot_facts(seed).sign_memory
    assert memory[1] > memory[10] > memory[50] > 0.005


@pytest.mark.parametrize("seed", SEEDS)
def test_the_book_is_tight_humped_and_thins_before_it_moves(seed: int) -> None:
    found = spot_facts(seed)
    assert 1.0 <= found.spread_quantiles[2] <= found.spread_quantiles[4] <= 8.0
    assert 3 <= found.hump_ticks <= 35
    assert found.hump_ratio > 1.5
    assert found.thin_before_move < 0.85


@pytest.mark.parametrize("seed", SEEDS)
def test_volume_goes_with_volatility(seed: int) -> None:
    assert spot_facts(seed).volume_volatility > 0.4


@pytest.mark.parametrize("seed", SEEDS)
def test_a_perpetual_is_kept_close_to_its_spot(seed: int) -> None:
    spot, perpetual = seen(seed).values()
    moves = [log_returns(one.mids[::5]) for one in (spot, perpetual)]
    assert correlation(*moves) > 0.85
    gaps = [far / near - 1.0 for near, far in zip(spot.mids, perpetual.mids, strict=True)]
    assert max(map(abs, gaps)) < 0.002
