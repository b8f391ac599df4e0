"""What was paid for holding positions, and the insurance fund, by command line."""

import pytest

from engine.core.exchange import Exchange
from tests.golden.test_history_of_margin import HERE, applied
from tests.tui_exchange.paper import Paper
from tui_exchange.charge_words import ChargeWords
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.read_models.charges import Charges

PERP = "BTC-USDT-PERP"


def after(script: str, account: str) -> ChargeWords:
    """The words of a portfolio in an exchange where a script has happened."""
    exchange = Exchange()
    charges = Charges(exchange)
    for command, events in applied(exchange, HERE / f"{script}.scenario"):
        charges(command, exchange.now_ns, events)
    return ChargeWords(exchange, CurrentPortfolio(account), charges)


def test_what_a_position_paid_is_listed_newest_first_with_its_rate() -> None:
    words = after("funding/venue_rate", "ann")
    assert words.do("funding", ("history", "btc-perp")) == (
        f"1970-01-02 08:00:00 {PERP}: -0.02% at a mark of 100.3",
        f"1970-01-02 00:00:00 {PERP}: -0.02%, long 0.003 got 0.0001 USDT",
        f"1970-01-01 16:00:00 {PERP}: 0.0100001%, long 0.003 paid 0.000030 USDT",
        f"1970-01-01 08:00:00 {PERP}: 0% at a mark of 100.3",
    )


def test_what_was_paid_for_borrowing_says_so() -> None:
    words = after("funding/borrow_fee", "ann")
    told = words.do("funding", ("history",))
    assert told[-1] == "1970-01-02 00:00:00 ACME: short 10 paid 0.10 USD for borrowing"
    assert after("funding/borrow_fee", "bob").do("funding", ("history",)) == (
        "no funding was paid here yet",
    )


def test_the_fund_tells_its_balance_and_each_change() -> None:
    words = after("liquidation/mark_jumps_through_bankruptcy", "ann")
    assert words.do("insurance", ()) == (
        "the insurance fund has 18.00 USDT",
        "1970-01-01 00:00:00 +18.00 USDT, then 18.00",
    )
    assert after("funding/borrow_fee", "ann").do("insurance", ()) == (
        "the insurance fund has nothing yet: liquidation fees fill it",
    )


def test_the_fund_takes_no_words() -> None:
    with pytest.raises(ResolutionRefusal, match="stands alone"):
        after("funding/borrow_fee", "ann").do("insurance", ("USD",))


def test_a_session_tells_what_comes_next() -> None:
    paper = Paper()
    paper.run()
    paper.line("b 0.1", PERP)
    (told,) = paper.line("funding btc-perp")
    assert told.startswith(f"{PERP}: rate ")
    assert ", paid in " in told
    assert paper.line("funding BTC-USDT") == ("nothing here pays funding",)
    assert paper.line("funding history") == ("no funding was paid here yet",)
