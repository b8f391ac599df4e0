"""A ticket and the command line that means the same."""

from dataclasses import replace

import pytest

from tests.tui_exchange.panes.test_ladder_orders import SCALE
from tui_exchange.command_line.parser import parse_line
from tui_exchange.panes.ticket_line import TicketForm

FORM = TicketForm("BTC-USDT", "buy", "limit", "0.5", "62,000.5", "gtc", False)


@pytest.mark.parametrize(
    ("form", "line"),
    [
        (FORM, "buy 0.5 BTC-USDT at 62000.5"),
        (replace(FORM, post_only=True), "buy 0.5 BTC-USDT at 62000.5 po"),
        (replace(FORM, order_type="market", post_only=True), "buy 0.5 BTC-USDT"),
        (replace(FORM, side="sell", force="fok"), "sell 0.5 BTC-USDT at 62000.5 fok"),
        (replace(FORM, size="$500", price="bid+1t"), "buy $500 BTC-USDT at bid+1t"),
    ],
)
def test_a_ticket_is_a_line_that_the_grammar_takes(form: TicketForm, line: str) -> None:
    assert form.line() == line
    assert parse_line(line, {})


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        (replace(FORM, size=""), "size", "give a size"),
        (replace(FORM, size="0.1234"), "size", "nearest: 0.123"),
        (replace(FORM, size="0"), "size", "more than zero"),
        (replace(FORM, price=""), "price", "choose market"),
        (replace(FORM, price="62000.3"), "price", "tick size"),
        (replace(FORM, post_only=True, force="ioc"), "post", "never waits"),
    ],
)
def test_a_fault_stands_at_its_field(form: TicketForm, field: str, words: str) -> None:
    assert words in form.faults(SCALE)[field]


def test_words_of_the_grammar_are_no_faults() -> None:
    assert replace(FORM, size="25%", price="ask-2t").faults(SCALE) == {}
