"""The exits that entries get by key, as flags of the grammar."""

import pytest

from engine.core.commands import Side
from tests.tui_exchange.screens.still_market import StillMarket
from tui_exchange.bracket_template import BracketTemplate, is_entry
from tui_exchange.settings import Terminal

BTC = "BTC-USDT"


def flags(template: BracketTemplate, side: Side, market: StillMarket) -> str:
    """What an entry in BTC-USDT would get."""
    session = market.session
    return template.flags(side, BTC, session.scale(BTC), session.working_orders())


def test_exits_lie_on_the_side_where_they_belong() -> None:
    market = StillMarket()
    template = BracketTemplate("20t", "0.5%", "second", on=True)
    assert flags(template, Side.BUY, market) == "tp=+20t sl=-0.5%"
    assert flags(template, Side.SELL, market) == "tp=-20t sl=+0.5%"


def test_an_exit_that_is_not_wanted_is_left_out() -> None:
    market = StillMarket()
    assert flags(BracketTemplate("", "50", "amend", on=True), Side.BUY, market) == "sl=-50"
    assert BracketTemplate("", "", "amend").empty


def test_while_it_is_off_entries_are_plain() -> None:
    assert flags(BracketTemplate.of(Terminal()), Side.BUY, StillMarket()) == ""


def test_a_further_entry_takes_the_prices_of_the_live_bracket_if_that_is_the_setting() -> None:
    market = StillMarket()
    market.session.run_line("buy 0.5 tp=63000 sl=61000", BTC)
    amend = BracketTemplate("1%", "1%", "amend", on=True)
    assert flags(amend, Side.BUY, market) == "tp=63000.0 sl=61000.0"
    assert flags(amend, Side.SELL, market) == "tp=-1% sl=+1%"
    second = BracketTemplate("1%", "1%", "second", on=True)
    assert flags(second, Side.BUY, market) == "tp=+1% sl=-1%"


@pytest.mark.parametrize(
    ("side", "position", "spot", "entry"),
    [
        (Side.BUY, 0, True, True),
        (Side.BUY, 5, True, True),
        (Side.SELL, 0, True, False),
        (Side.BUY, -5, False, False),
        (Side.BUY, 5, False, True),
        (Side.SELL, 5, False, False),
        (Side.SELL, -5, False, True),
        (Side.SELL, 0, False, True),
    ],
)
def test_what_takes_a_position_back_is_no_entry(
    side: Side, position: int, spot: bool, entry: bool
) -> None:
    assert is_entry(side, position, spot) is entry
