"""The feeds pane: how each subscription stands, and what a trader can do about it."""

from textual.widgets import Input

from tests.tui_exchange.screens.live_venues import SILENT, SKEWED, WELL, troubled
from tests.tui_exchange.screens.still_market import StillMarket
from tests.tui_exchange.screens.trader import trader

HEADER = "symbol venue state age late msg/s gaps resync sums reconn bad bytes"


async def test_each_line_says_how_a_market_stands_and_the_title_how_many_do_not() -> None:
    market = StillMarket()
    troubled(market)
    async with trader(size=(160, 40), paper=market) as at:
        await at.press("E")
        title, header, *lines = [" ".join(line.split()) for line in at.pane("feeds").splitlines()]
        said = {line.split()[0]: line for line in lines if line}
        assert title.endswith("1 not live")
        assert header == HEADER
        assert said[WELL] == f"{WELL} still LIVE 0.0s 42 ms 0 0 0 0 0 0 48 MB"
        assert said[SILENT] == (f"{SILENT} okx STALE 14s 0 3 3 1 4 5 9,500 B")
        assert "3,080 ms!" in said[SKEWED]
        assert lines[3:5] == [
            f"{SILENT}: no message for 14 s; asking the venue",
            f"{SKEWED}: this machine's clock is 3.0 s ahead of the venue's",
        ]


async def test_the_sentence_of_the_line_at_the_cursor_stands_first() -> None:
    market = StillMarket()
    troubled(market)
    async with trader(size=(80, 24), paper=market) as at:
        await at.press("E")
        wrapped = at.pane("feeds").splitlines()[5:]
        assert wrapped[:2] == [" ETH-USDT: no message for 14 s;", " asking the venue"]
        await at.press("end")
        assert at.pane("feeds").splitlines()[5].startswith(f" {SKEWED}: this machine's")


async def test_a_line_leads_to_its_market_and_prepares_its_end() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await at.press("E", "down", "enter")
        assert at.app.desk.symbol == SILENT
        await at.press("E", "end", "x")
        line = at.app.trading.query_one("#command-input", Input)
        assert at.app.focused is line
        assert line.value == f"unwatch {SKEWED}"
        assert SKEWED in market.session.symbols


async def test_where_nothing_is_carried_the_pane_says_what_to_type() -> None:
    market = StillMarket()
    async with trader(paper=market) as at:
        await at.press("E")
        await at.command("feed drop still")
        assert ":feed add binance BTC-USDT" in at.pane("feeds")
