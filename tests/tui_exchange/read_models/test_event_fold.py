"""Which panes learn that something changed: what an order, a price, a halt or a switch touches."""

import pytest

from engine.core.commands import (
    ConfigureFees,
    ConfigureOracle,
    HaltInstrument,
    ResumeInstrument,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.fees.presets import PRESETS
from tests.tui_exchange.screens.still_market import StillMarket
from tui_exchange.revisions import ACCOUNT, FILLS, ORDERS, POSITIONS, book_topic

BTC = "BTC-USDT"
BOOK = book_topic(BTC)
TOPICS = (ACCOUNT, FILLS, ORDERS, POSITIONS, BOOK)


def grown(market: StillMarket, act: str | object) -> set[str]:
    """The topics that a line or a command of the exchange touches."""
    session = market.session
    session.frame()
    before = {topic: session.revision(topic) for topic in TOPICS}
    if isinstance(act, str):
        outcome = session.run_line(act, BTC)
        assert outcome.ok, outcome.messages
    else:
        session.submit(act)  # type: ignore[arg-type]
    session.frame()
    return {topic for topic in TOPICS if session.revision(topic) > before[topic]}


def test_a_mark_moves_orders_that_watch_it_and_positions() -> None:
    market = StillMarket()
    market.session.submit(ConfigureOracle(symbol=BTC))
    market.session.run_line("buy 0.5; trail sell 0.5 by 1% on=mark", BTC)
    mark = SetPrice(symbol=BTC, source=TriggerSource.MARK, price_ticks=125_000)
    assert {ORDERS, POSITIONS, BOOK} <= grown(market, mark)
    (order,) = market.session.working_orders()
    assert order.trigger_ticks == 123_750


@pytest.mark.parametrize("line", ["stop sell 0.1 at 61000", "oco sell 0.1 at 63000 stop 61000"])
def test_orders_that_wait_are_orders_and_stand_on_the_ladder(line: str) -> None:
    market = StillMarket()
    market.session.run_line("buy 1", BTC)
    assert {ORDERS, BOOK} <= grown(market, line)


def test_halts_and_their_ends_redraw_the_market_and_its_orders() -> None:
    market = StillMarket()
    assert {ORDERS, BOOK} <= grown(market, HaltInstrument(symbol=BTC))
    assert not market.session.market(BTC).trades
    assert {ORDERS, BOOK} <= grown(market, ResumeInstrument(symbol=BTC))
    assert market.session.market(BTC).trades


def test_the_kill_switch_is_the_accounts() -> None:
    market = StillMarket()
    assert ACCOUNT in grown(market, "kill")
    assert market.session.killed
    assert market.session.account_view().killed
    assert ACCOUNT in grown(market, "release")
    assert not market.session.killed


def test_a_fee_schedule_is_the_accounts() -> None:
    market = StillMarket()
    charged = ConfigureFees(symbol=BTC, schedule=PRESETS["market-maker"])
    assert ACCOUNT in grown(market, charged)
    assert market.session.fees(BTC).schedule == "market-maker"


def test_an_icebergs_next_slice_is_news_of_its_order() -> None:
    market = StillMarket()
    market.session.run_line("sell 0.3 ETH-USDT-PERP at ask show=0.1", BTC)
    market.session.frame()
    before = market.session.revision(ORDERS)
    (order,) = market.session.working_orders()
    assert (order.shown_lots, order.open_lots) == (100, 300)
    assert order.price_ticks is not None
    assert order.ahead_lots is not None
    market.print("ETH-USDT-PERP", Side.BUY, order.price_ticks, order.ahead_lots + 100)
    market.session.frame()
    assert market.session.revision(ORDERS) > before
    (left,) = market.session.working_orders()
    assert (left.shown_lots, left.open_lots) == (100, 200)
