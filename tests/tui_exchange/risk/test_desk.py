"""Reports are made beside the loop while somebody reads, and say what they rest on."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from engine.core.commands import Deposit, DepositKind
from engine.monitor import GridKind
from tests.tui_exchange.paper import START_NS, Paper, eager
from tui_exchange.revisions import RISK
from tui_exchange.risk.desk import RiskDesk
from tui_exchange.risk.price_log import MINUTE_NS
from tui_exchange.risk.view import NOT_MEASURED, RiskView

UNIT = 10**12
PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def remember(desk: RiskDesk, symbol: str, returns: list[float], price: float = 60_000.0) -> None:
    """Prices of the minutes before now."""
    for number, each in enumerate(returns):
        price *= 1 + each
        desk.prices.take(symbol, START_NS + (number - len(returns)) * MINUTE_NS, price)


def measured(paper: Paper) -> RiskView:
    return paper.session.risk_desk.measure("main")


async def finished(paper: Paper) -> RiskView:
    """Wait until a report is there."""
    desk = paper.session.risk_desk
    while desk.newest("main").made_ns is None:
        desk.tick()
        await asyncio.sleep(0)
    return desk.newest("main")


async def test_the_first_reading_asks_for_a_report_and_does_not_wait(paper: Paper) -> None:
    paper.line("b 2")
    desk = paper.session.risk_desk
    desk.begin()
    assert paper.session.risk().problem == NOT_MEASURED
    view = await finished(paper)
    paper.session.frame()
    assert view.report is not None
    assert view.report.exposure.largest_symbol == "BTC-USDT"
    assert not view.problem
    assert set(view.grids) == set(GridKind)
    seen = paper.session.revision(RISK)
    desk.tick()
    paper.session.frame()
    assert paper.session.revision(RISK) == seen
    desk.close()


async def test_what_nobody_reads_and_nothing_holds_is_not_computed(paper: Paper) -> None:
    desk = paper.session.risk_desk
    desk.begin()
    for _ in range(3):
        desk.tick()
        await asyncio.sleep(0)
    assert desk.newest("main").made_ns is None
    desk.close()


def test_a_report_counts_positions_coins_and_the_money_behind_them(paper: Paper) -> None:
    paper.line("b 2; s 1 BTC-USDT-PERP")
    view = measured(paper)
    assert view.report is not None
    exposure = view.report.exposure
    assert round(exposure.long_quanta / UNIT, -3) == 124_000
    assert round(exposure.short_quanta / UNIT, -3) == 62_000
    assert view.report.equity_quanta == paper.session.exchange.equity("main").quanta
    assert {one.symbol for one in view.report.liquidity} == {"BTC-USDT", PERP}
    assert view.currency == "USDT"


def test_thirty_minutes_make_tails_and_pairs(paper: Paper) -> None:
    paper.line("b 2; b 20 ETH-USDT")
    desk = paper.session.risk_desk
    moves = [0.001 * (-1) ** n * (n % 5) for n in range(60)]
    remember(desk, "BTC-USDT", moves)
    remember(desk, "ETH-USDT", moves, 3_000.0)
    view = measured(paper)
    assert view.report is not None
    assert view.report.tails
    assert view.history == "59 minutes"
    (pair,) = view.pairs
    assert {pair.symbol, pair.other} == {"BTC-USDT", "ETH-USDT"}


def test_what_moves_with_a_position_is_warned_of_once_that_is_known(paper: Paper) -> None:
    paper.line("b 0.1")
    desk = paper.session.risk_desk
    moves = [0.001 * (-1) ** n * (n % 5) for n in range(60)]
    remember(desk, "BTC-USDT", moves)
    remember(desk, "ETH-USDT", moves, 3_000.0)
    assert len(paper.line("b 1 ETH-USDT")) == 1
    measured(paper)
    warning = paper.line("b 2 ETH-USDT")[-1]
    assert warning.startswith("warning, correlation: ETH-USDT moves with BTC-USDT, which is held")


def test_an_amount_that_nothing_values_is_named_and_no_loss_is_told(paper: Paper) -> None:
    paper.session.submit(
        Deposit(account="main", currency="XYZ", amount_quanta=UNIT, kind=DepositKind.TOP_UP)
    )
    view = measured(paper)
    assert view.unvalued == ("XYZ",)
    paper.session.tick()
    assert paper.session.risk_desk.advising.standing("main").facts.day_start_quanta is None


def test_a_portfolio_without_anything_has_a_report_of_nothing(paper: Paper) -> None:
    paper.line("portfolio new empty; portfolio use empty")
    view = paper.session.risk_desk.measure("empty")
    assert not view.problem
    assert view.report is not None
    assert view.report.exposure.gross_quanta == 0


def test_prices_outlive_the_program(tmp_path: Path) -> None:
    first = Paper(tmp_path, eager())
    first.run()
    first.line("b 0.1")
    now_ns = first.session.clock.now_ns()
    for number in range(40):
        first.session.risk_desk.prices.take("BTC-USDT", now_ns - number * MINUTE_NS, 60_000.0)
    first.session.close()
    second = Paper(tmp_path, eager())
    second.run()
    assert second.session.risk_desk.measure("main").history == "39 minutes"
    second.session.close()


def test_the_first_picture_needs_no_numerical_libraries() -> None:
    code = "import sys, tui_exchange.app, tui_exchange.session; sys.exit('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0
