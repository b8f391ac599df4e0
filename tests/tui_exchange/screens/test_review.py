"""The review screens by keyboard: what each key does, alone and inside the workstation."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Protocol

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Static
from textual.worker import WorkerCancelled

from tests.tui_exchange.paper import Paper
from tests.tui_exchange.review.histories import OPENING, profile
from tests.tui_exchange.screens.trader import SLOW, text_of, trader
from tui_exchange.app import TradingApp
from tui_exchange.review.model import OPEN
from tui_exchange.review.opening import open_file, open_profile
from tui_exchange.review.source import ReviewSource
from tui_exchange.review_app import ReviewApp
from tui_exchange.screens.help import Help
from tui_exchange.screens.review import ReviewScreen
from tui_exchange.screens.review_trade import TradeScreen
from tui_exchange.settings import Terminal

SIZES = [(80, 24), (120, 40), (200, 60)]


class Reviewer:
    """Presses keys and reads the screen when all that they set off is done."""

    def __init__(self, app: ReviewApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Workers may set off workers: an open history is read next."""
        for _ in range(3):
            await self.pilot.pause()
            await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    def part(self, name: str) -> str:
        return text_of(self.app.screen.query_one(f"#review-{name}"))


@asynccontextmanager
async def reviewer(
    open_source: Callable[[], ReviewSource], size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Reviewer]:
    app = ReviewApp(open_source)
    async with app.run_test(size=size) as pilot:
        at = Reviewer(app, pilot)
        await at.settle()
        yield at


@pytest.fixture
def opener(tmp_path: Path) -> Callable[[], ReviewSource]:
    folder = profile(tmp_path)
    return lambda: open_profile(folder, OPENING)


async def test_equity_sums_and_trades_are_seen_at_once(
    opener: Callable[[], ReviewSource],
) -> None:
    async with reviewer(opener) as at:
        assert "1,000,000.88" in at.part("top")
        assert "net of wins / -net of losses" in at.part("top")
        assert at.part("trades").count("BTC-USDT-PERP") == 3
        assert "profile paper · me" in at.part("head")


async def test_a_filter_works_while_it_is_typed_and_the_sums_follow(
    opener: Callable[[], ReviewSource],
) -> None:
    async with reviewer(opener) as at:
        await at.press("slash")
        await at.type("side:short")
        assert "1 of 3" in at.part("trades")
        assert "-0.34 USDT" in at.part("top")
        await at.press("enter")
        assert "side:short · 1 of 3" in at.part("trades")
        await at.press("escape")
        assert "side:short" not in at.part("trades")


async def test_a_filter_that_makes_no_sense_is_explained_and_stays_to_be_corrected(
    opener: Callable[[], ReviewSource],
) -> None:
    async with reviewer(opener) as at:
        await at.press("slash")
        await at.type("nett>0")
        await at.press("enter")
        assert "did you mean net?" in at.part("foot")
        assert at.app.screen.query_one("#review-prompt").display
        await at.press("escape")
        assert at.part("trades").count("BTC-USDT-PERP") == 3


async def test_a_filter_that_nothing_passes_says_how_to_clear_it(
    opener: Callable[[], ReviewSource],
) -> None:
    async with reviewer(opener) as at:
        await at.press("slash")
        await at.type("doge")
        assert "escape clears it" in at.part("trades")


async def test_a_column_key_sorts_and_turns_around(opener: Callable[[], ReviewSource]) -> None:
    async with reviewer(opener) as at:
        await at.press("9")
        assert "9 net▼" in at.part("trades")
        assert at.part("trades").index("+0.88") < at.part("trades").index("-0.34")
        await at.press("9")
        assert at.part("trades").index("-0.34") < at.part("trades").index("+0.88")


async def test_enter_opens_one_trade_and_escape_comes_back(
    opener: Callable[[], ReviewSource],
) -> None:
    async with reviewer(opener) as at:
        await at.press("enter")
        assert isinstance(at.app.screen, TradeScreen)
        page = at.part("life")
        assert "amended" in page
        assert "would trade with 115.5" in page
        await at.press("right")
        assert "TRADE 2" in at.part("head")
        await at.press("escape")
        assert isinstance(at.app.screen, ReviewScreen)


