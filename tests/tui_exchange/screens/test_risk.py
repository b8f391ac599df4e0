"""The risk pane: how it is reached, what its keys do, and how it looks."""

import pytest
from textual.pilot import Pilot

from tests.tui_exchange.panes.risk_views import nothing_held, risky
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.test_snapshots import Scene, SnapCompare
from tests.tui_exchange.screens.trader import SLOW, Trader, trader
from tui_exchange.app import TradingApp
from tui_exchange.risk.view import RiskView


def market_with(view: RiskView, monkeypatch: pytest.MonkeyPatch) -> StillMarket:
    """A market whose session has measured this."""
    market = StillMarket()
    monkeypatch.setattr(market.session, "risk", lambda: view)
    return market


async def test_the_pane_is_reached_by_its_key_and_letter_and_its_pages_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    market = market_with(risky(), monkeypatch)
    async with trader((80, 24), paper=market) as at:
        await at.press("V")
        assert at.place == "risk"
        assert "▸overview" in at.pane("risk")
        assert "↓" in at.pane("risk")
        await at.press("end")
        assert "too little history" in " ".join(at.pane("risk").split())
        assert "↓" not in at.pane("risk")
        for page in ("stress", "days", "exits", "greeks", "overview"):
            await at.press("right")
            assert f"▸{page}" in at.pane("risk")
        await at.press("space")
        assert "VaR of one more day" in " ".join(at.pane("risk").split())
        await at.press("space")
        assert "cost of leaving at once" in " ".join(at.pane("risk").split())
        await at.press("escape", "ctrl+o", "v")
        assert at.place == "risk"
        await at.press("left")
        assert "▸overview" in at.pane("risk")
        monkeypatch.setattr(market.session, "risk", nothing_held)
        for page in ("stress", "days", "exits", "greeks", "overview"):
            await at.press("right")
            said = " ".join(at.pane("risk").split())
            assert "nothing is at risk: press b to buy, s to sell" in said, page


async def stressed(at: Trader) -> None:
    await at.press("V", "right")


async def looked_at(at: Trader) -> None:
    await at.command("b 0.5; s 2 ETH-USDT-PERP")
    await at.press("V")


@pytest.mark.parametrize(
    ("size", "scene"),
    [((80, 24), stressed), ((120, 40), looked_at), ((200, 60), looked_at)],
    ids=["stress-80x24", "overview-120x40", "overview-200x60"],
)
def test_the_pane_looks_as_it_did(
    snap_compare: SnapCompare,
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
    scene: Scene,
) -> None:
    market = market_with(risky(), monkeypatch)
    app = TradingApp(market.session, SLOW, None, market.clock)

    async def act(pilot: Pilot[None]) -> None:
        at = Trader(market, app, pilot)
        await at.begin()
        await scene(at)
        app.clear_notifications()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=act)
