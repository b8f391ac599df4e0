"""The main path by keyboard: what each key does, and what it must never do."""

import pytest
from textual import events
from textual.widgets import Input, Static

from engine.core.commands import Side
from tests.tui_exchange.paper import Paper
from tests.tui_exchange.screens.still_market import CENTRES, StillMarket
from tests.tui_exchange.screens.trader import text_of, trader
from tui_exchange.alarm import Alarm
from tui_exchange.notices import Weight
from tui_exchange.screens.help import Help
from tui_exchange.screens.position import PositionScreen
from tui_exchange.settings import Terminal
from tui_exchange.views import FeedState


async def test_a_first_order_is_placed_filled_and_closed_by_command_line() -> None:
    async with trader() as at:
        await at.command("b 0.5")
        assert at.said.startswith("bought 0.5 BTC-USDT")
        assert "+0.500" in at.pane("ladder")
        await at.press("P")
        assert "+0.500" in at.pane("positions")
        await at.command("close")
        assert "no open positions" in at.pane("positions")


async def test_a_command_line_is_described_while_it_is_typed_and_runs_only_by_enter() -> None:
    async with trader() as at:
        await at.press("colon")
        await at.type("b 0.5 at bid po")
        assert "buy 0.500 BTC-USDT limit" in text_of(at.app.trading.query_one("#command-help"))
        await at.press("escape")
        assert not at.paper.session.working_orders()
        assert at.place == "ladder"


async def test_a_refused_line_is_told_with_what_was_meant() -> None:
    async with trader() as at:
        await at.command("b 0.5 62000")
        assert "at 62000" in at.said
        assert at.said in at.pane("footer") or "L log" in at.pane("footer")


async def test_history_comes_back_with_up_and_is_searched_with_ctrl_r() -> None:
    async with trader() as at:
        await at.command("b 0.25 at bid po")
        await at.command("cancel all")
        await at.press("colon", "up", "up")
        line = at.app.trading.query_one("#command-input", Input)
        assert line.value == "b 0.25 at bid po"
        await at.press("escape", "colon")
        await at.type("25")
        await at.press("ctrl+r")
        assert line.value == "b 0.25 at bid po"


async def test_tab_takes_the_first_completion() -> None:
    async with trader() as at:
        await at.press("colon")
        await at.type("flat")
        await at.press("tab")
        assert at.app.trading.query_one("#command-input", Input).value.startswith("flatten")


async def test_a_ticket_sends_one_order_and_gives_the_keyboard_back() -> None:
    async with trader() as at:
        await at.press("b")
        assert at.place == "ticket"
        await at.type("0.25")
        await at.press("tab")
        await at.press("end", "ctrl+u")
        await at.type("61990")
        await at.press("enter", "enter")
        (order,) = at.paper.session.working_orders()
        assert (order.side, order.lots, order.symbol) == (Side.BUY, 250, "BTC-USDT")
        assert at.place == "ladder"


async def test_a_ticket_names_the_error_beside_its_field_and_sends_nothing() -> None:
    async with trader() as at:
        await at.press("s")
        await at.type("0.12345")
        await at.settle()
        fault = at.app.trading.query_one("#fault-size", Static)
        assert "lot size" in str(fault.content)
        await at.press("enter")
        assert at.place == "ticket"
        assert "nearest: 0.123" in at.said


async def test_escape_leaves_a_ticket_without_an_order() -> None:
    async with trader() as at:
        await at.press("O", "b")
        await at.type("1")
        await at.press("escape")
        assert at.place == "orders"
        assert not at.paper.session.working_orders()


async def test_trading_keys_do_nothing_until_they_are_armed() -> None:
    async with trader() as at:
        for key in ("q", "w", "Q", "W", "a", "space", "x", "e", "r", "t"):
            await at.press(key)
        assert not at.paper.session.working_orders()
        assert not at.paper.session.fills(10)
        assert "disarmed" in at.pane("status")


