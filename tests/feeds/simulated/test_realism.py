"""What a chart of the simulated market must show: the published facts of markets.

`feeds.simulated.statistics` and `feeds.simulated.verdicts` name the sources. Three quarters of an
hour are enough to see all of them; memory that decays over hours is longer than that.
"""

from statistics import correlation

from feeds.simulated import LISTINGS, SimulatedMarket
from feeds.simulated.observation import observe
from feeds.simulated.statistics import MarketFacts, facts, log_returns
from feeds.simulated.verdicts import EXPECTATIONS

START_NS = 1_767_225_600_000_000_000


def found(seed: int, seconds: int) -> MarketFacts:
    """Of BTC-USDT."""
    market = SimulatedMarket(seed, START_NS, listings=LISTINGS[:1])
    (seen,) = observe(market, seconds).values()
    return facts(seen)


def test_the_market_shows_every_fact_and_its_memory_decays_slowly() -> None:
    # One test, since the three quarters of an hour are what it costs.
    shown = found(3, 2_700)
    missed = [
        f"{each.name}: {each.figure(shown)} is not from {each.low} to {each.high}"
        for each in EXPECTATIONS
        if not each.low <= each.figure(shown) <= each.high
    ]
    assert not missed
    sizes, sides = shown.size_memory, shown.sign_memory
    assert sizes[1] > sizes[20] > sizes[60] > sizes[1] / 10
    assert sides[1] > sides[10] > sides[50] > sides[1] / 20


def test_another_seed_shows_them_within_a_quarter_of_an_hour() -> None:
    other = found(1, 900)
    assert other.kurtosis_1s > 5.0
    assert other.size_memory[1] > 0.1
    assert other.sign_memory[1] > other.sign_memory[10] > 0.02
    assert other.volume_volatility > 0.3
    assert other.thin_before_move < 0.9
    # One large jump weighs much in so short a time.
    assert all(abs(other.return_memory[lag]) < 0.25 for lag in (2, 5, 10, 30))


def test_a_perpetual_is_kept_close_to_its_spot_and_ether_goes_with_bitcoin() -> None:
    market = SimulatedMarket(1, START_NS, listings=LISTINGS[:3])
    bitcoin, ether, perpetual = observe(market, 150).values()
    moves = [log_returns(one.mids[::5]) for one in (bitcoin, ether, perpetual)]
    assert correlation(moves[0], moves[2]) > 0.85
    assert 0.4 < correlation(moves[0], moves[1]) < 0.98
    gaps = [far / near - 1.0 for near, far in zip(bitcoin.mids, perpetual.mids, strict=True)]
    assert max(map(abs, gaps)) < 0.002
