"""The report of a portfolio at one moment."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.monitor import CorrelatedPair, Method
from engine.monitor.book import Book, Depth, EquityCurve, Returns
from engine.monitor.exits import exits_of
from engine.monitor.market_model import market_model
from engine.monitor.report import assess
from engine.quant.portfolio import ewma_covariance, normal_tail
from tests.engine.monitor.books import UNIT, book, holding, returns


def test_exposure_and_concentration() -> None:
    found = assess(book(60_000, -20_000, 20_000, equity=50_000)).exposure
    assert (found.long_quanta, found.short_quanta) == (80_000 * UNIT, 20_000 * UNIT)
    assert (found.gross_quanta, found.net_quanta) == (100_000 * UNIT, 60_000 * UNIT)
    assert found.leverage == pytest.approx(2.0)
    assert (found.largest_symbol, found.largest_share) == ("S0", pytest.approx(0.6))
    assert found.herfindahl == pytest.approx(0.36 + 0.04 + 0.04)


def test_without_equity_there_is_no_leverage() -> None:
    assert assess(book(1_000, equity=0)).exposure.leverage is None


def test_an_empty_portfolio_has_a_report_of_nothings() -> None:
    report = assess(Book((), 100 * UNIT))
    assert report.exposure.gross_quanta == report.sigma_quanta == 0
    assert (report.tails, report.liquidity, report.correlated, report.uncovered) == ((), (), (), ())
    assert all(result.equity_quanta == 100 * UNIT for result in report.stress)


def test_the_table_of_tails_is_three_by_two_by_two() -> None:
    report = assess(book(50_000, -20_000, 30_000))
    cells = [(risk.method, risk.days, risk.level) for risk in report.tails]
    assert cells == [
        (method, days, level) for method in Method for days in (1, 10) for level in (0.95, 0.99)
    ]
    for risk in report.tails:
        assert risk.expected_shortfall_quanta >= risk.value_at_risk_quanta > 0


def test_methods_agree_about_a_normal_market() -> None:
    by_method = {
        r.method: r for r in assess(book(50_000, 40_000)).tails if r.days == 1 and r.level == 0.95
    }
    values = [risk.value_at_risk_quanta for risk in by_method.values()]
    assert max(values) < 1.6 * min(values)


def test_the_parametric_figure_is_that_of_the_weighted_covariance() -> None:
    given = book(50_000, -20_000)
    held = np.array([50_000.0, -20_000.0])
    sigma = math.sqrt(held @ ewma_covariance(given.returns.table) @ held)
    report = assess(given)
    found = next(r for r in report.tails if r.method is Method.PARAMETRIC and r.level == 0.99)
    assert report.sigma_quanta / UNIT == pytest.approx(sigma)
    assert found.value_at_risk_quanta / UNIT == pytest.approx(
        normal_tail(sigma, 0.99).value_at_risk
    )


def test_the_same_book_gives_the_same_report() -> None:
    given = book(50_000, -20_000, 30_000, maintenance=2_000)
    assert assess(given) == assess(given)


def test_positions_without_history_are_named_and_not_invented() -> None:
    given = book(50_000, 20_000)
    short = given.returns.table.copy()
    short[:-29, 1] = np.nan
    known = replace(given, returns=Returns(given.returns.keys, short))
    report = assess(known)
    assert report.uncovered == ("S1",)
    alone = assess(replace(book(50_000), returns=given.returns))
    assert report.tails == alone.tails
    assert report.exposure.gross_quanta == 70_000 * UNIT


def test_without_any_history_there_are_no_tails_but_stress() -> None:
    report = assess(replace(book(50_000), returns=Returns.none()))
    assert report.tails == ()
    assert report.uncovered == ("S0",)
    assert report.stress[0].pnl_quanta == -20_000 * UNIT


def test_without_common_days_the_historical_method_is_missing() -> None:
    given = book(50_000, 20_000)
    apart = given.returns.table.copy()
    apart[:125, 0] = apart[125:, 1] = np.nan
    report = assess(replace(given, returns=Returns(given.returns.keys, apart)))
    assert report.periods == 0
    assert {risk.method for risk in report.tails} == {Method.PARAMETRIC, Method.MONTE_CARLO}


def test_minutes_are_brought_to_days() -> None:
    """The same table read as minutes has the volatility of 1,440 of its rows."""
    table = returns(1, rows=1_000)
    minutes = Returns(table.keys, table.table / math.sqrt(1_440), 1_440.0)
    model = market_model(replace(book(1_000), returns=minutes))
    assert model.volatility[0] == pytest.approx(table.table.std(ddof=1))
    assert model.past_quanta.std() / UNIT == pytest.approx(1_000 * table.table.std())


def test_a_long_and_a_short_in_like_things_are_no_correlated_pair() -> None:
    table = returns(2)
    twins = np.column_stack([table.table[:, 0], table.table[:, 0] + 0.001 * table.table[:, 1]])
    both = replace(book(50_000, 20_000), returns=Returns(table.keys, twins))
    hedged = replace(book(50_000, -20_000), returns=both.returns)
    assert assess(both).correlated == (CorrelatedPair("S0", "S1", pytest.approx(1.0, abs=0.01)),)
    assert assess(hedged).correlated == ()
    assert assess(both, correlation_warning=1.01).correlated == ()


def test_drawdown_tells_when() -> None:
    curve = EquityCurve((10, 20, 30, 40), np.array([100.0, 120.0, 90.0, 108.0]) * UNIT)
    found = assess(replace(book(1_000), curve=curve)).drawdown
    assert found is not None
    assert (found.since_ns, found.peak_ns, found.trough_ns) == (20, 20, 30)
    assert (found.current, found.maximum) == (pytest.approx(0.1), pytest.approx(0.25))


def ladder(lots: float) -> Depth:
    """Ticks of 1% of the mid; a lot is worth 100 dollars."""
    bids = ((99.0, lots), (98.0, lots))
    return Depth(100.0, bids, ((101.0, lots),), 100 * UNIT)


def test_a_long_leaves_through_bids_and_a_short_through_asks() -> None:
    held = (holding(0, 3_000, ladder(20)), holding(1, -3_000, ladder(20)))
    given = Book(held, 10_000 * UNIT)
    long, short = exits_of(given, market_model(given))
    assert long.book_cost_quanta == pytest.approx((2_000 * 0.01 + 1_000 * 0.02) * UNIT)
    assert (long.left_quanta, long.depths) == (0, pytest.approx(0.75))
    assert short.book_cost_quanta == pytest.approx(2_000 * 0.01 * UNIT)
    assert short.left_quanta == pytest.approx(1_000 * UNIT)
    assert short.days is short.impact_quanta is None


def test_what_the_book_leaves_is_charged_with_impact_when_volume_is_known() -> None:
    held = (holding(0, 10_000, ladder(20), volume=100_000),)
    given = Book(held, 10_000 * UNIT, returns=returns(1))
    model = market_model(given)
    (found,) = exits_of(given, model)
    assert found.days == pytest.approx(1.0)
    assert found.impact_quanta is not None
    expected = 6_000 * float(model.volatility[0]) * math.sqrt(6_000 / 100_000)
    assert found.impact_quanta / UNIT == pytest.approx(expected)
    (thin,) = exits_of(given, model, liquidity=0.2)
    assert thin.days == pytest.approx(5.0)
    assert thin.cost_quanta > found.cost_quanta


def test_a_market_without_volume_is_no_division_by_nothing() -> None:
    given = Book((holding(0, 10_000, None, volume=0),), UNIT, returns=returns(1))
    report = assess(given)
    assert report.liquidity[0].days == math.inf
    assert report.liquidity[0].impact_quanta is None
    assert report.liquidity[0].depths is None