async def test_the_key_for_hit_opens_a_sell_ticket_while_disarmed() -> None:
    async with trader() as at:
        await at.press("s")
        assert at.place == "ticket"
        assert "sell" in text_of(at.app.trading.query_one("#field-side"))


async def test_armed_keys_join_lift_and_cancel() -> None:
    async with trader() as at:
        await at.press("A", "q")
        assert "ARMED" in at.pane("status")
        (order,) = at.paper.session.working_orders()
        quote = at.paper.session.quote("BTC-USDT")
        assert (order.side, order.price_ticks, order.post_only) == (Side.BUY, quote.bid_ticks, True)
        await at.press("a")
        (fill,) = at.paper.session.fills(10)
        assert (fill.side, fill.price_ticks) == (Side.BUY, quote.ask_ticks)
        await at.press("e")
        assert not at.paper.session.working_orders()


async def test_a_held_key_is_one_order() -> None:
    async with trader() as at:
        await at.press("A", "a", "a", "a", "a")
        assert len(at.paper.session.fills(10)) == 1


async def test_own_orders_stand_in_the_ladder_with_what_is_ahead_of_them() -> None:
    async with trader() as at:
        quote = at.paper.session.quote("BTC-USDT")
        ahead = at.paper.session.scale("BTC-USDT").size_decimal(quote.bid_lots)
        await at.press("A", "3", "q")
        (line,) = [row for row in at.pane("ladder").splitlines() if row.startswith(" B ")]
        assert str(ahead) in line


async def test_the_cursor_places_cancels_and_nudges_where_it_stands() -> None:
    async with trader() as at:
        await at.press("A", "down", "down", "space")
        (order,) = at.paper.session.working_orders()
        quote = at.paper.session.quote("BTC-USDT")
        assert quote.bid_ticks is not None
        assert order.price_ticks == quote.bid_ticks - 1
        await at.press("left_square_bracket")
        (moved,) = at.paper.session.working_orders()
        assert moved.price_ticks == order.price_ticks - 1
        await at.press("x")
        assert not at.paper.session.working_orders()


async def test_the_ladder_stands_still_under_a_cursor_while_the_market_moves() -> None:
    async with trader() as at:
        await at.press("down")
        before = at.app.trading.pane("ladder").window.top_ticks
        await at.market(5)
        assert at.app.trading.pane("ladder").window.top_ticks == before


async def test_cancel_everything_works_disarmed_and_over_a_dialog() -> None:
    async with trader() as at:
        await at.command("b 0.5 at bid po; b 0.1 ETH-USDT at bid po")
        assert len(at.paper.session.working_orders()) == 2
        await at.press("question_mark", "ctrl+x")
        assert not at.paper.session.working_orders()


async def test_flatten_asks_for_a_second_press() -> None:
    async with trader() as at:
        await at.command("b 0.5; b 0.5 ETH-USDT; b 0.1 at bid po")
        await at.press("ctrl+k")
        assert len(at.paper.session.positions()) == 2
        await at.press("ctrl+k")
        assert not [p for p in at.paper.session.positions() if p.lots]
        assert not at.paper.session.working_orders()


async def test_a_late_second_press_does_not_flatten() -> None:
    async with trader() as at:
        await at.command("b 0.5")
        await at.press("ctrl+k")
        at.paper.clock.advance(3_000_000_000)
        await at.press("ctrl+k")
        assert len(at.paper.session.positions()) == 1


@pytest.mark.parametrize("state", [FeedState.STALE, FeedState.DOWN])
async def test_a_feed_that_is_not_live_disarms_dims_and_says_so(state: FeedState) -> None:
    async with trader() as at:
        await at.press("A")
        fresh = at.app.trading.pane("ladder").palette()
        await at.feed(state)
        assert not at.app.desk.armed
        assert state.value in at.pane("status")
        assert at.app.trading.pane("ladder").palette() is not fresh
        assert state.value in at.pane("ladder")
        assert state.value in at.said
        await at.press("A")
        assert not at.app.desk.armed


