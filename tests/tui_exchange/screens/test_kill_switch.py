"""The kill switch by key, and what the account pane says of it and of fees."""

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


async def test_the_account_tells_its_fees_and_the_way_to_the_next_tier() -> None:
    market = StillMarket()
    async with trader(size=(200, 60), paper=market) as at:
        await at.press("M")
        assert "the same at any volume" in at.pane("account")
        await at.command("fees BTC-USDT market-maker")
        pane = at.pane("account")
        assert "0.1% / 0.2%" in pane
        assert "tier 1 of 4, next in" in pane
        assert "1,000,000" in pane
        assert "quoting uptime" not in pane
        for size in range(20, 29):
            await at.command(f"b {size / 10} at ask+200t")
        pane = at.pane("account")
        assert "tier 2 of 4" in pane
        assert "0% of 80%" in pane
