"""The pages of the risk pane as text: what is known, what is not and why, at two widths."""

from dataclasses import replace
from decimal import Decimal

import msgspec
import pytest

from engine.monitor import GridKind, LimitName, Response, default_limits
from engine.monitor.greeks import UnderlyingGreeks
from tests.tui_exchange.panes.risk_views import (
    BTC,
    ETH,
    STOCK,
    book,
    risky,
    view_of,
    without_history,
)
from tui_exchange.panes.risk_exits import exit_lines, greek_lines
from tui_exchange.panes.risk_lines import Block, column_width, flow, text_of
from tui_exchange.panes.risk_overview import exposure_block, limits_block, tails_block
from tui_exchange.panes.risk_stress import day_lines, grid_lines
from tui_exchange.read_models.greeks import GreeksView
from tui_exchange.risk.view import RiskView

NARROW, WIDE = 37, 120
SHORT, TALL = 9, 40
ONE = 10**12


def overview(view: RiskView, width: int) -> str:
    assert view.report is not None
    blocks = (exposure_block, tails_block)
    return text_of([line for make in blocks for line in make(view, view.report, width).lines])


def test_exposure_says_what_is_held_and_how_it_went() -> None:
    assert overview(risky(), NARROW).splitlines()[:7] == [
        " equity USDT              100,000.00",
        " gross     40,000.00  leverage 0.40x",
        " net                +36,000.00  long",
        " largest ETH-USDT-PERP  75% of gross",
        " positions                         3",
        " day               -1,000.00  -0.99%",
        " drawdown     now 3.85%, worst 3.85%",
    ]


def test_what_no_rate_converts_is_named() -> None:
    view = msgspec.structs.replace(risky(), unvalued=("PEPE", "WIF"))
    told = " ".join(overview(view, NARROW).split())
    assert "not counted, without a price or a rate to USDT: PEPE, WIF" in told


def test_tails_are_three_methods_by_four_with_what_they_rest_on() -> None:
    lines = overview(risky(), NARROW).splitlines()[7:]
    assert lines[0] == " VaR          1d95  1d99 10d95 10d99"
    assert [line.split()[0] for line in lines[1:4]] == ["historical", "parametric", "monte"]
    told = " ".join(" ".join(lines[8:]).split())
    assert told == (
        "% of equity; over 60 minutes of this session; without ACME-USD: too little history"
    )
    assert "10d 99%" in overview(risky(), WIDE)
    assert " USDT; over" in overview(risky(), WIDE)


def test_tails_that_are_not_known_are_a_reason_and_no_zeros() -> None:
    told = " ".join(overview(without_history(), NARROW).split())
    assert told.endswith(
        "VaR — not known: it takes 30 past returns of a position; so far 2 minutes of this session"
    )
    assert "0.00%" not in told


def test_limits_are_bars_and_the_broken_ones_are_marked_by_a_word() -> None:
    limits = default_limits().with_setting(LimitName.DAILY_LOSS, response=Response.OFF)
    lines = text_of(limits_block(view_of(book(), limits), NARROW).lines).splitlines()
    assert lines == [
        " limits  `advise` sets them",
        " position-size  ████   30%/25% OVER",
        " daily-loss     █░░░    1%/10% off",
        " open-positions █░░░      3/20 warn",
        " trade-risk     per order —/2% warn",
        " drawdown       █░░░ 3.85%/25% warn",
        " correlation    ████     1/0.7 OVER",
        f"   {BTC} {ETH} 1.00",
    ]


def test_a_broken_limit_that_holds_orders_back_says_so() -> None:
    limits = default_limits().with_setting(LimitName.POSITION_SIZE, response=Response.BLOCK)
    lines = text_of(limits_block(view_of(book(), limits), NARROW).lines).splitlines()
    assert lines[1] == " position-size  ████   30%/25% BLOCKS"
    limits = limits.with_setting(LimitName.POSITION_SIZE, Decimal(50))
    lines = text_of(limits_block(view_of(book(), limits), NARROW).lines).splitlines()
    assert lines[1] == " position-size  ███░   30%/50% block"


def test_a_halt_is_told_with_what_lifts_it() -> None:
    view = msgspec.structs.replace(without_history(), halted=True)
    text = " ".join(text_of(limits_block(view, NARROW).lines).split())
    assert "HALTED: nothing that opens is sent; `advise resume`" in text
    assert "correlation no history —/0.7" in text


def test_a_grid_tells_profit_once_and_what_its_columns_are_about() -> None:
    down = text_of(grid_lines(risky(), GridKind.RISK, NARROW, TALL)).splitlines()
    assert down[:2] == [
        " price   P/L %    now  no hedge",
        " -40%   -14.4%  0.87%     0.87%",
    ]
    across = text_of(grid_lines(risky(), GridKind.LIQUIDITY, WIDE, SHORT)).splitlines()
    assert " ".join(across[0].split()) == "price -40% -20% -10% -5% 0% +5% +10% +20% +40%"
    assert across[2].split()[:3] == ["P/L", "%", "-14.4%"]
    assert across[4].split()[:4] == ["leave", "as", "now", "≥31"]
    legend = " ".join(" ".join(across[8:]).split())
    assert legend.endswith(f"≥: no daily volume or past returns of {STOCK}")