async def test_an_idle_keyboard_disarms() -> None:
    async with trader(settings=Terminal(disarm_after_s=30, frame_hz=1)) as at:
        await at.press("A")
        at.paper.clock.advance(31_000_000_000)
        await at.settle()
        assert not at.app.desk.armed
        assert "no key for 30 s" in at.said


async def test_a_terminal_without_the_keyboard_disarms() -> None:
    async with trader() as at:
        await at.press("A")
        at.app.on_app_blur()
        assert not at.app.desk.armed


async def test_a_burst_of_alarms_is_shown_in_the_log_and_rings_once() -> None:
    async with trader() as at:
        rung: list[str] = []
        at.app.bell = lambda: rung.append("bell")  # type: ignore[method-assign]
        news = at.paper.session.news
        news.extend((Alarm("MARGIN 80%: reduce"), "an order is done", Alarm("LIQUIDATED: all")))
        await at.settle()
        told = [(one.weight, one.text) for one in at.app.desk.notices.lines][-3:]
        assert [weight for weight, _ in told] == [Weight.ALARM, Weight.INFO, Weight.ALARM]
        assert rung == ["bell"]


async def test_jump_goes_to_a_pane_by_its_letter() -> None:
    async with trader() as at:
        await at.press("ctrl+o", "w")
        assert at.place == "watch"
        await at.press("ctrl+o", "f")
        assert at.place == "fills"
        await at.press("ctrl+o", "escape")
        assert at.place == "fills"


async def test_every_pane_can_be_reached_on_the_smallest_screen() -> None:
    async with trader(size=(80, 24)) as at:
        for letter, name in zip("kopfmwtl", PANES_IN_TABS, strict=True):
            await at.press("ctrl+o", letter)
            assert at.place == name
            await at.press("escape")


PANES_IN_TABS = (
    "ticket",
    "orders",
    "positions",
    "fills",
    "account",
    "watch",
    "tape",
    "log",
)


async def test_help_lists_the_keys_of_the_focused_pane() -> None:
    async with trader() as at:
        await at.press("O", "question_mark")
        assert isinstance(at.app.screen, Help)
        page = at.app.screen.text().plain
        assert "exact" not in page
        assert "cancel or close of the line" in page
        await at.press("escape")
        assert at.place == "orders"


async def test_a_symbol_is_found_by_a_piece_of_its_name() -> None:
    async with trader() as at:
        await at.press("slash")
        await at.type("tuix")
        await at.press("enter")
        assert at.app.desk.symbol == "TUIX-USD"
        await at.press("less_than_sign")
        assert at.app.desk.symbol == "ETH-USDT-PERP"


async def test_the_theme_changes_live_by_key_and_by_word() -> None:
    async with trader() as at:
        await at.command("theme light")
        assert at.app.theme == "light"
        await at.press("f5")
        assert at.app.theme != "light"
        await at.command("theme mauve")
        assert "there is no theme 'mauve'; there are" in at.said


async def test_the_palette_knows_every_action_and_performs_it() -> None:
    async with trader() as at:
        await at.press("ctrl+p")
        await at.type("arm or disarm")
        await at.pilot.app.workers.wait_for_complete()
        await at.press("enter")
        await at.settle()
        assert at.app.desk.armed


async def test_a_terminal_that_is_too_small_gets_a_sentence_and_recovers() -> None:
    async with trader(size=(70, 20)) as at:
        sentence = str(at.app.trading.query_one("#too-small", Static).content)
        assert "70×20" in sentence
        assert "80×24" in sentence
        await at.pilot.resize_terminal(120, 40)
        await at.settle()
        assert not at.app.trading.has_class("-too-small")
        assert "price" in at.pane("ladder")


async def test_a_list_prepares_a_cancel_that_only_enter_sends() -> None:
    async with trader() as at:
        await at.command("b 0.5 at bid po")
        await at.press("O", "x")
        assert len(at.paper.session.working_orders()) == 1
        await at.press("enter")
        assert not at.paper.session.working_orders()