async def test_a_note_and_a_tag_are_written_from_the_list_and_from_the_page(
    opener: Callable[[], ReviewSource],
) -> None:
    async with reviewer(opener) as at:
        await at.press("n")
        await at.type("patience")
        await at.press("enter", "t")
        await at.type("breakout")
        await at.press("enter")
        assert "#breakout patience" in at.part("trades")
        await at.press("enter", "t")
        await at.type("-breakout")
        await at.press("enter")
        assert "#breakout" not in at.part("life")
        assert "patience" in at.part("life")
        await at.press("escape")
        assert "#breakout" not in at.part("trades")


async def test_what_is_refused_is_said_at_the_foot(opener: Callable[[], ReviewSource]) -> None:
    async with reviewer(opener) as at:
        await at.press("t")
        await at.type("two words")
        await at.press("enter")
        assert "one word" in at.part("foot")


async def test_help_names_keys_filters_and_formulas(opener: Callable[[], ReviewSource]) -> None:
    async with reviewer(opener) as at:
        await at.press("question_mark")
        assert isinstance(at.app.screen, Help)
        text = str(at.app.screen.query_one(Static).content)
        assert "Sort by net" in text
        assert "held>5m" in text
        assert "expectancy: net of closed / closed" in text
        assert "Cancel every order" not in text


async def test_an_empty_history_names_what_fills_it(tmp_path: Path) -> None:
    Paper(tmp_path / "new").session.close()
    async with reviewer(lambda: open_profile(tmp_path / "new", OPENING)) as at:
        assert "no trades yet" in at.part("trades")
        assert "`tui-exchange`" in at.part("trades")


async def test_without_a_history_the_program_ends_with_the_sentence(tmp_path: Path) -> None:
    app = ReviewApp(lambda: open_file(tmp_path / "nothing.duckdb", OPENING))
    async with app.run_test() as pilot:
        # The program may end, and take its worker with it, before anybody has waited for it.
        with suppress(WorkerCancelled):
            await app.workers.wait_for_complete()
        await pilot.pause()
    assert "no history at" in str(app.failure)


async def test_inside_the_workstation_a_capital_r_shows_this_sessions_trades(
    tmp_path: Path,
) -> None:
    paper = Paper(tmp_path)
    paper.line("b 0.5 tag=dip")
    app = TradingApp(paper.session, SLOW, None, paper.clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("R")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        for _ in range(4):
            await app.workers.wait_for_complete()
            await pilot.pause()
        assert screen.trade is not None
        assert (screen.trade.state, screen.trade.tags) == (OPEN, ("dip",))
        await pilot.press("enter")
        await pilot.pause()
        # All but the head and the foot: a trade looks as it does in the review by itself.
        assert app.screen.query_one("#review-life").size.height == 40 - 1 - 2
        await pilot.press("escape", "escape")
        assert app.screen is app.trading
        await paper.session.stop()


async def test_a_session_that_keeps_nothing_says_so(tmp_path: Path) -> None:
    async with trader() as at:
        await at.pilot.press("R")
        await at.pilot.pause()
        screen = at.app.screen
        assert isinstance(screen, ReviewScreen)
        await at.app.workers.wait_for_complete()
        await at.pilot.pause()
        assert "keeps no history" in text_of(screen.query_one("#review-foot"))


class SnapCompare(Protocol):
    """The fixture of pytest-textual-snapshot."""

    def __call__(
        self,
        app: ReviewApp,
        *,
        terminal_size: tuple[int, int],
        run_before: Callable[[Pilot[None]], Awaitable[None]],
        press: Sequence[str] = (),
    ) -> bool: ...


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", [(), ("G", "enter")], ids=["list", "trade"])
def test_the_review_looks_as_it_did(
    snap_compare: SnapCompare,
    opener: Callable[[], ReviewSource],
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    app = ReviewApp(opener, Terminal(theme="light" if size == (120, 40) else "dark"))

    async def act(pilot: Pilot[None]) -> None:
        at = Reviewer(app, pilot)
        await at.settle()
        await at.press(*keys)

    assert snap_compare(app, terminal_size=size, run_before=act)
