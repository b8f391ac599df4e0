"""The list of live orders: groups stand together, each line says what it waits for."""

import pytest

from engine.core.commands import OrderType
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import Trader, trader
from tui_exchange.panes.orders import grouped, move_line
from tui_exchange.settings import Market, Settings

SLOW = Settings(market=Market(latency="1000ms", latency_cancel="3000ms"))


def market_with(*lines: str) -> StillMarket:
    """A market on which these lines were run."""
    market = StillMarket()
    for line in lines:
        outcome = market.session.run_line(line, "BTC-USDT")
        assert outcome.ok, outcome.messages
    return market


def test_a_bracket_and_a_pair_stand_together_under_their_oldest() -> None:
    market = market_with(
        "buy 0.5 at ask tp=+1% sl=-1%",
        "buy 1",
        "oco sell 0.1 at 63000 stop 61000",
        "buy 0.1 at 61000",
    )
    lines = grouped(market.session.working_orders())
    shapes = [(line.branch, line.order.order_type) for line in lines]
    limit, stop = OrderType.LIMIT, OrderType.STOP
    assert shapes == [
        ("", limit),
        ("├", limit),
        ("└", stop),
        ("", limit),
        ("└", stop),
        ("", limit),
    ]


@pytest.mark.parametrize(
    ("sent", "line"),
    [
        ("buy 0.1 at 61000", "move #2 to 61000.0"),
        ("stop sell 0.1 at 61000", "move #2 trigger 61000.0"),
        ("stop sell 0.1 at 61000 limit 60990", "move #2 trigger 61000.0"),
        ("trail sell 0.1 by 1%", "amend #2 size 0.100"),
    ],
)
def test_enter_prepares_a_change_that_leaves_the_order_as_it_is(sent: str, line: str) -> None:
    market = market_with("buy 1", sent)
    order = market.session.working_orders()[-1]
    assert move_line(order, market.session.scale("BTC-USDT")) == line
    outcome = market.session.run_line(line, "BTC-USDT")
    assert not outcome.ok
    assert outcome.reason is not None
    assert outcome.reason.value == "amend_changes_nothing"


async def test_the_pane_tells_type_trigger_source_distance_slice_group_and_end() -> None:
    market = market_with(
        "buy 1",
        "buy 1 at 61990 show=0.2",
        "trail sell 0.1 by 1% gtd=15m",
        "oco sell 0.1 at 63000 stop 61000 on=index",
        "protect tp 63000",
    )
    async with trader(size=(200, 60), paper=market) as at:
        await at.press("O", "z")
        pane = at.pane("orders")
        for words in (
            "0.200+0.800",
            "trail 1%",
            "waiting (last)",
            "GTD 15m",
            "waiting (index)",
            "≤61,000.0",
            "-1,00",
            "≥63,000.0",
            "position",
            "reduce",
            "or #",
        ):
            assert words in pane, words


def title_of(at: Trader) -> str:
    """The title line of the orders."""
    return at.pane("orders").splitlines()[0].strip()


async def test_the_title_counts_what_has_not_reached_the_venue() -> None:
    market = StillMarket(SLOW)
    async with trader(paper=market) as at:
        await at.press("O")
        await at.command("b 0.1 at 61000; b 0.2 at 60000")
        assert title_of(at).endswith("+2 on the way")
        assert "no working orders" in at.pane("orders")
        await at.market(2)
        assert title_of(at).endswith("─ 2")
        await at.command("cancel #1")
        assert title_of(at).endswith("2 +1 on the way")
        assert "#1" in at.pane("orders")
        await at.market(4)
        assert title_of(at).endswith("─ 1")
        assert "#1" not in at.pane("orders")
