"""Several portfolios in one session."""

from pathlib import Path

import pytest

from engine.core.commands import DepositKind, LotMethod
from engine.core.instruments import AssetClass
from engine.core.units import QUANTA_PER_UNIT
from tests.tui_exchange.paper import Paper, eager

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def test_a_new_portfolio_has_its_starting_balance_and_is_lent_as_much(paper: Paper) -> None:
    paper.line('portfolio new swing start=100k lots=fifo lev=perpetual:20 "about=two days"')
    exchange = paper.session.exchange
    profile = exchange.profile("swing")
    assert profile.lot_method is LotMethod.FIFO
    assert profile.leverages == {AssetClass.PERPETUAL: 20}
    assert profile.description == "two days"
    started = 100_000 * QUANTA_PER_UNIT
    assert exchange.balances("swing") == {"USDT": (started, 0), "USD": (started, 0)}
    assert exchange.deposited("swing") == {("USDT", DepositKind.START): started}
    assert exchange.equity("swing").quanta == started


def test_what_one_portfolio_does_is_not_seen_in_another_and_goes_on(paper: Paper) -> None:
    session = paper.session
    paper.line("b 0.001 at bid-1000t; b 0.002")
    paper.line("portfolio new swing; portfolio use swing")
    assert (session.account, session.portfolio_title) == ("swing", "swing")
    assert (session.positions(), session.working_orders(), session.fills(10)) == ((), (), ())
    paper.line("b 0.003")
    assert len(session.fills(10)) == 1
    paper.line("portfolio use main")
    assert len(session.fills(10)) == 1
    assert len(session.working_orders()) == 1
    assert session.account_view().name == "main"


def test_a_line_can_switch_before_it_trades(paper: Paper) -> None:
    paper.line("portfolio new swing")
    paper.line("portfolio use swing; b 0.002; portfolio use main")
    assert paper.session.exchange.positions("swing")["BTC-USDT"].lots > 0
    assert paper.session.positions() == ()


def test_a_title_changes_and_the_account_does_not(paper: Paper) -> None:
    paper.line('portfolio rename "Long Term"')
    assert (paper.session.account, paper.session.portfolio_title) == ("main", "Long Term")
    assert "already" in paper.refusal('portfolio new "long term"')
    paper.line('portfolio new swing; portfolio use swing; portfolio use "LONG TERM"')
    assert paper.session.account == "main"


def test_money_that_is_topped_up_is_no_profit(paper: Paper) -> None:
    paper.line("portfolio new swing; portfolio use swing; portfolio topup 500")
    view = paper.session.account_view()
    assert view.equity_quanta == view.started_quanta == 5_000_500 * QUANTA_PER_UNIT
    given = paper.session.exchange.deposited("swing")
    assert given["USDT", DepositKind.TOP_UP] == 500 * QUANTA_PER_UNIT
    assert "nothing here is traded in" in paper.refusal("portfolio topup 5 XYZ")


def test_a_clone_has_the_settings_and_its_own_money(paper: Paper) -> None:
    paper.line("portfolio new a start=1000 lots=lifo; portfolio clone b from=a")
    exchange = paper.session.exchange
    assert exchange.profile("b").lot_method is LotMethod.LIFO
    assert exchange.balance("b", "USDT")[0] == 1_000 * QUANTA_PER_UNIT


def test_what_is_put_away_takes_no_orders_until_it_is_taken_out(paper: Paper) -> None:
    paper.line("portfolio new swing; portfolio archive swing")
    assert paper.session.portfolios == ["main"]
    paper.line("portfolio use swing")
    assert paper.refusal("b 0.001")
    paper.line("portfolio unarchive")
    paper.line("b 0.001")


def test_a_reset_gives_the_start_again(paper: Paper) -> None:
    paper.line("portfolio new swing start=100000; portfolio use swing")
    paper.line("b 0.002; b 0.001 at bid-1000t")
    *_, told = paper.line("portfolio reset")
    assert "begins again with 100,000.00 USDT: 1 order cancelled, 1 position closed" in told
    assert paper.session.positions() == ()
    assert paper.session.account_view().equity_quanta == 100_000 * QUANTA_PER_UNIT


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("portfolio nwe x", "did you mean `new`?"),
        ("portfolio use mian", "did you mean `main`?"),
        ("portfolio new", "takes one name"),
        ("portfolio new x lots=best", "is not one of fifo, lifo, average"),
        ("portfolio new x lev=perpetual:0", "is no leverage of a class"),
        ("portfolio set color=red", "is no setting of a portfolio"),
        ("portfolio topup", "takes an amount"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_happens(paper: Paper, text: str, words: str) -> None:
    assert words in paper.refusal(text)
    assert paper.session.exchange.accounts() == ["main"]


def test_the_next_session_begins_with_the_portfolio_that_was_current(tmp_path: Path) -> None:
    first = Paper(tmp_path, eager())
    first.line("portfolio new swing; portfolio use swing")
    first.session.close()
    second = Paper(tmp_path, eager())
    assert second.session.account == "swing"
    second.session.close()
