"""Margin, pricing and portfolios in words: what is written, and what a wrong line is told."""

import pytest

from engine.core.commands import (
    ArchivePortfolio,
    ChangeMargin,
    ConfigureFunding,
    ConfigureOracle,
    Deposit,
    DepositKind,
    FundingModel,
    IndexSource,
    ListInstrument,
    MarkMethod,
    SetFundingRate,
    SetLimits,
    Side,
)
from engine.core.events import (
    Deposited,
    FundingPaid,
    LiquidationEnded,
    LiquidationOutcome,
    MarginWarning,
    OracleChanged,
    OracleStatus,
    PortfolioArchived,
    PositionDeleveraged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.instruments import MarginTier
from engine.core.margin_terms import CAUTIOUS_TIERS, InstrumentLimit, Limits
from engine.core.script import parse_command, render_command, render_event
from tests.engine.core.script.test_parse import parsed, refusal
from tests.engine.core.script.test_round_trip import known

UNIT = 10**12
STAMP = {"seq": 4, "ts_ns": 0}


@pytest.mark.parametrize(
    "line",
    [
        "deposit ann 500 USDT top-up",
        "portfolio ann",
        "portfolio ann base EUR start 10000 lots fifo collateral multi leverage perpetual:10,fx:30"
        ' public title="Two words" description=x tag=grid tag=btc',
        "reset ann",
        "archive ann",
        "unarchive ann",
        "limits ann",
        "limits ann order 100000 rate 10 position 250000 positions 20 leverage 2.5"
        " in BTC-USDT size 0.5 notional 50000 leverage 20 in ETH-USDT",
        "mode ann BTC-USDT isolated",
        "leverage ann BTC-USDT 20",
        "margin ann BTC-USDT +500",
        "margin ann BTC-USDT -0.000000000001",
        "index BTC-USDT kraken 62000.5",
        "index BTC-USDT kraken 62000.5 confidence 0.1%",
        "rate BTC-USDT -0.0125%",
        "oracle BTC-USDT mark external",
        "oracle BTC-USDT mark weighted 50% age 10s sample 1s confidence 0.5% source kraken 2"
        " source coinbase 1",
        "funding BTC-USDT damped every 1h clamp 0.06% damping 95.5%",
        "funding BTC-USDT exchange every 8h interest 0.0125% cap 2%",
        "currency BTC haircut 5%",
        "currency USDC haircut 0% pegged USDT",
        "instrument BTC-PERP perpetual tick 0.1 lot 0.001 quote USDT margin 5% tiers perpetual"
        " liquidation-fee 0.4% liquidation-step 25%",
        "instrument AAPL-USD stock tick 0.01 lot 1 tiers 50000:4:12.5%,rest:2:25% borrow 3%",
    ],
)
def test_a_line_in_its_full_form_is_written_back_as_it_stands(line: str) -> None:
    command, _ = parse_command(line, known(), 0)
    assert render_command(command, known(), 0) == line


def test_a_top_up_is_told_from_a_start() -> None:
    amount = {"account": "ann", "currency": "USDT", "amount_quanta": 500 * UNIT}
    assert parsed("deposit ann 500 USDT") == Deposit(**amount)
    assert parsed("deposit ann 500 USDT top-up") == Deposit(**amount, kind=DepositKind.TOP_UP)


def test_margin_goes_both_ways() -> None:
    put = ChangeMargin(account="ann", symbol="BTC-USDT", amount_quanta=500 * UNIT)
    assert parsed("margin ann BTC-USDT +500") == parsed("margin ann BTC-USDT 500") == put


def test_what_is_not_said_of_an_oracle_or_of_funding_is_as_usual() -> None:
    assert parsed("oracle BTC-USDT mark basis source a 1") == ConfigureOracle(
        symbol="BTC-USDT", mark=MarkMethod.BASIS, sources=(IndexSource(name="a", weight=1),)
    )
    assert parsed("funding BTC-USDT venue") == ConfigureFunding(
        symbol="BTC-USDT", model=FundingModel.VENUE
    )


def test_a_rate_is_exact_to_the_billionth() -> None:
    assert parsed("rate BTC-USDT 0.0000001%") == SetFundingRate(symbol="BTC-USDT", rate_ppb=1)
    assert parsed("rate BTC-USDT 1bps") == SetFundingRate(symbol="BTC-USDT", rate_ppb=100_000)


def test_limits_of_an_instrument_are_in_its_units() -> None:
    limit = InstrumentLimit(lots_max=50_000, leverage_max=20)
    assert parsed("limits ann in BTC-USDT size 0.5 leverage 20") == SetLimits(
        account="ann", limits=Limits(by_symbol={"BTC-USDT": limit})
    )


def test_tiers_are_those_of_a_preset_or_stated_one_by_one() -> None:
    listed = parsed("instrument X-USD perpetual tick 1 lot 1 tiers cautious")
    assert isinstance(listed, ListInstrument)
    assert listed.instrument.margin_tiers == CAUTIOUS_TIERS
    stated = parsed("instrument X-USD perpetual tick 1 lot 1 tiers 50000:100:0.5%,rest:50:1%")
    assert isinstance(stated, ListInstrument)
    assert stated.instrument.margin_tiers == (
        MarginTier(below_quanta=50_000 * UNIT, leverage_max=100, maintenance_ppm=5_000),
        MarginTier(below_quanta=None, leverage_max=50, maintenance_ppm=10_000),
    )


def test_an_inverse_contract_settles_in_its_base() -> None:
    line = "instrument BTC-USD.inverse inverse tick 0.5 lot 1"
    listed = parsed(line)
    assert isinstance(listed, ListInstrument)
    assert listed.instrument.settlement == "BTC"
    assert render_command(listed, known(), 0) == line


def test_archiving_has_a_word_for_each_way() -> None:
    assert parsed("archive ann") == ArchivePortfolio(account="ann")
    assert parsed("unarchive ann") == ArchivePortfolio(account="ann", archived=False)
    archived = PortfolioArchived(**STAMP, account="ann", archived=False)
    assert render_event(archived, known()) == "unarchived ann"


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        ("mode ann BTC-USDT margin", 19, "cash or cross or isolated"),
        ("leverage ann BTC-USDT 2.5", 23, "whole number"),
        ("margin ann BTC-USDT some", 21, "not a number"),
        ("portfolio ann base EUR base USD", 24, "twice"),
        ("portfolio ann lots hifo", 20, "fifo or lifo or average"),
        ("portfolio ann leverage spot:2,spot:3", 31, "each once"),
        ("portfolio ann leverage swap:2", 24, "perpetual"),
        ("portfolio ann title=a title=b", 23, "twice"),
        ("portfolio ann tag=a public", 21, "then title="),
        ("limits ann size 3", 12, "order, rate"),
        ("limits ann leverage 1.0000001", 21, "nearest"),
        ("limits ann in BTC-USDT in BTC-USDT", 27, "twice"),
        ("oracle BTC-USDT book", 17, "mark"),
        ("oracle BTC-USDT mark mid", 22, "external or book or weighted or basis"),
        ("oracle BTC-USDT mark book source a", 35, "weight"),
        ("oracle BTC-USDT mark book source a 1 age 5s", 38, "then source NAME WEIGHT"),
        ("funding BTC-USDT 8h", 18, "damped or exchange or venue"),
        ("funding BTC-USDT venue interest 0.00000001%", 33, "whole billionths"),
        ("rate BTC-USDT 0.01", 15, "in % or bps"),
        ("index BTC-USDT kraken 62000.001", 23, "nearest: 62000"),
        ("currency BTC pegged USD haircut 5%", 25, "haircut SHARE, then pegged"),
        ("instrument X perpetual tick 1 lot 1 tiers 5:10", 45, "rest:50:1%"),
        ("instrument X perpetual tick 1 lot 1 tiers bold", 43, "perpetual, cautious"),
        ("deposit ann 1 USDT later", 20, "end of the line"),
    ],
)
def test_a_wrong_line_is_told_where_and_what_is_allowed(line: str, column: int, says: str) -> None:
    error = refusal(line)
    assert says in str(error)
    assert error.column == column


