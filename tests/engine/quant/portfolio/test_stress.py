"""The registry of scenarios, and the days that it names."""

import csv
import gzip
from pathlib import Path

import pytest

from engine.quant.portfolio import CRASH_DAYS, SCENARIOS, AssetClass, Correlation


def test_the_registry_holds_what_was_promised() -> None:
    assert [scenario.name for scenario in SCENARIOS] == [
        *("prices -40%", "prices -20%", "prices -10%", "prices -5%"),
        *("prices +5%", "prices +10%", "prices +20%", "prices +40%"),
        *("volatility x0.5", "volatility x2", "correlations to one", "hedges fail"),
        *("liquidity / 5", "1987-10-19", "2010-05-06", "2020-03-12", "2021-05-19", "2022-11-08"),
    ]


def test_only_what_a_scenario_names_changes() -> None:
    by_name = {scenario.name: scenario for scenario in SCENARIOS}
    halved = by_name["prices -10%"]
    assert {halved.move(kind) for kind in AssetClass} == {-0.10}
    assert (halved.volatility, halved.liquidity) == (1.0, 1.0)
    assert halved.correlation is Correlation.AS_IS
    assert by_name["volatility x2"].move(AssetClass.BTC) == 0.0
    assert by_name["liquidity / 5"].liquidity == 0.2
    assert by_name["correlations to one"].correlation is Correlation.ONE


@pytest.mark.parametrize("day", CRASH_DAYS)
def test_every_class_moves_on_every_day(day: str) -> None:
    moves = CRASH_DAYS[day]
    assert set(moves) == set(AssetClass)
    assert all(-1.0 < move < 0.0 for kind, move in moves.items() if kind is not AssetClass.USD_FX)
    assert (1 + moves[AssetClass.FX]) * (1 + moves[AssetClass.USD_FX]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("before", "day"), [("2010-05-05", "2010-05-06"), ("2020-03-11", "2020-03-12")]
)
def test_a_fund_on_the_same_index_fell_about_as_far(
    shared_data: Path, before: str, day: str
) -> None:
    """SPY's low against its close before; it may miss the index by a per cent and a half."""
    with gzip.open(shared_data / "ohlcv" / "spy_daily.csv.gz", "rt") as file:
        rows = {row["date"]: row for row in csv.DictReader(file)}
    move = float(rows[day]["low"]) / float(rows[before]["close"]) - 1.0
    assert CRASH_DAYS[day][AssetClass.EQUITY] == pytest.approx(move, abs=0.015)
