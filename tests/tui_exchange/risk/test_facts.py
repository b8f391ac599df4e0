"""What counts as a position: what was traded, and coins that are no money."""

import pytest

from engine.core.commands import Deposit, DepositKind
from engine.monitor import PositionFact
from tests.tui_exchange.paper import Paper

UNIT = 10**12


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def positions(paper: Paper) -> dict[str, PositionFact]:
    facts = paper.session.risk_desk.advising.standing("main").facts
    return {fact.symbol: fact for fact in facts.positions}


def give(paper: Paper, currency: str, units: int) -> None:
    paper.session.submit(
        Deposit(
            account="main", currency=currency, amount_quanta=units * UNIT, kind=DepositKind.TOP_UP
        )
    )


def test_a_deposited_coin_is_a_position_of_the_market_in_which_it_is_bought(paper: Paper) -> None:
    give(paper, "ETH", 10)
    fact = positions(paper)["ETH-USDT"]
    assert fact.signed_lots * paper.session.scale("ETH-USDT").base_quanta_per_lot == 10 * UNIT


def test_money_is_no_position(paper: Paper) -> None:
    give(paper, "USDT", 1_000_000)
    give(paper, "USD", 1_000_000)
    assert not positions(paper)


def test_what_was_bought_counts_once_and_shorts_are_negative(paper: Paper) -> None:
    paper.line("b 0.5; s 0.25 BTC-USDT-PERP")
    found = positions(paper)
    assert {symbol: fact.signed_lots for symbol, fact in found.items()} == {
        "BTC-USDT": 500,
        "BTC-USDT-PERP": -250,
    }


def test_orders_under_way_count_without_those_that_only_close(paper: Paper) -> None:
    paper.line("b 0.5; s 0.2 at +1% reduce; b 0.1 at -1%; stop buy 0.3 at 70000", "BTC-USDT-PERP")
    paper.line("b 0.4 at -2% sl=-5% tp=+5%; oco buy 0.2 at 60000 stop 70000", "BTC-USDT-PERP")
    fact = positions(paper)["BTC-USDT-PERP"]
    assert (fact.signed_lots, fact.buying_lots, fact.selling_lots) == (500, 1_000, 0)
