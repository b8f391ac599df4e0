"""The imbalance pane: what it says, and how it looks."""

import pytest
from textual.pilot import Pilot

from engine.core.commands import Side
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.test_snapshots import SnapCompare
from tests.tui_exchange.screens.trader import SLOW, Trader, trader
from tui_exchange.app import TradingApp

SYMBOL = "BTC-USDT"


async def watching(at: Trader, market: StillMarket) -> None:
    """The pane is open while the book moves and trades are printed."""
    await at.press("I")
    for turn in range(40):
        market.depth(SYMBOL, Side.BUY, 123_999, 100 + turn * 577 % 2_000)
        market.depth(SYMBOL, Side.SELL, 124_001, 100 + turn * 311 % 900)
        market.run(2)
    await at.settle()


async def test_the_pane_opens_by_its_key_and_by_its_letter() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.press("I")
        assert at.place == "imbalance"
        await at.press("escape")
        assert at.place != "imbalance"
        await at.press("ctrl+o", "i")
        assert at.place == "imbalance"


async def test_the_pane_says_what_the_view_says() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await watching(at, market)
        view = market.session.imbalance(SYMBOL)
        said = {line.split()[0]: line.split() for line in at.pane("imbalance").splitlines()[2:7]}
        assert view.balance is not None
        assert said["balance"][1] == f"{view.balance:+.2f}"
        assert said["orders"][1:3] == [str(view.bid_orders), str(view.ask_orders)]
        assert said["size"][1].replace(",", "") == str(view.bid_lots / 1000)


async def test_a_hidden_pane_measures_nothing() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        market.depth(SYMBOL, Side.BUY, 123_999, 1)
        await at.market(1)
        assert market.session.imbalance(SYMBOL).changes == 1


@pytest.mark.parametrize(
    "size", [(80, 24), (120, 40), (200, 60)], ids=["80x24", "120x40", "200x60"]
)
def test_the_pane_looks_as_it_did(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    market = StillMarket()
    app = TradingApp(market.session, SLOW, None, market.clock)

    async def act(pilot: Pilot[None]) -> None:
        at = Trader(market, app, pilot)
        await at.begin()
        await watching(at, market)
        app.clear_notifications()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=act)
