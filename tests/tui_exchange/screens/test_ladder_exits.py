"""Brackets, stops and halts on the ladder: what the keys send, and how it is seen."""

from engine.core.commands import HaltInstrument, OrderType, Side
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import Trader, text_of, trader
from tui_exchange.settings import Terminal
from tui_exchange.views import OrderView

SLOW = 1


def orders(at: Trader) -> dict[OrderType, OrderView]:
    """The live orders by type; the last of each."""
    return {order.order_type: order for order in at.paper.session.working_orders()}


async def test_an_entry_is_a_bracket_while_the_template_is_on() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.press("A", "o")
        assert "BRACKET tp 1% sl 0.5%" in at.pane("ladder")
        await at.press("a")
        found = orders(at)
        take, stop = found[OrderType.LIMIT], found[OrderType.STOP]
        assert (take.side, stop.side) == (Side.SELL, Side.SELL)
        assert take.price_ticks == 125_240
        assert stop.trigger_ticks == 123_380
        assert (take.linked_id, stop.linked_id) == (stop.order_id, take.order_id)
        await at.press("o", "q")
        (entry,) = (o for o in at.paper.session.working_orders() if o.side is Side.BUY)
        assert entry.linked_id is None


async def test_an_order_against_the_position_is_no_bracket() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("s 2 ETH-USDT-PERP")
        at.app.desk.focus("ETH-USDT-PERP")
        await at.press("A", "o", "a")
        assert not at.paper.session.working_orders()
        (position,) = at.paper.session.positions()
        assert -2000 < position.lots < 0
        await at.press("s")
        assert len(at.paper.session.working_orders()) == 2


async def test_a_further_entry_joins_the_live_bracket_or_opens_its_own() -> None:
    for scale_in, prices in (("amend", {125_240}), ("second", {125_240, 125_243})):
        settings = Terminal(frame_hz=SLOW, bracket_scale_in=scale_in)
        async with trader(paper=StillMarket(), settings=settings) as at:
            await at.press("A", "o", "a")
            await at.command("buy 0.9")
            await at.press("a")
            await at.market(1)
            takes = [
                order.price_ticks
                for order in at.paper.session.working_orders()
                if order.order_type is OrderType.LIMIT
            ]
            assert len(takes) == 2
            assert set(takes) == prices


async def test_the_key_for_a_stop_guards_the_position_on_either_side() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("b 0.5")
        await at.press("A", *["down"] * 8, "v")
        stop = orders(at)[OrderType.STOP]
        assert (stop.side, stop.lots, stop.attached) == (Side.SELL, 500, True)
        assert "pos sl" in at.pane("ladder")
        await at.press("escape", *["up"] * 8, "v")
        found = orders(at)
        assert found[OrderType.TAKE_PROFIT].attached
        assert found[OrderType.STOP].attached
        assert "pos tp" in at.pane("ladder")


async def test_without_a_position_the_key_for_a_stop_enters() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.press("A", *["up"] * 5, "v")
        stop = orders(at)[OrderType.STOP]
        assert (stop.side, stop.attached) == (Side.BUY, False)
        assert " stop" in at.pane("ladder")
        await at.press("escape", *["down"] * 5, "v")
        assert "spot cannot be sold short" in at.said


async def test_a_stop_goes_to_break_even_where_that_does_not_fire_it() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await at.command("b 0.5 sl=-2%")
        await at.press("A", "n")
        assert "a stop to sell waits below the last price" in at.said
        market.print("BTC-USDT", Side.BUY, 124_800, 5)
        market.clock.advance(10**9)
        await at.press("n")
        view = market.session.ladder("BTC-USDT", 124_000, 1, 1)
        assert orders(at)[OrderType.STOP].trigger_ticks == view.break_even_ticks


async def test_stops_bids_and_asks_are_cancelled_each_by_a_key() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("b 1; b 0.1 at bid-5t; s 0.1 at ask+5t; stop sell 0.2 at -1%")
        await at.press("A", "X")
        assert set(orders(at)) == {OrderType.LIMIT}
        await at.press("comma")
        (left,) = at.paper.session.working_orders()
        assert left.side is Side.SELL
        await at.press("full_stop")
        assert not at.paper.session.working_orders()


async def test_a_part_of_the_position_is_closed_by_a_key() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("b 1")
        await at.press("A", "6")
        (position,) = at.paper.session.positions()
        assert position.lots == 750
        await at.press("7")
        (position,) = at.paper.session.positions()
        assert position.lots == 375


async def test_the_trigger_of_a_waiting_order_is_nudged() -> None:
    async with trader(paper=StillMarket()) as at:
        await at.command("b 0.5; stop sell 0.2 at 61998")
        before = orders(at)[OrderType.STOP].trigger_ticks
        assert before == 123_996
        await at.press("A", *["down"] * 4)
        while at.app.trading.pane("ladder").window.cursor_ticks != before:  # type: ignore[union-attr]
            await at.press("down")
        await at.press("[")
        assert orders(at)[OrderType.STOP].trigger_ticks == before - 1


async def test_a_halt_is_told_with_its_end_wherever_one_would_trade() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        until_ns = market.clock.now_ns() + 900 * 10**9
        market.session.submit(HaltInstrument(symbol="BTC-USDT", until_ns=until_ns))
        await at.settle()
        assert "HALTED until 00:15:0" in at.pane("ladder")
        assert "HALTED until 00:15:0" in at.pane("status")
        ticket = text_of(at.app.trading.query_one("#ticket-preview"))
        assert "halted until 2026-01-01 00:15:0" in " ".join(ticket.split())
        await at.press("A", "a")
        assert "halted" in at.said
        assert not market.session.fills(1)
