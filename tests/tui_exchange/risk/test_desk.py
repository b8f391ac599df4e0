"""Reports are made beside the loop while somebody reads, and say what they rest on."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from engine.core.commands import Deposit, DepositKind
from engine.monitor import GridKind
from tests.tui_exchange.paper import Paper
from tests.tui_exchange.risk.own_desk import OwnDesk
from tui_exchange.revisions import RISK
from tui_exchange.risk.view import NOT_MEASURED, RiskView

UNIT = 10**12
MOVES = [0.001 * (-1) ** n * (n % 5) for n in range(60)]
PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


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


def test_a_history_of_days_is_told(paper: Paper) -> None:
    paper.line("b 2")
    view = measured(paper)
    assert view.report is not None
    assert view.history == "119 days"
    assert view.report.tails


def test_without_days_thirty_minutes_make_tails_and_pairs(paper: Paper) -> None:
    paper.line("b 2; b 20 ETH-USDT")
    own = OwnDesk(paper)
    own.remember("BTC-USDT", MOVES[:20])
    view = own.desk.measure("main")
    assert view.report is not None
    assert not view.report.tails
    assert view.report.uncovered == ("BTC-USDT", "ETH-USDT")
    own.remember("BTC-USDT", MOVES)
    own.remember("ETH-USDT", MOVES, 3_000.0)
    view = own.desk.measure("main")
    assert view.report is not None
    assert view.report.tails
    assert view.history == "59 minutes"
    (pair,) = view.pairs
    assert {pair.symbol, pair.other} == {"BTC-USDT", "ETH-USDT"}


def test_what_moves_with_a_position_is_warned_of_once_that_is_known(paper: Paper) -> None:
    paper.line("b 0.1; advise correlation 0.5; advise trade-risk off")
    assert len(paper.line("b 1 ETH-USDT-PERP")) == 1
    measured(paper)
    assert paper.session.risk_desk.newest("main").report is not None
    warning = paper.line("b 0.1 BTC-USDT-PERP")[-1]
    assert warning.startswith(
        "warning, correlation: BTC-USDT-PERP moves with BTC-USDT, which is held: correlation"
    )


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


def test_prices_outlive_the_program(paper: Paper, tmp_path: Path) -> None:
    paper.line("b 0.1")
    first = OwnDesk(paper, tmp_path)
    first.remember("BTC-USDT", MOVES)
    first.desk.close()
    assert OwnDesk(paper, tmp_path).desk.measure("main").history == "59 minutes"


def test_the_first_picture_needs_no_numerical_libraries() -> None:
    code = "import sys, tui_exchange.app, tui_exchange.session; sys.exit('numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == 0
