"""The life of an order on the screen: from a list, from the command line, from a trade."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from engine.core.commands import Side
from tests.tui_exchange.paper import Paper
from tests.tui_exchange.review.histories import OPENING, profile
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.test_review import SIZES, Reviewer, SnapCompare, reviewer
from tests.tui_exchange.screens.trader import Trader, text_of, trader
from tui_exchange.review.opening import open_profile
from tui_exchange.review.source import ReviewSource
from tui_exchange.review_app import ReviewApp
from tui_exchange.screens.help import Help
from tui_exchange.screens.order import OrderScreen
from tui_exchange.screens.review_trade import TradeScreen
from tui_exchange.screens.trading import TradingScreen


@pytest.fixture
def opener(tmp_path: Path) -> Callable[[], ReviewSource]:
    folder = profile(tmp_path)
    return lambda: open_profile(folder, OPENING)


def page(at: Trader) -> str:
    return text_of(at.app.screen.query_one("#order-page"))


async def read(at: Trader) -> None:
    """Let the worker come back, and draw what it found."""
    await at.app.workers.wait_for_complete()
    await at.settle()


async def test_the_list_of_orders_opens_the_life_of_the_one_at_the_cursor() -> None:
    async with trader() as at:
        await at.command("b 0.5 at bid-100 po")
        await at.command("b 0.25 at bid-200 po tag=dip")
        await at.press("O", "down", "i")
        assert isinstance(at.app.screen, OrderScreen)
        assert "buy 0.25 BTC-USDT limit" in page(at)
        assert "#dip" in page(at)
        assert "accepted" in page(at)
        await at.press("left")
        assert "buy 0.5 BTC-USDT limit" in page(at)
        await at.press("left")
        assert "no further order" in text_of(at.app.screen.query_one("#review-foot"))
        await at.press("escape")
        assert isinstance(at.app.screen, TradingScreen)


async def test_why_it_has_not_filled_is_followed_too() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("b 0.5 at bid-1t po")
        await at.press("O", "i")
        assert "0.374 ahead when it joined" in " ".join(page(at).split())
        at.paper.depth("BTC-USDT", Side.BUY, 123_998, 200)
        screen = at.app.screen
        assert isinstance(screen, OrderScreen)
        screen.follow()
        await at.settle()
        assert "0.174 was cancelled ahead of it" in " ".join(page(at).split())


async def test_a_live_order_is_followed_while_it_is_looked_at() -> None:
    async with trader() as at:
        await at.command("b 0.5 at bid-100 po")
        await at.press("O", "i")
        assert "amended" not in page(at)
        (order,) = at.paper.session.working_orders()
        at.paper.line(f"amend #{order.order_id} size 0.3")
        screen = at.app.screen
        assert isinstance(screen, OrderScreen)
        screen.follow()
        assert "size 0.3, keeps its place" in page(at)


async def test_the_word_order_opens_the_page_and_an_unknown_number_says_so() -> None:
    async with trader() as at:
        await at.command("b 0.5")
        await at.command("order #1")
        assert isinstance(at.app.screen, OrderScreen)
        assert "0.5 in all" in page(at)
        await at.press("escape")
        await at.command("order 99")
        await read(at)
        foot = text_of(at.app.screen.query_one("#review-foot"))
        assert "there is no order 99 of this session" in foot


async def test_a_fill_leads_to_its_order() -> None:
    async with trader() as at:
        await at.command("b 0.5")
        await at.press("F", "i")
        assert "buy 0.5 BTC-USDT market" in page(at)


async def test_an_order_of_an_earlier_session_is_read_from_the_history(tmp_path: Path) -> None:
    first = Paper(tmp_path)
    first.run()
    first.line("b 0.5 at bid-100 po")
    (order,) = first.session.working_orders()
    first.session.close()
    second = Paper(tmp_path)
    second.run()
    try:
        told = second.line(f"order #{order.order_id}")
        assert told[0].startswith(f"order {order.order_id}: ")
        assert "buy 0.5 BTC-USDT limit" in told[0]
        assert "there is no order 99" in second.refusal("order #99")
    finally:
        second.session.close()


async def test_without_a_profile_an_unknown_order_says_that_nothing_is_kept() -> None:
    paper = Paper()
    paper.run()
    assert "this session keeps no history" in paper.refusal("order #7")


async def test_a_trade_leads_to_its_orders_and_back(opener: Callable[[], ReviewSource]) -> None:
    async with reviewer(opener) as at:
        await at.press("enter")
        assert isinstance(at.app.screen, TradeScreen)
        await at.press("i")
        assert isinstance(at.app.screen, OrderScreen)
        first = text_of(at.app.screen.query_one("#order-page"))
        assert "price 115.5" in first
        await at.press("question_mark")
        assert isinstance(at.app.screen, Help)
        await at.press("escape", "escape")
        assert isinstance(at.app.screen, TradeScreen)


@pytest.mark.parametrize("width", [80, 120, 200])
async def test_the_words_of_an_event_are_never_cut(width: int) -> None:
    async with trader(size=(width, 40)) as at:
        await at.command("b 0.5")
        await at.press("F", "i")
        text = " ".join(page(at).split())
        assert "as taker, fee" in text
        assert "USDT, 0 open" in text


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_life_of_an_order_looks_as_it_did(
    snap_compare: SnapCompare, opener: Callable[[], ReviewSource], size: tuple[int, int]
) -> None:
    app = ReviewApp(opener)

    async def act(pilot: Pilot[None]) -> None:
        at = Reviewer(app, pilot)
        await at.settle()
        await at.press("enter", "i")

    assert snap_compare(app, terminal_size=size, run_before=act)
