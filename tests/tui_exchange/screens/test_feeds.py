"""How the screen looks with feeds in trouble, a perpetual's facts, and an order on its way."""

import pytest
from textual.pilot import Pilot

from tests.tui_exchange.screens.live_venues import SKEWED, spoken, troubled
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.test_snapshots import SnapCompare
from tests.tui_exchange.screens.trader import SLOW, Trader
from tui_exchange.app import TradingApp

SCENES = [("E", (80, 24)), ("C", (80, 24)), ("CE", (120, 40)), ("CE", (200, 60))]


@pytest.mark.parametrize(
    ("keys", "size"), SCENES, ids=[f"{keys}-{wide}x{high}" for keys, (wide, high) in SCENES]
)
def test_the_screen_looks_as_it_did(
    snap_compare: SnapCompare, keys: str, size: tuple[int, int]
) -> None:
    market = StillMarket()
    app = TradingApp(market.session, SLOW, None, market.clock)

    async def act(pilot: Pilot[None]) -> None:
        at = Trader(market, app, pilot)
        await at.begin()
        await at.market(5)
        troubled(market)
        spoken(market)
        await at.command(f"focus {SKEWED}")
        await at.press(*keys)
        app.clear_notifications()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=act)
