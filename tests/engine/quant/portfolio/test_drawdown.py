"""Falls from the peak."""

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.quant.portfolio import Drawdown, RiskInputError, drawdown


def test_now_and_at_worst() -> None:
    found = drawdown(np.array([100.0, 120.0, 90.0, 120.0, 150.0, 135.0]))
    assert found == Drawdown(
        current=pytest.approx(0.1), since=4, maximum=pytest.approx(0.25), peak=1, trough=2
    )


def test_at_the_peak_there_is_none_since_the_last_sample_there() -> None:
    assert drawdown(np.array([1.0, 2.0, 2.0])) == Drawdown(0.0, 2, 0.0, 0, 0)


def test_equity_below_nothing_falls_by_more_than_all() -> None:
    assert drawdown(np.array([100.0, -50.0])).current == pytest.approx(1.5)


@given(values=st.lists(st.floats(1.0, 1e6), min_size=1, max_size=60).map(np.array))
def test_the_worst_fall_is_the_worst_of_all_pairs(values: np.ndarray) -> None:
    found = drawdown(values)
    falls = [1 - low / high for i, high in enumerate(values) for low in values[i:]]
    assert found.maximum == pytest.approx(max(falls))
    assert found.maximum == pytest.approx(1 - values[found.trough] / values[found.peak])
    assert found.current == pytest.approx(1 - values[-1] / values[found.since])


def test_what_another_library_finds_in_a_real_backtest(shared_data: Path) -> None:
    folder = shared_data / "portfolio"
    golden = json.loads((folder / "empyrical_goldens.json").read_text())["series"]
    with gzip.open(folder / "pyfolio" / "test_returns.csv.gz", "rt") as file:
        returns = [float(row[1]) for row in csv.reader(file)]
    curve = np.cumprod([1.0, *(1.0 + value for value in returns)])
    expected = golden["pyfolio/test_returns"]["max_drawdown"]
    assert drawdown(curve).maximum == pytest.approx(-expected)


@pytest.mark.parametrize("values", [[], [0.0, 1.0], [1.0, float("nan")]])
def test_what_has_no_peak_is_refused(values: list[float]) -> None:
    with pytest.raises(RiskInputError):
        drawdown(np.array(values))
