"""Value at risk and expected shortfall of equally likely outcomes."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.quant.portfolio import (
    RiskInputError,
    historical_tail,
    past_pnl,
    sample_tail,
)

OUTCOMES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300).map(np.array)
LEVELS = st.sampled_from([0.9, 0.95, 0.975, 0.99])


def naive_shortfall(pnl: np.ndarray, level: float) -> float:
    """Every outcome by its weight: 1 while the tail has room, then what is left of it."""
    room = share = (1.0 - level) * pnl.size
    total = 0.0
    for outcome in sorted(pnl):
        weight = min(1.0, room)
        total -= weight * outcome
        room -= weight
    return total / share


@given(pnl=OUTCOMES, level=LEVELS)
def test_the_definitions_hold(pnl: np.ndarray, level: float) -> None:
    tail = sample_tail(pnl, level)
    assert tail.value_at_risk == pytest.approx(-np.quantile(pnl, 1 - level), abs=1e-6)
    assert tail.expected_shortfall == pytest.approx(naive_shortfall(pnl, level), abs=1e-6)
    assert tail.expected_shortfall >= tail.value_at_risk - 1e-6


@given(
    pairs=st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=99),
    level=LEVELS,
)
def test_two_books_together_have_no_larger_shortfall_than_apart(
    pairs: list[tuple[float, float]], level: float
) -> None:
    one, other = np.array(pairs).T
    apart = (
        sample_tail(one, level).expected_shortfall + sample_tail(other, level).expected_shortfall
    )
    assert sample_tail(one + other, level).expected_shortfall <= apart + 1e-6


@pytest.mark.parametrize(("share", "expected"), [(0.1, 100), (0.2, 60), (0.3, 46.67), (0.4, 40)])
def test_the_example_of_the_encyclopedia(share: float, expected: float) -> None:
    """Wikipedia, "Expected shortfall", example 2: 100 paid for 0, 80, 100 or 150."""
    pnl = np.repeat([-100.0, -20.0, 0.0, 50.0], [10, 30, 40, 20])
    found = sample_tail(pnl, 1 - share).expected_shortfall
    assert found == pytest.approx(expected, abs=0.01)


def test_what_another_library_finds_in_a_real_backtest(shared_data: Path) -> None:
    """empyrical averages the worst int((n - 1) / 20) + 1 days; so does the level that they make."""
    folder = shared_data / "portfolio"
    golden = json.loads((folder / "empyrical_goldens.json").read_text())["series"]
    with gzip.open(folder / "pyfolio" / "test_returns.csv.gz", "rt") as file:
        returns = np.array([float(row[1]) for row in csv.reader(file)])
    expected = golden["pyfolio/test_returns"]
    assert returns.size == expected["n"]
    assert sample_tail(returns, 0.95).value_at_risk == pytest.approx(-expected["var_5pct"])
    worst = int((returns.size - 1) * 0.05) + 1
    found = sample_tail(returns, 1 - worst / returns.size).expected_shortfall
    assert found == pytest.approx(-expected["cvar_5pct"])


def test_days_that_lack_an_asset_do_not_count() -> None:
    returns = np.array([[0.01, 0.02], [np.nan, -0.5], [-0.03, 0.01]])
    assert past_pnl(np.array([100.0, -50.0]), returns) == pytest.approx([0.0, -3.5])


def test_ten_days_by_the_root_of_time() -> None:
    pnl = np.linspace(-10.0, 10.0, 201)
    one, ten = historical_tail(pnl, 0.99), historical_tail(pnl, 0.99, 10)
    assert ten.value_at_risk == pytest.approx(one.value_at_risk * 10**0.5)
    assert ten.expected_shortfall == pytest.approx(one.expected_shortfall * 10**0.5)


@pytest.mark.parametrize(
    ("pnl", "level"),
    [([], 0.95), ([1.0, float("nan")], 0.95), ([1.0], 0.3), ([1.0], 1.0), ([1.0], float("nan"))],
)
def test_what_has_no_tail_is_refused(pnl: list[float], level: float) -> None:
    with pytest.raises(RiskInputError):
        sample_tail(np.array(pnl), level)


def test_exposures_go_with_columns() -> None:
    with pytest.raises(RiskInputError, match="3 exposures do not go with 2 series"):
        past_pnl(np.ones(3), np.ones((5, 2)))
