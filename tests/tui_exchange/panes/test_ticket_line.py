"""A ticket and the command line that means the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.commands import OrderType
from engine.core.orders.terms import TERMS
from engine.core.reasons import Reason
from tests.tui_exchange.panes.test_ladder_orders import SCALE
from tests.tui_exchange.screens.still_market import StillMarket
from tui_exchange.command_line.parser import parse_line
from tui_exchange.command_line.render import render_line
from tui_exchange.panes.ticket_line import CHOICES, FIELDS, FIELDS_OF, KINDS, OCO, TicketForm

FILLED = {
    "side": "sell",
    "size": "0.5",
    "price": "62,000.5",
    "trigger": "61000",
    "stop limit": "60990",
    "trail": "1%",
    "from": "63000",
    "offset": "10t",
    "show": "0.1",
    "until": "15m",
    "protect": "0.5%",
}
"""Something in every text field that an order may need."""


def form(kind: str, **values: str) -> TicketForm:
    """A ticket with defaults in its choices, and what is given in its fields."""
    chosen = {name: words[0] for name, words in CHOICES.items()}
    return TicketForm("BTC-USDT", {**chosen, "type": kind, **values})


BUY = {"size": "0.5", "price": "62,000.5"}


@pytest.mark.parametrize(
    ("ticket", "line"),
    [
        (form("limit", **BUY), "buy 0.5 BTC-USDT at 62000.5"),
        (form("limit", **BUY, post="yes"), "buy 0.5 BTC-USDT at 62000.5 po"),
        (form("limit", **BUY, post="slide"), "buy 0.5 BTC-USDT at 62000.5 po=slide"),
        (form("market", **BUY, post="yes"), "buy 0.5 BTC-USDT"),
        (form("market", **BUY, protect="0.5%", tif="fok"), "buy 0.5 BTC-USDT fok protect=0.5%"),
        (form("limit", **BUY, side="sell", tif="fok"), "sell 0.5 BTC-USDT at 62000.5 fok"),
        (form("limit", size="$500", price="bid+1t"), "buy $500 BTC-USDT at bid+1t"),
        (form("limit", **BUY, tif="gtd", until="15m"), "buy 0.5 BTC-USDT at 62000.5 gtd=15m"),
        (form("limit", **BUY, tp="+2%", sl="61000/60990", watch="mark"),
         "buy 0.5 BTC-USDT at 62000.5 sl=61000/60990 tp=+2% on=mark"),
        (form("limit", **BUY, tp="+2%", reduce="yes"), "buy 0.5 BTC-USDT at 62000.5 reduce"),
        (form("limit", **BUY, stp="decrement"),
         "buy 0.5 BTC-USDT at 62000.5 stp=decrement_both"),
        (form("iceberg", **BUY, show="0.1", tif="day"),
         "buy 0.5 BTC-USDT at 62000.5 day show=0.1"),
        (form("stop", **FILLED), "stop sell 0.5 BTC-USDT at 61000 protect=0.5%"),
        (form("stop limit", **FILLED), "stop sell 0.5 BTC-USDT at 61000 limit 62000.5"),
        (form("take profit", **FILLED, watch="index"),
         "tp sell 0.5 BTC-USDT at 61000 protect=0.5% on=index"),
        (form("take profit limit", **FILLED), "tp sell 0.5 BTC-USDT at 61000 limit 62000.5"),
        (form("trailing stop", **FILLED),
         "trail sell 0.5 BTC-USDT by 1% from 63000 protect=0.5%"),
        (form("trailing stop limit", **FILLED),
         "trail sell 0.5 BTC-USDT by 1% from 63000 limit 10t"),
        (form(OCO, **FILLED), "oco sell 0.5 BTC-USDT at 62000.5 stop 61000 limit 60990"),
    ],
)  # fmt: skip
def test_a_ticket_is_a_line_that_the_grammar_takes(ticket: TicketForm, line: str) -> None:
    assert not ticket.faults(SCALE)
    assert ticket.line() == line
    assert parse_line(line, {})


def test_every_order_type_and_the_pair_can_be_chosen() -> None:
    assert [name.replace(" ", "_") for name in KINDS] == [*(kind.value for kind in TERMS), OCO]


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_of_the_ticket_is_the_type_that_is_sent(kind: str) -> None:
    session = StillMarket().session
    session.run_line("buy 2", "BTC-USDT")
    prices = {"price": "63000", "trigger": "63000" if kind.startswith("take") else "61000"}
    ticket = form(kind, **{**FILLED, **prices})
    result = session.lines.execute(ticket.line(), "BTC-USDT")
    assert result.ok, result.messages
    types = {event.order.order_type for event in result.events if hasattr(event, "order")}
    expected = {OrderType.LIMIT, OrderType.STOP_LIMIT} if kind == OCO else {_type(kind)}
    assert types == expected


@given(st.data())
def test_fields_without_a_fault_make_a_line_that_means_them(data: st.DataObject) -> None:
    """The line is in its full form but for its order of words: reading it loses nothing."""
    values = {name: data.draw(st.sampled_from(words), name) for name, words in CHOICES.items()}
    kind = values["type"]
    lives = [life.value for life in KINDS[kind].lives]
    values["tif"] = data.draw(st.sampled_from(lives))
    exits = {"tp": data.draw(st.sampled_from(["", "+2%"])), "sl": data.draw(st.just("-1%"))}
    ticket = TicketForm("BTC-USDT", {**values, **FILLED, "side": values["side"], **exits})
    assert not ticket.faults(SCALE)
    (statement,) = parse_line(ticket.line(), {})
    assert sorted(render_line([statement]).split()) == sorted(_plain(ticket.line()).split())


@pytest.mark.parametrize(
    ("ticket", "field", "words"),
    [
        (form("limit", price="62000"), "size", "give a size"),
        (form("limit", **{**BUY, "size": "0.1234"}), "size", "nearest: 0.123"),
        (form("limit", **{**BUY, "size": "0"}), "size", "zero"),
        (form("limit", **{**BUY, "size": "-1"}), "size", "give a size"),
        (form("limit", size="0.5"), "price", "give a price"),
        (form("limit", **{**BUY, "price": "62000.3"}), "price", "tick size"),
        (form("limit", **{**BUY, "price": "bdi"}), "price", "did you mean"),
        (form("limit", **BUY, tif="gtd"), "until", "give its end"),
        (form("limit", **BUY, tif="gtd", until="later"), "until", "later"),
        (form("limit", **BUY, sl="61000/6O990"), "sl", "is not a number"),
        (form("stop", size="0.5"), "trigger", "give the price that fires it"),
        (form("trailing stop", size="0.5", trail="-1%"), "trail", "no sign"),
        (form("trailing stop", size="0.5", trail="0"), "trail", "more than zero"),
        (form("trailing stop limit", size="0.5", trail="1%"), "offset", "give the limit"),
        (form("iceberg", **BUY), "show", "size that is shown"),
        (form("iceberg", **BUY, show="25%"), "show", "quantity"),
        (form("market", size="0.5", protect="near"), "protect", "not a distance"),
    ],
)
def test_a_fault_stands_at_its_field(ticket: TicketForm, field: str, words: str) -> None:
    assert words in ticket.faults(SCALE)[field]


def test_words_of_the_grammar_are_no_faults() -> None:
    assert form("limit", size="25%", price="ask-2t").faults(SCALE) == {}


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [
        ("stop", Reason.TRIGGER_WOULD_FIRE, "trigger"),
        ("limit", Reason.PRICE_OUTSIDE_BAND, "price"),
        ("limit", Reason.INSUFFICIENT_FUNDS, "size"),
        ("market", Reason.PRICE_NOT_ALLOWED, "type"),
        ("limit", Reason.MARKET_HALTED, ""),
    ],
)
def test_a_refusal_stands_beside_the_field_that_caused_it(
    kind: str, reason: Reason, field: str
) -> None:
    assert form(kind).field_of(reason) == field


def test_every_field_that_a_refusal_names_is_one() -> None:
    assert {name for names in FIELDS_OF.values() for name in names} <= set(FIELDS)


def _type(kind: str) -> OrderType:
    return OrderType(kind.replace(" ", "_"))


def _plain(line: str) -> str:
    """Without what is said by saying nothing."""
    return line.replace(" stp=cancel_resting", "")
