"""One starting balance in the base currency, and other currencies lent to trade with."""

from pathlib import Path

import pytest

from engine.clock import SystemClock
from engine.core.commands import (
    ConfigureFees,
    Deposit,
    DepositKind,
    ListInstrument,
    MirrorDepth,
    OpenAccount,
    OrderType,
    PlaceOrder,
    Side,
)
from engine.core.fees.presets import PRESETS
from engine.core.margin_terms import PERPETUAL_TIERS
from engine.core.units import QUANTA_PER_UNIT
from engine.sequencer import Sequencer
from feeds.simulated import LISTINGS
from tests.tui_exchange.paper import Paper
from tui_exchange.keeping import Keeping
from tui_exchange.settings import Journal

STARTED = 5_000_000 * QUANTA_PER_UNIT
PERP, SPOT = "BTC-USDT-PERP", "BTC-USDT"


@pytest.fixture
def paper() -> Paper:
    return Paper()


def test_a_portfolio_that_was_reset_can_trade_what_it_could_before(paper: Paper) -> None:
    exchange = paper.session.exchange
    paper.line("b 100 TUIX-USD; b 0.1 BTC-USDT; portfolio reset")
    assert exchange.equity("main").quanta == STARTED
    assert exchange.lent("main") == {"USD": STARTED}
    paper.run(3)
    paper.line("b 100 TUIX-USD; b 0.1 BTC-USDT")


def test_what_is_lent_is_in_the_measure_of_what_a_portfolio_began_with(paper: Paper) -> None:
    exchange = paper.session.exchange
    paper.line("portfolio new small base=USD start=1000")
    paper.line("portfolio new euro base=EUR start=10000")
    assert exchange.lent("small") == {"USDT": 1_000 * QUANTA_PER_UNIT}
    assert exchange.lent("euro") == dict.fromkeys(("USDT", "USD"), 10_000 * QUANTA_PER_UNIT)
    paper.run(1)
    assert exchange.equity("euro").quanta == 10_000 * QUANTA_PER_UNIT


def test_profit_in_another_currency_is_profit_in_the_base_currency(paper: Paper) -> None:
    paper.line("b 100", "TUIX-USD")
    paper.line("s 100", "TUIX-USD")
    view = paper.session.account_view()
    spent = view.started_quanta + view.lent_quanta - sum(b.balance_quanta for b in view.balances)
    assert spent > 0
    assert view.equity_quanta == view.started_quanta - spent
    assert paper.session.exchange.equity("main").quanta == view.equity_quanta


def of_before(folder: Path) -> None:
    """A profile as earlier versions left it: two currencies given, no tiers, a position."""
    keeping = Keeping(folder, Journal())
    submit = Sequencer(keeping.exchange, SystemClock(), keeping.log).submit
    submit(OpenAccount(account="main"))
    for listing in LISTINGS:
        submit(ListInstrument(instrument=listing.instrument))
    for currency in ("USDT", "USD"):
        submit(Deposit(account="main", currency=currency, amount_quanta=STARTED))
    for symbol in (SPOT, PERP):
        submit(ConfigureFees(symbol=symbol, schedule=PRESETS["kraken-spot"]))
    levels = ((124_000, 9_000),), ((124_001, 9_000),)
    submit(MirrorDepth(symbol=PERP, bids=levels[0], asks=levels[1], snapshot=True))
    submit(
        PlaceOrder(
            account="main", symbol=PERP, side=Side.BUY, order_type=OrderType.MARKET, lots=1_000
        )
    )
    keeping.close()


def test_a_profile_from_before_keeps_its_money_its_terms_in_use_and_its_fees(
    tmp_path: Path,
) -> None:
    of_before(tmp_path)
    paper = Paper(tmp_path)
    exchange = paper.session.exchange
    assert exchange.lent("main") == {}
    assert exchange.deposited("main") == {
        ("USDT", DepositKind.START): STARTED,
        ("USD", DepositKind.START): STARTED,
    }
    assert exchange.profile("main").leverages == {}
    assert exchange.instrument(PERP).margin_tiers == ()
    assert sum("keeps its margin tiers" in text for text in paper.session.news) == 1
    assert exchange.instrument("ETH-USDT-PERP").margin_tiers == PERPETUAL_TIERS
    for symbol in (SPOT, PERP):
        assert exchange.fee_schedule(symbol) == PRESETS["kraken-spot"]
    paper.session.close()