def test_a_warning_says_which_margin_it_is_about() -> None:
    warning = MarginWarning(
        **STAMP,
        account="ann",
        symbol=None,
        currency="USDT",
        level_pct=80,
        equity_quanta=500 * UNIT,
        maintenance_quanta=400 * UNIT,
    )
    assert render_event(warning, known()) == (
        "warned ann cross USDT 80% equity 500 maintenance 400"
    )
    ended = LiquidationEnded(
        **STAMP,
        account="ann",
        symbol="BTC-USDT",
        currency="USDT",
        outcome=LiquidationOutcome.HEALTHY,
        equity_quanta=440 * UNIT,
        maintenance_quanta=400 * UNIT,
    )
    assert render_event(ended, known()) == (
        "liquidation-ended ann BTC-USDT USDT healthy equity 440 maintenance 400"
    )


def test_what_became_of_a_position_is_in_the_units_of_its_instrument() -> None:
    closed = STAMP | {
        "account": "ann",
        "symbol": "BTC-USDT",
        "side": Side.SELL,
        "lots": 10_000,
        "value_quanta": 6_000 * UNIT,
        "realised_quanta": -200 * UNIT,
        "lots_left": 40_000,
    }
    liquidated = PositionLiquidated(**closed, by=ReducedBy.FUND, fee_quanta=30 * UNIT)
    assert render_event(liquidated, known()) == (
        "liquidated ann BTC-USDT sell 0.1 by fund value 6000 fee 30 realised -200 left 0.4"
    )
    deleveraged = PositionDeleveraged(**closed, against="bob", rank=1, score=2_500_000)
    assert render_event(deleveraged, known()) == (
        "deleveraged ann BTC-USDT sell 0.1 against bob value 6000 rank 1 score 2.5"
        " realised -200 left 0.4"
    )


def test_funding_that_is_received_has_a_minus() -> None:
    paid = FundingPaid(
        **STAMP,
        account="ann",
        symbol="BTC-USDT",
        boundary_ns=8 * 3600 * 10**9,
        rate_ppb=100_000,
        mark_ticks=6_200_000,
        lots=-50_000,
        paid_quanta=-3_100_000_000_000,
    )
    assert render_event(paid, known()) == (
        "funding-paid ann BTC-USDT -0.5 at 62000 rate 0.01% paid -3.1 for 08:00:00"
    )


def test_an_oracle_that_is_lost_has_no_mark() -> None:
    changed = OracleChanged(**STAMP, symbol="BTC-USDT", status=OracleStatus.LOST, mark_ticks=None)
    assert render_event(changed, known()) == "oracle BTC-USDT lost"


def test_a_top_up_that_arrived_is_told_from_a_start() -> None:
    deposited = Deposited(
        **STAMP,
        account="ann",
        currency="USDT",
        amount_quanta=UNIT,
        balance_quanta=2 * UNIT,
        kind=DepositKind.TOP_UP,
    )
    assert render_event(deposited, known()) == "deposited ann 1 USDT balance 2 top-up"
