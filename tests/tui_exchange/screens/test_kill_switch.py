"""The kill switch by key: what it does, how it is seen, and how it is released."""

from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import trader


async def test_the_key_pressed_twice_cancels_closes_and_takes_no_new_risk() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("b 0.5 tp=+1% sl=-1%")
        await at.press("A", "ctrl+k")
        assert "again within 2 s" in at.said
        assert at.paper.session.working_orders()
        await at.press("ctrl+k")
        assert not at.paper.session.working_orders()
        assert not at.paper.session.positions()
        assert "KILLED" in at.pane("status")
        assert "disarmed" in at.pane("status")
        await at.command("b 0.1")
        assert "kill switch" in at.said
        await at.press("M")
        assert "ENGAGED" in at.pane("account")


async def test_the_switch_is_released_by_key_and_by_line() -> None:
    async with trader(paper=StillMarket()) as at:
        for release in ("f8", ""):
            await at.press("ctrl+k", "ctrl+k")
            assert "KILLED" in at.pane("status")
            if release:
                await at.press(release)
            else:
                await at.command("release")
            assert "KILLED" not in at.pane("status")
            size = "0.1" if release else "0.2"
            await at.command(f"b {size}")
            assert at.said.startswith(f"bought {size}")


async def test_one_press_alone_does_nothing() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await at.command("b 0.5")
        await at.press("ctrl+k")
        market.clock.advance(3 * 10**9)
        await at.press("ctrl+k")
        assert at.paper.session.positions()
