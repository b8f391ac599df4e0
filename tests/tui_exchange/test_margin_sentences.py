"""Margin, funding, liquidation and portfolios are told so that a trader understands them."""

import pytest

from engine.core import events
from engine.core.commands import Side
from engine.core.events import Event, LiquidationOutcome, OracleStatus, ReducedBy
from engine.core.margin_terms import MarginMode
from engine.core.units import QUANTA_PER_UNIT
from tests.tui_exchange.paper import Paper
from tui_exchange.alarm import Alarm
from tui_exchange.sentences import told

PERP = "BTC-USDT-PERP"
AT = {"seq": 1, "ts_ns": 1}
MINE = {**AT, "account": "main"}
ONE = QUANTA_PER_UNIT


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper()


def sentence(paper: Paper, event: Event) -> str:
    """What the owner of the portfolio reads of one event."""
    (text,) = told(paper.session.exchange, [event], "main")
    return text


def test_a_liquidation_says_how_much_where_and_what_it_cost(paper: Paper) -> None:
    scale = paper.session.scale(PERP)
    lots = int(1 / scale.lot_size) // 2
    event = events.PositionLiquidated(
        **MINE,
        symbol=PERP,
        side=Side.SELL,
        by=ReducedBy.BOOK,
        lots=lots,
        value_quanta=29_060 * ONE,
        fee_quanta=145_300_000_000_000,
        realised_quanta=-1_940 * ONE,
        lots_left=0,
    )
    assert sentence(paper, event) == (
        "LIQUIDATED: 0.5 BTC-USDT-PERP of your long in the book at 58,120.00, realised"
        " -1,940.00 USDT, fee 145.30 USDT"
    )


def test_who_is_deleveraged_is_told_why_and_in_which_place(paper: Paper) -> None:
    event = events.PositionDeleveraged(
        **MINE,
        symbol=PERP,
        against="bob",
        side=Side.BUY,
        lots=1,
        value_quanta=ONE,
        realised_quanta=ONE,
        rank=3,
        score=4_500_000,
        lots_left=-2,
    )
    text = sentence(paper, event)
    assert "of your short was closed" in text
    assert "number 3 in the queue (profit times leverage 4.50)" in text


def test_a_warning_says_what_is_needed_what_is_there_and_what_helps(paper: Paper) -> None:
    event = events.MarginWarning(
        **MINE,
        symbol=None,
        currency="USDT",
        level_pct=90,
        equity_quanta=1_000 * ONE,
        maintenance_quanta=900 * ONE,
    )
    assert sentence(paper, event) == (
        "MARGIN 90%: cross positions in USDT need 900.00 of 1,000.00 USDT; at 100% the exchange"
        " liquidates: reduce, or add money"
    )


def test_small_amounts_of_a_coin_are_told_and_large_ones_in_cents(paper: Paper) -> None:
    event = events.MarginWarning(
        **MINE,
        symbol=None,
        currency="BTC",
        level_pct=80,
        equity_quanta=2_000 * ONE,
        maintenance_quanta=ONE * 12_045 // 1_000_000,
    )
    assert "need 0.012045 of 2,000.00 BTC" in sentence(paper, event)


@pytest.mark.parametrize(("paid", "did"), [(5 * ONE, "paid: 5.00"), (-ONE, "received: 1.00")])
def test_funding_says_who_gets_how_much(paper: Paper, paid: int, did: str) -> None:
    event = events.FundingPaid(
        **MINE,
        symbol=PERP,
        boundary_ns=0,
        rate_ppb=100_000,
        mark_ticks=620_000,
        lots=-500,
        paid_quanta=paid,
    )
    text = sentence(paper, event)
    assert text.startswith(f"funding {did} USDT on ")
    assert "rate 0.01% at mark" in text


def test_warnings_and_losses_are_alarms_and_what_is_ordinary_is_not(paper: Paper) -> None:
    lost = events.OracleChanged(**AT, symbol=PERP, status=OracleStatus.LOST, mark_ticks=None)
    back = events.OracleChanged(**AT, symbol=PERP, status=OracleStatus.OK, mark_ticks=620_000)
    loss = events.LossSocialised(**MINE, debtor="bob", currency="USDT", amount_quanta=ONE)
    mode = events.MarginModeSet(**MINE, symbol=PERP, mode=MarginMode.ISOLATED)
    told_as = [isinstance(sentence(paper, one), Alarm) for one in (lost, loss, back, mode)]
    assert told_as == [True, True, False, False]


def test_a_lost_mark_is_an_alarm_for_everybody(paper: Paper) -> None:
    event = events.OracleChanged(**AT, symbol=PERP, status=OracleStatus.LOST, mark_ticks=None)
    assert sentence(paper, event).startswith(f"ALARM: {PERP} has no mark price")
    assert told(paper.session.exchange, [event], "main", general=False) == ()


@pytest.mark.parametrize(
    "event",
    [
        events.MarginModeSet(**MINE, symbol=PERP, mode=MarginMode.ISOLATED),
        events.LeverageSet(**MINE, symbol=PERP, leverage=20, held_quanta=ONE),
        events.MarginChanged(**MINE, symbol=PERP, amount_quanta=-ONE, margin_quanta=ONE),
        events.LiquidationEnded(
            **MINE,
            symbol=PERP,
            currency="USDT",
            outcome=LiquidationOutcome.WAITING,
            equity_quanta=ONE,
            maintenance_quanta=ONE,
        ),
        events.CollateralSold(
            **MINE,
            currency="USDT",
            paid_quanta=ONE,
            haircut_quanta=ONE,
            sold_currency="BTC",
            sold_quanta=ONE,
        ),
        events.InsurancePaid(**MINE, currency="USDT", amount_quanta=ONE, fund_quanta=0),
        events.LossSocialised(**MINE, debtor="bob", currency="USDT", amount_quanta=ONE),
        events.BorrowFeePaid(**MINE, symbol=PERP, day_ns=0, lots=-1, paid_quanta=ONE),
        events.PortfolioReset(
            **MINE, currency="USDT", starting_quanta=ONE, cancelled_orders=1, closed_positions=2
        ),
        events.PortfolioArchived(**MINE, archived=True),
    ],
    ids=lambda event: type(event).__name__,
)
def test_nothing_that_happens_to_a_portfolio_goes_untold(paper: Paper, event: Event) -> None:
    assert sentence(paper, event)
    assert told(paper.session.exchange, [event], "somebody else") == ()
