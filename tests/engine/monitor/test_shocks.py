"""Scenarios on a book."""

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.monitor import GridKind, StressResult
from engine.monitor.book import Depth
from engine.monitor.report import assess
from engine.monitor.shocks import GRID_SHOCKS, stress_grid
from engine.quant.portfolio import SCENARIOS
from tests.engine.monitor.books import UNIT, book, holding


def results(
    *dollars: int, equity: int = 100_000, maintenance: int | None = None
) -> dict[str, StressResult]:
    report = assess(book(*dollars, equity=equity, maintenance=maintenance))
    return {result.name: result for result in report.stress}


def test_every_scenario_is_run_in_order() -> None:
    assert list(results(1_000)) == [scenario.name for scenario in SCENARIOS]


def test_prices_move_long_and_short_apart() -> None:
    found = results(50_000, -20_000)["prices -10%"]
    assert found.pnl_quanta == pytest.approx(-3_000 * UNIT)
    assert found.equity_quanta == pytest.approx(97_000 * UNIT)


def test_a_crash_day_moves_each_class_by_its_own_measure() -> None:
    """38.6% for the first class (BTC), 42.9% for the second (ETH)."""
    found = results(10_000, -10_000)["2020-03-12"]
    assert found.pnl_quanta == pytest.approx((-3_860 + 4_290) * UNIT)


def test_an_account_is_liquidated_when_equity_meets_maintenance() -> None:
    """After -20% a book of 100,000 needs 0.8 of its maintenance."""
    found = results(100_000, equity=24_000, maintenance=5_000)["prices -20%"]
    assert found.equity_quanta == pytest.approx(4_000 * UNIT)
    assert found.maintenance_quanta == pytest.approx(4_000 * UNIT)
    assert found.liquidated
    assert not found.ruined
    safe = results(100_000, equity=24_100, maintenance=5_000)["prices -20%"]
    assert safe.liquidated is False


def test_without_maintenance_nothing_is_liquidated_but_may_be_ruined() -> None:
    found = results(100_000, equity=30_000)["prices -40%"]
    assert found.liquidated is None
    assert found.ruined


def test_volatility_scales_what_remains_at_risk_and_moves_no_price() -> None:
    found = results(50_000, -20_000)
    assert found["volatility x2"].pnl_quanta == 0
    ratio = (
        found["volatility x2"].value_at_risk_quanta / found["volatility x0.5"].value_at_risk_quanta
    )
    assert ratio == pytest.approx(4.0)


def test_correlations_of_one_help_a_hedge_and_failing_hedges_do_not() -> None:
    found = results(50_000, -50_000)
    now = found["volatility x2"].value_at_risk_quanta / 2
    assert found["correlations to one"].value_at_risk_quanta < now
    assert found["hedges fail"].value_at_risk_quanta > now


@given(values=st.lists(st.integers(-90_000, 90_000), min_size=1, max_size=4))
def test_failing_hedges_are_the_worst_correlation(values: list[int]) -> None:
    found = results(*values)
    worst = found["hedges fail"].value_at_risk_quanta
    assert worst >= found["correlations to one"].value_at_risk_quanta - 1
    assert worst >= found["volatility x2"].value_at_risk_quanta / 2 - 1


def test_thin_liquidity_costs_more_to_leave() -> None:
    depth = Depth(100.0, ((99.0, 100.0), (90.0, 400.0)), (), 100 * UNIT)
    given = replace(book(8_000), holdings=(holding(0, 8_000, depth),))
    found = {result.name: result for result in assess(given).stress}
    assert found["volatility x2"].exit_cost_quanta == pytest.approx(80 * UNIT)
    assert found["liquidity / 5"].exit_cost_quanta == pytest.approx((20 + 600) * UNIT)


@pytest.mark.parametrize("kind", GridKind)
def test_a_grid_has_a_cell_for_every_shock_and_column(kind: GridKind) -> None:
    grid = stress_grid(book(50_000, -20_000, maintenance=1_000), kind)
    assert grid.shocks == GRID_SHOCKS == tuple(sorted(GRID_SHOCKS))
    assert [len(row) for row in grid.cells] == [len(grid.columns)] * len(grid.shocks)
    for shock, row in zip(grid.shocks, grid.cells, strict=True):
        assert {cell.pnl_quanta for cell in row} == {round(30_000 * UNIT * shock)}


def test_the_grid_agrees_with_the_list() -> None:
    given = book(50_000, -20_000)
    grid = stress_grid(given)
    at = grid.columns.index("as now")
    in_grid = grid.cells[grid.shocks.index(-0.2)][at]
    in_list = next(r for r in assess(given).stress if r.name == "prices -20%")
    assert msgspec.structs.replace(in_grid, name="") == msgspec.structs.replace(in_list, name="")