def test_liquidation_and_ruin_are_words() -> None:
    view = view_of(book(equity=17_500, eth=60_000))
    lines = text_of(grid_lines(view, GridKind.RISK, NARROW, TALL)).splitlines()
    assert [line.split()[2] for line in lines[1:3]] == ["RUIN", "LIQ"]
    assert lines[3].split()[2].endswith("%")
    shares = text_of(grid_lines(view, GridKind.RISK, WIDE, SHORT)).splitlines()[2]
    assert "RUIN -151%" in shares
    assert "LIQ -75.4%" in shares


def test_a_grid_without_past_returns_says_so_once() -> None:
    text = text_of(grid_lines(without_history(), GridKind.RISK, WIDE, SHORT))
    assert text.count("—") == 1
    assert "it takes past returns, and there are none yet" in text
    assert "equity after" in text


def test_with_less_depth_leaving_costs_no_less() -> None:
    lines = text_of(grid_lines(without_history(), GridKind.LIQUIDITY, WIDE, SHORT)).splitlines()
    now, tenth = lines[4].split()[3:], lines[7].split()[3:]
    least = [(int(one[1:]), int(other[1:])) for one, other in zip(now, tenth, strict=True)]
    assert {cell[0] for cell in (*now, *tenth)} == {"≥"}
    assert all(one <= other for one, other in least)


def test_days_are_named_and_so_is_what_else_may_happen() -> None:
    text = text_of(day_lines(risky(), WIDE))
    for day in ("1987-10-19  Black Monday", "2020-03-12  pandemic", "2022-11-08"):
        assert day in text
    assert "hedges fail" in text
    assert "prices -40%" not in text
    narrow = text_of(day_lines(risky(), NARROW)).splitlines()
    assert narrow[0].split() == ["day", "P/L", "P/L", "%"]


def test_ways_out_have_dashes_with_reasons() -> None:
    report = risky().report
    assert report is not None
    text = text_of(exit_lines(report, WIDE))
    assert "0.80x   8.00" in text
    assert f"— days: no daily volume of {STOCK} is known; — depth: no book of {STOCK}" in text
    assert "≥" not in text
    missing = without_history().report
    assert missing is not None
    assert "≥10.00" in text_of(exit_lines(missing, NARROW))


def test_greeks_have_a_gamma_only_where_something_is_curved() -> None:
    coin = UnderlyingGreeks("BTC", Decimal("1.25"), None, 62_500 * ONE)
    plain = GreeksView("USDT", (coin,), -30 * ONE, None, ())
    text = text_of(greek_lines(plain, 100_000 * ONE, NARROW))
    assert "+1.25  +62,500.00" in text
    assert "-30.00  -0.03%" in text
    for word in ("gamma", "vega", "theta", "borrow"):
        assert word not in text
    bent = GreeksView("USDT", (replace(coin, gamma=Decimal("-0.002")),), 1, -3 * ONE, ("X",))
    text = text_of(greek_lines(bent, None, WIDE))
    assert "gamma 1%" in text
    assert "-0.002" in text
    assert "carry a day" in text
    assert "— carry of X: no rate or mark yet" in text


def test_blocks_stand_side_by_side_and_optional_ones_only_where_they_fit() -> None:
    blocks = [Block([[]] * 3), Block([[]] * 2), Block([[]] * 3, optional=True)]
    assert len(flow(blocks, WIDE, 3)) == 3
    assert len(flow(blocks, NARROW, 6)) == 6
    assert len(flow(blocks, NARROW, 5)) == 5
    assert column_width(WIDE, SHORT) == 40
    assert column_width(WIDE, TALL) == 60


@pytest.mark.parametrize("width", [37, 40, 46, 60, 99, 120])
@pytest.mark.parametrize("times", [1, 50_000])
def test_no_line_is_wider_than_its_place(width: int, times: int) -> None:
    """What is cut at the edge would be a wrong number."""
    view = view_of(book(equity=times * 2_000, eth=times * 30_000))
    report = view.report
    assert report is not None
    pages = [
        exposure_block(view, report, width).lines,
        limits_block(view, width).lines,
        tails_block(view, report, width).lines,
        day_lines(view, width),
        exit_lines(report, width),
        *(grid_lines(view, kind, width, TALL) for kind in GridKind),
        *(grid_lines(view, kind, width, SHORT) for kind in GridKind),
    ]
    for line in text_of([line for page in pages for line in page]).splitlines():
        assert len(line) <= width, line
