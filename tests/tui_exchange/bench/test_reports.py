"""Figures are told with target, machine and calibration, in a table and as JSON."""

import json
from collections.abc import Callable

import pytest

from tui_exchange.bench import BENCHMARKS, run, running
from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_least, at_most
from tui_exchange.bench.measuring import percentile, rates
from tui_exchange.bench.registry import measurement
from tui_exchange.bench.report import line_of, table_row


def benchmarks(monkeypatch: pytest.MonkeyPatch, measure: Callable[[], list[Figure]]) -> None:
    """Every benchmark finds what `measure` says, and calibration takes no time."""
    monkeypatch.setattr(running, "measurement", lambda name, messages: measure)
    monkeypatch.setattr(running, "calibration_loops_per_s", lambda: 1e6)


def test_a_target_is_met_on_its_side_and_by_equality() -> None:
    assert at_least(10).met_by(10)
    assert not at_least(10).met_by(9.9)
    assert at_most(10).met_by(10)
    assert not at_most(10).met_by(10.1)


def test_a_figure_in_loops_is_the_cost_of_one_unit_of_work() -> None:
    assert Figure("rate", 500_000, "/s").loops(1e6) == 2.0
    assert Figure("time", 3.0, "µs").loops(1e6) == pytest.approx(3.0)
    assert Figure("time", 2.0, "ms").loops(1e6) == pytest.approx(2_000)
    assert Figure("size", 2.0, "MB").loops(1e6) is None


def test_a_row_says_figure_target_and_whether_it_was_missed() -> None:
    missed = line_of("book", Figure("commands", 700_000, "/s", at_least(800_000)), 1e6)
    words = ["book", "commands", "700,000/s", "≥", "800,000/s", "MISSED", "1.4"]
    assert table_row(missed).split() == words
    plain = line_of("memory", Figure("growth", 4.25, "MB"), 1e6)
    assert table_row(plain).split() == ["memory", "growth", "4.25", "MB"]


def test_json_states_machine_python_and_every_figure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    benchmarks(monkeypatch, lambda: [Figure("commands", 900_000, "/s", at_least(800_000))])
    assert run(["book"], json=True) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["machine"]
    assert report["python"].split()[0] in ("CPython", "PyPy")
    assert report["failures"] == []
    assert report["figures"] == [
        {
            "bench": "book",
            "figure": "commands",
            "value": 900_000,
            "unit": "/s",
            "target": 800_000,
            "bound": "≥",
            "met": True,
            "loops": pytest.approx(1.111, rel=0.001),
            "loops_per_s": 1e6,
        }
    ]


def test_without_names_every_benchmark_runs_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    benchmarks(monkeypatch, lambda: [Figure("commands", 1.0, "/s")])
    assert run([], json=True) == 0
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert [line["bench"] for line in figures] == list(BENCHMARKS)


def test_one_that_cannot_run_is_named_and_the_others_still_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure() -> list[Figure]:
        raise BenchmarkFailed("This system has no pseudo-terminals.")

    benchmarks(monkeypatch, measure)
    assert run(["start", "memory"], json=True) == 1
    told = capsys.readouterr()
    failures = json.loads(told.out)["failures"]
    assert [failure["bench"] for failure in failures] == ["start", "memory"]
    assert "start: This system has no pseudo-terminals." in told.err


def test_an_unknown_name_is_refused_with_those_that_exist(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["speed"]) == 2
    assert "no benchmark 'speed': choose from book, engine, log" in capsys.readouterr().err


@pytest.mark.parametrize("name", BENCHMARKS)
def test_every_registered_name_has_its_module(name: str) -> None:
    assert callable(measurement(name))


def test_memory_is_measured_in_a_fresh_process() -> None:
    (figure,) = measurement("memory")()
    assert figure.unit == "MB"
    assert 0 < figure.value < 100


def test_a_percentile_is_one_of_the_values() -> None:
    values = list(range(100, 0, -1))
    assert percentile(values, 0.5) == 51
    assert percentile(values, 0.99) == 100
    assert percentile([7], 0.99) == 7


def test_each_round_prepares_its_own_work() -> None:
    prepared: list[int] = []

    def work() -> Callable[[], int]:
        prepared.append(1)
        return lambda: 10

    assert len(rates(work, 3)) == 3
    assert len(prepared) == 3
