"""Every thing that happens to a trader's orders is told in a sentence, and nobody else's."""

from decimal import Decimal

import pytest

from engine.core.commands import (
    Deposit,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetPrice,
    Side,
    TriggerSource,
)
from engine.core.events import EndCause, ResizeCause
from engine.core.units import decimal_text
from tests.tui_exchange.paper import Paper
from tui_exchange.endings import ENDED, RESIZED
from tui_exchange.sentences import told

PERP = "BTC-USDT-PERP"


@pytest.fixture
def paper() -> Paper:
    desk = Paper()
    desk.run()
    return desk


def set_mark(paper: Paper, ticks: int) -> tuple[str, ...]:
    """Let the mark price of the perpetual jump, and tell the trader what follows."""
    events = paper.session.submit(
        SetPrice(symbol=PERP, source=TriggerSource.MARK, price_ticks=ticks)
    )
    return told(paper.session.exchange, events, paper.session.account)


def last_ticks(paper: Paper) -> int:
    """The last price of the perpetual."""
    last = paper.session.exchange.last_trade(PERP)
    assert last is not None
    return last[0]


def test_every_cause_of_an_end_and_of_a_new_size_has_words() -> None:
    assert set(ENDED) == set(EndCause) - {EndCause.FILLED}
    assert set(RESIZED) == set(ResizeCause)


def test_a_bracket_tells_its_exits_and_that_one_of_them_ends_the_other(paper: Paper) -> None:
    bought, profit, stop = paper.line("b 0.5 sl=-1% tp=+2%", PERP)
    assert bought.startswith("bought 0.5 BTC-USDT-PERP at ")
    assert profit.startswith("order #2 works: sell 0.5 BTC-USDT-PERP at ")
    assert stop.startswith("order #3 waits: sell 0.5 BTC-USDT-PERP stop at ")
    assert profit.endswith("only it or #3 fills")
    assert stop.endswith("only it or #2 fills")
    fired, sold, ended = set_mark(paper, last_ticks(paper) * 98 // 100)
    assert fired.startswith("order #3 fired: mark ")
    assert sold.startswith("sold 0.5 BTC-USDT-PERP at ")
    assert ended.startswith("order #2: the other order of its pair has fired")


def test_a_trailing_stop_tells_that_it_follows(paper: Paper) -> None:
    paper.line("b 0.5", PERP)
    (waits,) = paper.line("trail by 1%", PERP)
    assert waits.startswith("order #2 waits: sell 0.5 BTC-USDT-PERP trailing stop at ")
    (follows,) = set_mark(paper, last_ticks(paper) * 102 // 100)
    assert follows.startswith("order #2 follows ")


def test_what_follows_a_position_tells_its_new_size_and_its_end(paper: Paper) -> None:
    paper.line("b 0.5; stop at -1%", PERP)
    assert "order #2 is for 0.4 BTC-USDT-PERP now, as the position changed" in paper.line(
        "close 0.1", PERP
    )
    assert any("no position is left" in one for one in paper.line("close", PERP))


def test_an_iceberg_tells_what_it_shows(paper: Paper) -> None:
    (works,) = paper.line("b 5 at bid show=0.5 gtd=1m")
    assert ", 0.5 of it shown, until 2026-01-01 00:01:01 UTC" in works


def test_an_order_that_is_cut_or_slides_tells_to_what(paper: Paper) -> None:
    paper.line("b 0.5", PERP)
    assert paper.line("s 0.7 reduce", PERP)[0] == (
        "order #2 is cut to the position: 0.5 BTC-USDT-PERP"
    )
    assert paper.line("b 0.1 at ask po=slide")[0].startswith("order #3 slid to ")


def test_orders_of_one_owner_that_meet_are_told(paper: Paper) -> None:
    paper.line("b 0.5; s 0.2 at ask")
    quote = paper.session.quote("BTC-USDT")
    assert quote.ask_ticks is not None
    level, _ = paper.session.exchange.level("BTC-USDT", Side.SELL, quote.ask_ticks)
    size = paper.session.scale("BTC-USDT").size_decimal(level)
    messages = paper.line(f"b {size} at ask stp=cancel_incoming")
    bought = decimal_text(size - Decimal("0.2"))
    assert messages[0].startswith(f"bought {bought} of {decimal_text(size)} BTC-USDT at ")
    assert messages[1] == "order #3: it met an order of your own, the rest is cancelled"
    assert messages[2].startswith("order #3 met your own order #2: 0.2 BTC-USDT at ")
    assert messages[2].endswith(" did not trade (cancel_incoming)")


def test_switches_and_halts_are_told(paper: Paper) -> None:
    paper.line("b 0.1 at bid", PERP)
    killed = paper.line("kill")
    assert killed[0].startswith("order #1: the kill switch cancelled it")
    assert killed[1].startswith("kill switch engaged: 1 order cancelled, no position open")
    assert paper.line("release") == ("kill switch released: the account may trade again",)
    assert paper.line("halt") == ("BTC-USDT is halted until it is resumed: on request",)
    assert paper.line("resume BTC-USDT") == ("BTC-USDT trades again",)
    assert paper.line("fees zero") == ("BTC-USDT is charged by zero from now on",)
    assert paper.line("fees")[0] == "BTC-USDT: maker 0%, taker 0%, tier 1 of 1 of zero"


def test_a_reversal_tells_the_position_that_it_leaves(paper: Paper) -> None:
    paper.line("b 0.5", PERP)
    assert paper.line("reverse", PERP)[-1] == "BTC-USDT-PERP is short 0.5 now"


def test_a_replacement_tells_both_orders(paper: Paper) -> None:
    paper.line("b 0.1 at -1%")
    replaced, works = paper.line("replace #1 with b 0.2 at -2%")
    assert replaced == "replaced order #1: 0.1 BTC-USDT withdrawn"
    assert works.startswith("order #2 works: buy 0.2 BTC-USDT at ")


def test_orders_of_other_accounts_are_not_told(paper: Paper) -> None:
    exchange, submit = paper.session.exchange, paper.session.submit
    submit(OpenAccount(account="other"))
    deposited = submit(Deposit(account="other", currency="USDT", amount_quanta=10**15))
    order = PlaceOrder(
        account="other",
        symbol=PERP,
        side=Side.BUY,
        order_type=OrderType.LIMIT,
        lots=1,
        price_ticks=1_000,
    )
    placed = submit(order)
    assert told(exchange, (*deposited, *placed), paper.session.account) == ()
    assert len(told(exchange, (*deposited, *placed), "other")) == 2
