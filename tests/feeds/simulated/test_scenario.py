"""A scenario is a course: what it promises happens, in its order, whatever the seed."""

import math
import statistics
from pathlib import Path

import pytest

from feeds.simulated import LISTINGS, SCENARIOS, SimulatedMarket
from feeds.simulated.observation import Observation, observe
from feeds.simulated.scenario import Scenario, Weather
from feeds.simulated.statistics import log_returns

START_NS = 1_767_225_600_000_000_000


def watched(scenario: str, seconds: int) -> tuple[Observation, Observation]:
    """BTC-USDT and its perpetual."""
    market = SimulatedMarket(5, START_NS, scenario, listings=LISTINGS[:3:2])
    spot, perpetual = observe(market, seconds).values()
    return spot, perpetual


def spot_in(scenario: str, seconds: int, seed: int = 5) -> Observation:
    """BTC-USDT alone."""
    market = SimulatedMarket(seed, START_NS, scenario, listings=LISTINGS[:1])
    (spot,) = observe(market, seconds).values()
    return spot


def moved(seen: Observation, from_s: int, to_s: int) -> float:
    return math.log(seen.mids[to_s] / seen.mids[from_s])


def wildness(seen: Observation, from_s: int, to_s: int) -> float:
    return statistics.pstdev(log_returns(seen.mids[from_s:to_s]))


def depth(seen: Observation, from_s: int, to_s: int) -> float:
    return statistics.fmean(seen.bid_lots[from_s:to_s])


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_says_in_a_line_what_it_is_and_begins_at_once(name: str) -> None:
    scenario = SCENARIOS[name]
    assert 20 <= len(scenario.about) <= 95
    times = [at_s for at_s, _ in scenario.course]
    assert times[0] == 0.0
    assert times == sorted(set(times))


def test_the_weather_between_two_stages_lies_between_theirs() -> None:
    scenario = Scenario("", ((0.0, Weather(depth=1.0)), (10.0, Weather(depth=0.5))))
    assert scenario.at(0.0).depth == 1.0
    assert scenario.at(4.0).depth == pytest.approx(0.8)
    assert scenario.at(10.0).depth == scenario.at(1e6).depth == 0.5


def test_a_course_that_repeats_begins_anew() -> None:
    stages = ((0.0, Weather(depth=1.0)), (10.0, Weather(depth=0.5)))
    scenario = Scenario("", stages, repeats=True)
    assert scenario.at(14.0) == scenario.at(4.0)


@pytest.mark.parametrize("seed", [5, 9])
def test_a_crash_thins_then_breaks_then_trembles(seed: int) -> None:
    spot = spot_in("crash", 330, seed)
    assert abs(moved(spot, 0, 60)) < 0.01
    assert depth(spot, 110, 120) < 0.7 * depth(spot, 10, 60)
    assert -0.11 < moved(spot, 120, 215) < -0.02
    assert sum(spot.volumes[130:200]) > 2 * sum(spot.volumes[:70])
    assert statistics.fmean(spot.spreads[140:200]) > 2 * statistics.fmean(spot.spreads[:60])
    assert wildness(spot, 300, 329) > 1.5 * wildness(spot, 0, 60)


def test_a_squeeze_lifts_the_perpetual_above_its_spot() -> None:
    spot, perpetual = watched("squeeze", 230)
    assert moved(spot, 130, 225) > 0.015
    gaps = [far / near - 1.0 for near, far in zip(spot.mids, perpetual.mids, strict=True)]
    assert statistics.fmean(gaps[60:90]) < 0.0
    assert statistics.fmean(gaps[190:220]) > 0.0008


def test_a_thin_market_shows_less_and_trades_less() -> None:
    usual, thin = spot_in("calm", 90), spot_in("thin", 90)
    assert depth(thin, 5, 90) < 0.4 * depth(usual, 5, 90)
    assert statistics.fmean(thin.spreads) > 1.4 * statistics.fmean(usual.spreads)
    assert len(thin.signs) < 0.6 * len(usual.signs)


def test_a_burst_comes_after_half_a_minute_of_waiting() -> None:
    spot = spot_in("burst", 60)
    assert sum(spot.volumes[31:60]) > 8 * sum(spot.volumes[:29])


def test_a_trend_rises_in_legs_and_gives_a_part_back() -> None:
    spot = spot_in("trend", 340)
    assert moved(spot, 0, 245) > 0.002
    assert moved(spot, 0, 339) > 0.0


def test_the_page_lists_every_scenario_as_it_describes_itself() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "simulated-market.md").read_text("utf-8")
    rows = [f"| `{name}` | {scenario.about} |" for name, scenario in SCENARIOS.items()]
    assert "\n".join(rows) in page


def test_the_page_lists_every_instrument() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "simulated-market.md").read_text("utf-8")
    for listing in LISTINGS:
        terms = listing.instrument
        (row,) = (line for line in page.splitlines() if line.startswith(f"| {terms.symbol} |"))
        assert f"| {terms.tick_size:f} | {terms.lot_size:,f} |" in row
        assert ("underlying of options" in row) is listing.options
