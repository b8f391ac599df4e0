"""The ticket by keyboard: every type with the fields it has, and what is said beside them."""

import pytest
from textual.widgets import Input, Static

from engine.core.commands import OrderType, Side
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import Trader, text_of, trader
from tui_exchange.panes.ticket_line import KINDS, OCO

FIELDS = {
    "limit": ("0.1", "63000"),
    "market": ("0.1",),
    "iceberg": ("0.1", "63000", "0.02"),
    "stop": ("0.1", "61000"),
    "take profit": ("0.1", "63000"),
    "stop limit": ("0.1", "60990", "61000"),
    "take profit limit": ("0.1", "62990", "63000"),
    "trailing stop": ("0.1", "1%", "63000"),
    "trailing stop limit": ("0.1", "1%", "63000", "10t"),
    OCO: ("0.1", "63000", "61000", "60990"),
}
"""What is typed into the fields behind the type, from the size on."""


async def fill(at: Trader, *texts: str) -> None:
    """Type into one field after another, from the one that has the keyboard."""
    for place, text in enumerate(texts):
        if place:
            await at.press("tab")
        await at.press("end", "ctrl+u")
        await at.type(text)


async def choose(at: Trader, kind: str) -> None:
    """Open a sell ticket of a type, with the keyboard in its size."""
    at.app.trading.action_ticket("sell")
    await at.settle()
    await at.press("shift+tab", *["right"] * list(KINDS).index(kind), "tab")


def shown(at: Trader) -> list[str]:
    """The fields that are seen."""
    rows = at.app.trading.query("#ticket .field")
    return [str(row.query_one(".label", Static).content) for row in rows if row.display]


def preview(at: Trader) -> str:
    """What the ticket says below its fields."""
    return " ".join(text_of(at.app.trading.query_one("#ticket-preview")).split())


@pytest.mark.parametrize("kind", KINDS)
async def test_every_type_is_sent_by_keyboard(kind: str) -> None:
    async with trader(paper=StillMarket()) as at:
        at.paper.session.run_line("buy 1", "BTC-USDT")
        fills = len(at.paper.session.fills(100))
        await choose(at, kind)
        await fill(at, *FIELDS[kind])
        assert "would be refused" not in preview(at)
        await at.press("enter")
        assert at.place == "ladder", at.said
        sent = {order.order_type for order in at.paper.session.working_orders()}
        if kind == "market":
            assert len(at.paper.session.fills(100)) > fills
        elif kind == OCO:
            assert sent == {OrderType.LIMIT, OrderType.STOP_LIMIT}
        else:
            assert sent == {OrderType(kind.replace(" ", "_"))}


async def test_fields_appear_as_the_type_and_the_choices_have_them() -> None:
    async with trader(paper=StillMarket()) as at:
        await choose(at, "trailing stop")
        assert "trail" in shown(at)
        assert "price" not in shown(at)
        assert "tp" not in shown(at)
        await choose(at, "limit")
        assert "until" not in shown(at)
        await at.press("tab", "tab", "right")
        assert "until" in shown(at)


async def test_a_bracket_is_previewed_with_what_it_risks_and_wins() -> None:
    async with trader(paper=StillMarket()) as at:
        at.app.trading.action_ticket("buy")
        await at.settle()
        await fill(at, "0.5", "61990")
        await at.press("tab", "tab", "tab", "tab")
        await at.type("+2%")
        await at.press("tab")
        await at.type("-1%")
        assert "to win" in preview(at)
        await at.press("enter")
        (entry,) = at.paper.session.working_orders()
        assert entry.exits is not None
        assert (entry.side, entry.exits.take_profit_ticks) == (Side.BUY, 126_460)


async def test_what_the_exchange_refuses_stands_beside_its_field_until_it_is_changed() -> None:
    async with trader(paper=StillMarket()) as at:
        at.paper.session.run_line("buy 1", "BTC-USDT")
        await choose(at, "stop")
        await fill(at, "0.1", "63000")
        await at.press("enter")
        fault = at.app.trading.query_one("#fault-trigger", Static)
        assert "waits below the last price" in str(fault.content)
        assert at.place == "ticket"
        await fill(at, "61000")
        assert not fault.content
        await at.press("enter")
        assert at.place == "ladder"


async def test_a_ticket_opens_without_what_an_earlier_one_was() -> None:
    async with trader(paper=StillMarket()) as at:
        await choose(at, "iceberg")
        await at.press("escape", "b")
        assert shown(at)[:4] == ["side", "type", "size", "price"]
        assert "show" not in shown(at)


async def test_the_price_that_is_offered_follows_the_side_until_one_is_typed() -> None:
    async with trader(paper=StillMarket()) as at:
        price = at.app.trading.query_one("#field-price", Input)
        await at.press("b", "shift+tab", "shift+tab")
        assert price.value == "61999.5"
        await at.press("right")
        assert price.value == "62000.0"
        await at.press("tab", "tab")
        await fill(at, "0.1", "61000")
        await at.press(*["shift+tab"] * 3, "right")
        assert price.value == "61000"


async def test_the_price_that_is_offered_stays_at_the_touch_while_nobody_edits() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        price = at.app.trading.query_one("#field-price", Input)
        market.depth("BTC-USDT", Side.BUY, 123_999, 0)
        await at.market(1)
        assert price.value == "61999.0"
        await at.press("b", "tab")
        market.depth("BTC-USDT", Side.BUY, 123_999, 50)
        await at.market(1)
        assert price.value == "61999.0"
