"""Pictures of the trading screen at the sizes that the layouts are made for.

The market is written by hand and its time stands still; `--snapshot-update` takes new pictures.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import SLOW, Trader
from tui_exchange.app import TradingApp
from tui_exchange.settings import Terminal
from tui_exchange.views import FeedState

Scene = Callable[[Trader], Awaitable[None]]


class SnapCompare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self,
        app: TradingApp,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
        press: Sequence[str] = (),
    ) -> bool:
        """Whether the picture is as it was."""


async def opened(at: Trader) -> None:
    """Nothing was pressed yet."""
    await at.market(5)


async def trading(at: Trader) -> None:
    """A position, working orders with queues, a cursor, and armed keys."""
    await at.market(5)
    await at.command("b 0.5; s 0.2 BTC-USDT at ask+3t po; b 0.3 at bid po; s 2 ETH-USDT-PERP")
    await at.press("A", "down", "down", "down", "space")
    await at.market(1)


async def protected(at: Trader) -> None:
    """A bracket, a pair, an iceberg and a trailing stop at work, and a ticket that sends more."""
    await at.market(5)
    await at.command("b 0.5 at -2t tp=+1% sl=-1%; b 0.4 at ask tp=+8t sl=-9t; b 1 at -5t show=0.2")
    await at.command("b 1; oco sell 0.2 at +4t stop -12t; trail sell 0.1 by 6t gtd=15m")
    await at.press("o", "b", "shift+tab", *["right"] * 5, "tab", "tab")
    await at.press("end", "ctrl+u")
    await at.type("62020")
    await at.press("tab")
    await at.type("62010")


async def halted(at: Trader) -> None:
    """No trading until a time; what waits and rests stays."""
    await at.market(5)
    await at.command("b 0.4 tp=+8t sl=-9t; protect tp 62010 sl 61990")
    await at.command("halt 15m")
    await at.press("P")


async def killed(at: Trader) -> None:
    """No new risk until the switch is released; the account says so."""
    await at.market(5)
    await at.command("b 0.4 tp=+8t sl=-9t")
    await at.press("ctrl+k", "ctrl+k", "M")


async def refused(at: Trader) -> None:
    """A line that cannot be, while it is typed."""
    await at.market(5)
    await at.press("colon")
    await at.type("b 0.5 62000")


async def down(at: Trader) -> None:
    """The feed is gone, with orders and a position left."""
    await trading(at)
    await at.feed(FeedState.DOWN)


SCENES = [
    (trading, (80, 24), "dark"),
    (opened, (120, 40), "dark"),
    (trading, (120, 40), "dark"),
    (refused, (120, 40), "light"),
    (down, (120, 40), "high-contrast"),
    (trading, (200, 60), "colour-blind"),
    (protected, (80, 24), "high-contrast"),
    (protected, (120, 40), "dark"),
    (protected, (200, 60), "light"),
    (halted, (120, 40), "dark"),
    (killed, (80, 24), "amber"),
]


@pytest.mark.parametrize(
    ("scene", "size", "theme"),
    SCENES,
    ids=[f"{scene.__name__}-{size[0]}x{size[1]}" for scene, size, _ in SCENES],
)
def test_the_screen_looks_as_it_did(
    snap_compare: SnapCompare, scene: Scene, size: tuple[int, int], theme: str
) -> None:
    market = StillMarket()
    settings = Terminal(theme=theme, frame_hz=SLOW.frame_hz)
    app = TradingApp(market.session, settings, None, market.clock)

    async def act(pilot: Pilot[None]) -> None:
        at = Trader(market, app, pilot)
        await at.begin()
        for field in app.trading.query(Input):
            field.cursor_blink = False
        await scene(at)
        await at.settle()
        app.clear_notifications()
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=act)