async def test_all_about_a_position_is_one_key_away() -> None:
    async with trader() as at:
        await at.command("mode isolated eth-usdt-perp; b 0.5 eth-usdt-perp")
        assert "ETH-USDT-PERP I" in at.pane("account")
        await at.press("P", "i")
        assert isinstance(at.app.screen, PositionScreen)
        assert "long 0.5 ETH-USDT-PERP" in text_of(at.app.screen.query_one(Static))
        await at.press("escape")
        assert at.place == "positions"
        await at.command("position")
        assert isinstance(at.app.screen, PositionScreen)


async def test_a_position_opens_the_ticket_that_would_close_it() -> None:
    async with trader() as at:
        await at.command("b 0.5")
        await at.press("P", "enter")
        line = at.app.trading.pane("ticket").form().line()
        assert line.startswith("sell 0.500 BTC-USDT at ")


async def test_a_fill_of_a_resting_order_is_told() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await at.command("b 0.01 at bid po")
        market.print("BTC-USDT", Side.SELL, CENTRES["BTC-USDT"] - 1, 10_000)
        await at.settle()
        assert at.said == "order #1 bought 0.010 BTC-USDT at 61,999.5"


async def test_maximise_gives_one_pane_the_screen_and_escape_gives_it_back() -> None:
    async with trader() as at:
        await at.press("z")
        assert at.app.trading.pane("ladder").size.width == 120
        assert not at.app.trading.pane("tape").display
        await at.press("escape")
        assert at.app.trading.pane("tape").display


async def test_a_hidden_pane_is_not_drawn() -> None:
    async with trader(size=(80, 24)) as at:
        log = at.app.trading.pane("log")
        assert not log.display
        await at.command("b 0.5")
        assert log._drawn == ()


async def test_a_market_without_instruments_shows_no_price_and_does_not_fail() -> None:
    paper = Paper()
    async with trader(paper=paper) as at:
        at.app.desk.symbol = ""
        await at.press("question_mark")
        await at.press("escape")
        assert at.app.desk.ready


async def test_what_is_typed_in_one_burst_behind_its_key_stays_together() -> None:
    async with trader() as at:
        for key, character in (("colon", ":"), ("b", "b"), ("space", " "), ("1", "1")):
            at.app.post_message(events.Key(key, character))
        await at.settle()
        assert at.app.screen.query_one("#command-input", Input).value == "b 1"


async def test_two_lines_typed_in_one_burst_are_two_lines_and_no_key_of_the_ladder() -> None:
    async with trader() as at:
        await at.press("A")
        for character in ":b 0.2 at bid-9t\r:s 0.1 at ask+9t\r:b":
            names = {"\r": "enter", ":": "colon", " ": "space"}
            key = names.get(character, character)
            at.app.post_message(events.Key(key, character))
        await at.settle()
        await at.settle()
        line = at.app.screen.query_one("#command-input", Input)
        assert line.value == "b"
        await at.press("escape")
        at.paper.run(1)
        orders = [order.side.value for order in at.paper.session.working_orders()]
        assert len(orders) == 1, "there is no BTC to sell: the second line was refused, as a line"


async def test_a_line_that_is_too_long_is_refused_and_not_cut() -> None:
    async with trader() as at:
        note = "x" * 250
        lines = "; ".join([f"b 0.1 at bid ~{note}"] * 9)
        await at.command(f"{lines}; s 0.5 at 65000 po")
        assert "2000" in at.said
        assert not at.paper.session.working_orders()


async def test_the_palette_prepares_a_change_of_feeds() -> None:
    async with trader() as at:
        await at.press("ctrl+p")
        await at.type("add a feed: okx")
        await at.pilot.app.workers.wait_for_complete()
        await at.press("enter")
        await at.settle()
        line = at.app.trading.query_one("#command-input", Input)
        assert line.value == "feed add okx "
        assert at.paper.session.feed.name == "simulated"
