"""Feeds and symbols come and go by words, while the session runs."""

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.core.commands import ListInstrument, MirrorTrade, Side
from feeds.simulated import LISTINGS
from feeds.simulated.feed import SimulatedFeed
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import Paper
from tui_exchange.keeping import Keeping
from tui_exchange.markets import live
from tui_exchange.session import Session
from tui_exchange.settings import Journal
from tui_exchange.views import FeedState


@pytest.fixture
def paper() -> Iterator[Paper]:
    paper = Paper()
    yield paper
    paper.session.close()


def refused(paper: Paper, line: str) -> str:
    outcome = paper.session.run_line(line, "BTC-USDT")
    assert not outcome.ok
    return outcome.messages[-1]


def test_a_venue_is_added_beside_the_simulated_market(paper: Paper) -> None:
    (told,) = paper.line("feed add binance btc-usdt SOLUSDT")
    assert told == "binance is carried: BTC-USDT.BINANCE, SOL-USDT"
    assert paper.session.feed.symbols[-2:] == ("BTC-USDT.BINANCE", "SOL-USDT")
    assert "live binance prices: BTC-USDT, SOL-USDT" in paper.session.headline
    states = {view.symbol: view.state for view in paper.session.feeds()}
    assert states["BTC-USDT.BINANCE"] is FeedState.DOWN
    assert states["BTC-USDT"] is FeedState.LIVE


def test_a_position_of_yesterday_never_becomes_another_venues(tmp_path: Path) -> None:
    simulated_day = Paper(tmp_path)
    simulated_day.line("b 0.1")
    simulated_day.session.close()
    keeping = Keeping(tmp_path, Journal())
    market = live(INSTANT, "binance", ["BTC-USDT", "ETH-USDT"])
    session = Session(INSTANT, market, keeping)
    session.open()
    assert session.feed.symbols == ("BTC-USDT.BINANCE", "ETH-USDT")
    (position,) = session.positions()
    assert position.symbol == "BTC-USDT"
    assert session.quote("BTC-USDT").feed is FeedState.DOWN
    session.close()


def test_the_simulated_market_never_opens_at_another_venues_price() -> None:
    session = Session(INSTANT, live(INSTANT, "binance", ["BTC-USDT"]))
    session.open()
    terms = replace(LISTINGS[0].instrument, venue="binance", tick_size=Decimal("0.01"))
    session.submit(ListInstrument(instrument=terms))
    session.submit(MirrorTrade(symbol=terms.symbol, side=Side.BUY, price_ticks=6_200_000, lots=1))
    session.run_line("feed use simulated", "BTC-USDT")
    (feed,) = session.feed.feeds
    assert isinstance(feed, SimulatedFeed)
    feed.open()
    best = session.exchange.best_bid("BTC-USDT.SIMULATED")
    assert best is not None
    assert best[0] < 2 * LISTINGS[0].opening_ticks
    session.close()


def test_more_markets_of_a_venue_are_watched_and_given_up(paper: Paper) -> None:
    paper.line("feed add binance SOL-USDT")
    assert paper.line("watch xrp-usdt") == ("XRP-USDT of binance: asked for",)
    assert paper.session.feed.symbols[-2:] == ("SOL-USDT", "XRP-USDT")
    assert paper.line("unwatch SOL-USDT") == ("dropped: SOL-USDT",)
    assert paper.session.feed.symbols[-1] == "XRP-USDT"
    paper.line("feed drop binance")
    assert "binance" not in paper.session.feed.name


def test_a_name_with_its_venue_is_watched_there_and_nowhere_else(paper: Paper) -> None:
    paper.line("feed add binance SOL-USDT")
    paper.line("feed add okx XRP-USDT")
    assert paper.line("watch BTC-USDT.OKX") == ("BTC-USDT.OKX of okx: asked for",)
    assert paper.session.feed.symbols[-3:] == ("SOL-USDT", "XRP-USDT", "BTC-USDT.OKX")
    assert "`feed add kraken BTC-USD`" in refused(paper, "watch btc-usd.kraken")


def test_one_venue_takes_the_place_of_all_and_what_is_held_is_told(paper: Paper) -> None:
    paper.line("b 0.1")
    (told,) = paper.line("feed use binance SOL-USDT")
    assert told == "binance is carried: SOL-USDT; simulated is dropped"
    assert paper.session.headline == "PAPER, live binance prices: SOL-USDT"
    assert paper.session.quote("BTC-USDT").feed is FeedState.DOWN
    assert "no live prices" in refused(paper, "b 0.1")
    (_, held) = paper.line("feed drop binance")
    assert "BTC-USDT" in held
    assert paper.session.headline == "PAPER, no market"


def test_reference_prices_stand_beside_the_markets(
    paper: Paper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path))
    before = paper.session.feed.symbols
    paper.line("feed add coingecko")
    assert paper.session.feed.symbols == before
    assert "coingecko: reference prices" in paper.line("feed")
    assert "asked already" in refused(paper, "feed add coingecko")
    paper.line("feed drop coingecko")
    assert "coingecko" not in paper.session.headline


@pytest.mark.parametrize("line", ["feed add alpaca AAPL", "feed add fx EUR-USD"])
def test_a_source_without_its_key_says_how_to_give_it(
    paper: Paper, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ALPACA_KEY", "ALPACA_SECRET", "FINNHUB_KEY", "FCS_KEY", "FIXER_KEY"):
        monkeypatch.delenv(f"TUI_EXCHANGE_{name}", raising=False)
    assert "credentials set" in refused(paper, line)


def test_the_list_names_feeds_and_venues(paper: Paper) -> None:
    first, venues = paper.line("feed")
    assert first.startswith("simulated: BTC-USDT")
    assert "binance" in venues


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("feed add binanse BTC-USDT", "binance"),
        ("feed add binance", "name the markets"),
        ("feed add binance x", "no quote asset"),
        ("feed drop okx", "carried: BTC-USDT"),
        ("feed remove okx", "add, use or drop"),
        ("watch SOL-USDT", "does not list"),
        ("unwatch", "symbols"),
        ("unwatch SOL-USDT", "no feed carries"),
        ("feed add simulated", "name markets to add"),
    ],
)
def test_a_word_that_makes_no_sense_says_what_would(paper: Paper, line: str, sentence: str) -> None:
    before = paper.session.feed.symbols
    assert sentence in refused(paper, line)
    assert paper.session.feed.symbols == before


def test_a_live_market_takes_no_word_of_a_replay(paper: Paper) -> None:
    paper.line("feed use binance SOL-USDT")
    assert "this market is live" in refused(paper, "pause")
    assert "name the instrument" in refused(paper, "resume")


async def test_a_venue_taken_in_after_all_feeds_have_ended_runs(paper: Paper) -> None:
    async def end() -> None:
        return

    paper.feed.run = end  # type: ignore[method-assign]
    await paper.session.start()
    await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "feed"])
    paper.line("feed use simulated")
    before = paper.session.exchange.seq
    async with asyncio.timeout(10):
        while paper.session.exchange.seq < before + 20:
            await asyncio.sleep(0)
    await paper.session.stop()
