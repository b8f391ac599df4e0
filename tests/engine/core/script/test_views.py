"""Any question is answered or refused with a sentence and a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.exchange import Exchange
from engine.core.script import Glossary, ScriptError, answer, parse_command
from engine.core.script.views import VIEWS
from tests.engine.core.script.test_any_text import sentences


def asked(question: str) -> str | ScriptError:
    try:
        return answer(question, Exchange())
    except ScriptError as error:
        return error


@given(st.text(max_size=60) | st.tuples(st.sampled_from(VIEWS), sentences).map(" ".join))
def test_a_question_to_an_empty_exchange_is_refused_where_it_goes_wrong(question: str) -> None:
    found = asked(question)
    if isinstance(found, ScriptError):
        assert 1 <= found.column <= len(question) + 1
    else:
        assert (question.strip(), found) == ("ledger", "zero")


@pytest.mark.parametrize("view", [view for view in VIEWS if view != "ledger"])
def test_a_question_says_what_it_is_about(view: str) -> None:
    with pytest.raises(ScriptError, match="ends too early"):
        answer(view, Exchange())


MARKET = """
instrument BTC-USDT-PERP perpetual tick 1 lot 0.1 maker 0bps taker 10bps margin 10%
account ann
account bob
deposit ann 100000 USDT
deposit bob 100000 USDT
"""


def told(lines: str) -> Exchange:
    exchange, glossary, now_ns = Exchange(), Glossary(), 0
    for line in (MARKET + lines).split("\n"):
        if not line.strip():
            continue
        command, now_ns = parse_command(line, glossary, now_ns)
        for event in exchange.apply(command, now_ns):
            glossary.learn(event)
    return exchange


def test_orders_say_what_they_show_and_what_they_wait_for() -> None:
    exchange = told(
        """
        place ann BTC-USDT-PERP buy 0.5 iceberg 90 show 0.1
        place ann BTC-USDT-PERP buy 1 limit 91
        price BTC-USDT-PERP mark 100
        place ann BTC-USDT-PERP sell 0.5 stop trigger 80
        place ann BTC-USDT-PERP sell 0.4 stop-limit 79 trigger 80
        place ann BTC-USDT-PERP sell 0.3 trailing-stop trail 5
        place ann BTC-USDT-PERP sell 0.2 trailing-stop trail 5% activate 120
        """
    )
    assert answer("orders ann", exchange).split(", ") == [
        "1 buy 0.1+0.4 at 90",
        "2 buy 1 at 91",
        "3 sell 0.5 stop 80",
        "4 sell 0.4 stop-limit 80 at 79",
        "5 sell 0.3 trailing-stop 95",
        "6 sell 0.2 trailing-stop -",
    ]


def test_a_price_is_that_of_its_source_and_the_last_where_none_was_stated() -> None:
    exchange = told("price BTC-USDT-PERP mark 100")
    assert answer("price BTC-USDT-PERP last", exchange) == "-"
    assert answer("price BTC-USDT-PERP mark", exchange) == "100"
    traded = told("print BTC-USDT-PERP buy 1 at 99")
    assert answer("price BTC-USDT-PERP index", traded) == "99"


def test_a_halt_says_why_and_until_when() -> None:
    assert answer("halt BTC-USDT-PERP", told("")) == "-"
    until = told("halt BTC-USDT-PERP until 00:05:00")
    assert answer("halt BTC-USDT-PERP", until) == "requested until 00:05:00"
    assert answer("halt BTC-USDT-PERP", told("halt BTC-USDT-PERP")) == "requested"


def test_a_session_says_when_a_closed_market_opens() -> None:
    sessions = "sessions BTC-USDT-PERP 01:00:00..02:00:00\n"
    assert answer("session BTC-USDT-PERP", told("")) == "open"
    assert answer("session BTC-USDT-PERP", told(sessions)) == "closed until 01:00:00"
    assert answer("session BTC-USDT-PERP", told(sessions + "time 01:30:00")) == "open"
    assert answer("session BTC-USDT-PERP", told(sessions + "time 03:00:00")) == "closed"


SCHEDULE = (
    "fees BTC-USDT-PERP deep from 0 maker 2bps taker 5bps"
    " from 50 maker -1bps taker 4bps uptime 80%\n"
)


def test_fees_say_the_tier_the_way_to_the_next_and_the_uptime() -> None:
    start = "deep tier 0 maker 2bps taker 5bps volume 0 next 50"
    assert answer("fees ann BTC-USDT-PERP", told(SCHEDULE)) == start
    traded = told(
        SCHEDULE
        + """
        place bob BTC-USDT-PERP sell 1 limit 100
        place ann BTC-USDT-PERP buy 1 limit 100
        """
    )
    reached = "deep tier 1 maker 0bps taker 4bps volume 100 uptime - needs 80%"
    assert answer("fees ann BTC-USDT-PERP", traded) == reached


def test_a_kill_switch_is_told() -> None:
    assert answer("killed ann", told("")) == "no"
    assert answer("killed ann", told("kill ann")) == "yes"
    assert answer("killed ann", told("kill ann\nrelease ann")) == "no"
