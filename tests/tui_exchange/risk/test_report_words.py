"""`risk`, `stress` and `liquidations` on the command line, and what they are reckoned from."""

from dataclasses import replace
from decimal import Decimal

import pytest

from engine.monitor import LimitName
from tests.tui_exchange.panes.risk_views import BTC, book, risky, view_of, without_history
from tests.tui_exchange.paper import Paper
from tui_exchange.number_text import UNKNOWN
from tui_exchange.risk.outcomes import after_move, days_of, maintenance_now, outcome_of
from tui_exchange.risk.report_lines import outcome_line, risk_lines, summary_line
from tui_exchange.risk.standings import limit_standings, open_count, percent_text, units_text

PERP = "BTC-USDT-PERP"
ROUNDING = 1e-12
"""Of the floats that the grid is computed with."""


@pytest.fixture(scope="module")
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def test_a_move_of_prices_is_what_the_grid_has() -> None:
    view = risky()
    assert view.report is not None
    for grid in view.grids.values():
        for shock, cells in zip(grid.shocks, grid.cells, strict=True):
            move = after_move(view, view.report, Decimal(f"{shock:.2f}"))
            there = outcome_of(cells[0])
            assert move.name == f"prices {shock * 100:+.0f}%"
            assert (move.liquidated, move.ruined) == (there.liquidated, there.ruined)
            assert move.equity_quanta == pytest.approx(there.equity_quanta, rel=ROUNDING)
            assert move.maintenance_quanta == pytest.approx(there.maintenance_quanta, rel=ROUNDING)


def test_without_margin_nothing_can_be_liquidated() -> None:
    view = view_of(replace(book(), maintenance_quanta=None))
    assert view.report is not None
    assert maintenance_now(view) is None
    line = outcome_line(after_move(view, view.report, Decimal("-0.2")), view, view.report)
    assert line == "prices -20%: -7,200.00 USDT (-7.20%), equity 92,800.00"


def test_a_day_says_its_name_and_how_it_ends() -> None:
    view = view_of(book(equity=17_500, eth=60_000))
    assert view.report is not None
    outcome = outcome_of(days_of(view.report)[2])
    line = outcome_line(outcome, view, view.report)
    assert line.startswith("2020-03-12 (pandemic): -28,")
    assert line.endswith("; RUINED: equity is gone")
    fallen = outcome_line(after_move(view, view.report, Decimal("-0.2")), view, view.report)
    assert fallen.endswith("equity 4,300.00; LIQUIDATED: maintenance 4,800.00")


def test_risk_is_told_in_a_screenful() -> None:
    view = risky()
    assert view.report is not None
    lines = risk_lines(view, view.report)
    assert lines[0] == (
        "gross 40,000.00, net +36,000.00 USDT, leverage 0.40x; 3 positions, the largest"
        " ETH-USDT-PERP with 75% of gross"
    )
    assert lines[1] == (
        "equity 100,000.00 USDT, day -1,000.00 (-0.99%), drawdown 3.85%, worst 3.85%"
    )
    assert "over 60 minutes of this session" in lines[2]
    assert "without ACME-USD: too little history" in lines
    assert f"leaving {BTC}: 0.04 days, 0.80x the visible depth, at once 8.00 USDT" in lines
    assert any(
        line.startswith("ETH-USDT-PERP is 30% of equity; the limit is 25%") for line in lines
    )
    assert len(lines) <= 20


def test_the_last_line_sums_up() -> None:
    view = risky()
    assert view.report is not None
    assert summary_line(view, view.report) == (
        "at risk: gross 40,000.00 USDT (0.40x), value at risk 1d 99% 1,457 USDT (1.46%), over"
        " position-size, correlation"
    )
    blind = without_history()
    assert blind.report is not None
    assert f"1d 99% {UNKNOWN}, over position-size" in summary_line(blind, blind.report)


def test_what_is_not_known_is_a_dash_with_its_reason() -> None:
    view = without_history()
    assert view.report is not None
    told = "\n".join(risk_lines(view, view.report))
    assert f"value at risk: {UNKNOWN} not known: it takes 30 past returns" in told


def test_a_correlation_is_broken_where_a_pair_is_over_it() -> None:
    by_name = {each.name: each for each in limit_standings(risky())}
    together = by_name[LimitName.CORRELATION]
    assert (together.broken, together.word, together.value) == (True, "OVER", Decimal("1.00"))
    alone = {each.name: each for each in limit_standings(without_history())}
    assert alone[LimitName.CORRELATION].why == "no history"
    assert by_name[LimitName.RISK_PER_TRADE].why == "per order"
    assert open_count(risky()) == 3


@pytest.mark.parametrize(
    ("part", "whole", "signed", "told"),
    [
        (0, 100, True, "0%"),
        (-1, 10**9, True, "0.00%"),
        (-5, 1000, True, "-0.50%"),
        (351, 1000, False, "35.1%"),
        (3, 2, True, "+150%"),
        (1, 0, False, UNKNOWN),
    ],
)
def test_shares_have_as_many_digits_as_say_something(
    part: int, whole: int, signed: bool, told: str
) -> None:
    assert percent_text(part, whole, signed) == told


def test_units_are_signed_and_short() -> None:
    assert units_text(Decimal("1.2500")) == "+1.25"
    assert units_text(Decimal("-1200")) == "-1,200"
    assert units_text(Decimal("0.0000001")) == "+0"
    assert units_text(None) == UNKNOWN


def test_the_words_have_what_was_traded_a_moment_before(paper: Paper) -> None:
    assert paper.line("liquidations") == (
        "nothing of this portfolio was liquidated or deleveraged",
    )
    paper.line("b 1", PERP)
    exposure, equity, *_, summary = paper.line("risk")
    assert exposure.startswith("gross 6")
    assert f"1 position, the largest {PERP}" in exposure
    assert equity.startswith("equity 4,99")
    assert summary.startswith("at risk: gross 6")
    assert summary.endswith("within every limit; the risk pane has it all")
    lines = paper.line("stress")
    assert len(lines) == 8 + 5 + 1
    assert lines[-1].startswith("worst of these is prices -40%: -2")
    (told,) = paper.line("stress -20%")
    assert told == lines[1]
    assert paper.line("stress −20") == (told,)
    assert paper.line("stress 2020-03-12") == (lines[10],)
    paper.line("close", PERP)
    assert paper.line("risk")[0] == "nothing is held"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stress 2020-03-13", "did you mean `2020-03-12`?"),
        ("stress crash", "give a move such as -20%, or one of 1987-10-19"),
        ("stress -200%", "no move of prices: give -100% to +1000%"),
        ("stress -x%", "not a number"),
        ("stress -5% -6%", "one word too many"),
        ("risk now", "one word too many"),
        ("liquidations all", "one word too many"),
    ],
)
def test_what_is_no_scenario_is_refused_with_what_is(paper: Paper, text: str, words: str) -> None:
    assert words in paper.refusal(text)
