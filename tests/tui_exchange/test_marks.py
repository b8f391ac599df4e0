"""Marks in a session: told again while they stand, doubted when they do not come, lost with the
book; and nothing is liquidated without one."""

import asyncio
from pathlib import Path

from msgspec.structs import replace

from engine.clock import SystemClock
from engine.core.commands import (
    AdvanceTime,
    Command,
    Deposit,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetFundingRate,
    SetIndexSource,
    SetLeverage,
    SetMarginMode,
    SetPrice,
    Side,
)
from engine.core.events import LiquidationStarted, OracleChanged, OracleStatus
from engine.core.instruments import SECOND_NS
from engine.core.margin_terms import MarginMode
from engine.core.units import QUANTA_PER_UNIT
from feeds.messages import BookLost, FeedState, IndexPrice, MarkPrice, Message
from tests.feeds.binance import futures_frames
from tests.feeds.binance.speaker import BinanceUsdmSpeaker
from tests.feeds.protocol.desk import Desk, trading
from tests.tui_exchange.entered import Entered, instrument
from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import START_NS, Paper
from tui_exchange.markets import replayed
from tui_exchange.session import Session
from tui_exchange.settings import Margin, Settings

PERP = "BTC-USDT-PERP"
DAY_NS = 86_400 * SECOND_NS


def mark(at: Entered, price: str, symbol: str = PERP) -> MarkPrice:
    return MarkPrice(received_ns=at.now_ns, venue_ns=at.now_ns, symbol=symbol, price=price)


def index(at: Entered, price: str, symbol: str = PERP) -> IndexPrice:
    return IndexPrice(received_ns=at.now_ns, venue_ns=at.now_ns, symbol=symbol, price=price)


def sent(at: Entered, kind: type) -> list[Command]:
    return [each for each in at.commands if isinstance(each, kind)]


def hold(at: Entered, lots: int) -> None:
    """An isolated long of a hundred times its margin."""
    money = 100_000 * QUANTA_PER_UNIT
    at.submit(OpenAccount(account="ann"))
    at.submit(Deposit(account="ann", currency="USDT", amount_quanta=money))
    at.submit(SetMarginMode(account="ann", symbol=PERP, mode=MarginMode.ISOLATED))
    at.submit(SetLeverage(account="ann", symbol=PERP, leverage=100))
    at.submit(
        PlaceOrder(
            account="ann", symbol=PERP, side=Side.BUY, order_type=OrderType.MARKET, lots=lots
        )
    )
    assert at.exchange.stake("ann", PERP) is not None


def statuses(at: Entered, symbol: str = PERP) -> list[OracleStatus]:
    return [
        event.status
        for event in at.events
        if isinstance(event, OracleChanged) and event.symbol == symbol
    ]


def test_a_mark_that_stands_is_told_three_times_in_its_age_and_never_doubted() -> None:
    at = Entered()
    at.list(instrument(PERP))
    at.take(mark(at, "100"))
    for _ in range(60):
        at.now_ns += SECOND_NS
        at.take(mark(at, "100"))
        at.submit(AdvanceTime())
    assert len(sent(at, SetPrice)) == 1 + 60 // 10
    assert at.exchange.oracle(PERP).status is OracleStatus.OK
    assert statuses(at) == []


def test_without_marks_the_book_stands_in_and_without_a_book_nothing_is_liquidated() -> None:
    at = Entered()
    at.list(instrument(PERP))
    at.book(PERP, "99.9", "100.1")
    at.take(mark(at, "100"))
    hold(at, 5_000)
    at.now_ns += 40 * SECOND_NS
    at.submit(AdvanceTime())
    assert (at.exchange.oracle(PERP).status, at.news) == (OracleStatus.FALLBACK, [])
    at.now_ns += 6 * SECOND_NS
    at.submit(AdvanceTime())
    assert at.news == [f"the mark of {PERP} is too old: the middle of the book stands in, 100"]
    at.lose(PERP)
    at.now_ns += 5 * SECOND_NS
    at.submit(AdvanceTime())
    assert at.exchange.oracle(PERP).mark_ticks is None
    at.submit(SetFundingRate(symbol=PERP, rate_ppb=1_000_000))
    at.now_ns += 20 * DAY_NS
    at.submit(AdvanceTime())
    stake = at.exchange.stake("ann", PERP)
    assert stake is not None
    assert stake.equity_quanta < stake.maintenance_quanta
    assert not any(isinstance(event, LiquidationStarted) for event in at.events)
    alarm = f"ALARM: {PERP} has no mark price: nothing in it is liquidated until it has"
    assert at.news[1:] == [alarm]
    at.book(PERP, "99.9", "100.1")
    at.take(mark(at, "100"))
    assert at.news[2] == f"the mark of {PERP} is reliable again, 100"
    assert any(isinstance(event, LiquidationStarted) for event in at.events)


def test_what_does_not_last_or_concerns_nobody_is_not_told() -> None:
    at = Entered()
    at.list(instrument(PERP))
    at.book(PERP, "99.9", "100.1")
    at.now_ns += 60 * SECOND_NS
    at.submit(AdvanceTime())
    at.now_ns += 60 * SECOND_NS
    at.submit(AdvanceTime())
    at.take(mark(at, "100"))
    assert statuses(at) == [OracleStatus.FALLBACK, OracleStatus.OK]
    assert at.news == []


def test_spot_markets_of_other_venues_are_sources_of_the_index() -> None:
    at = Entered()
    at.list(instrument(PERP))
    at.take(index(at, "100"))
    for venue in ("two", "three"):
        at.list(instrument(f"BTC-USDT.{venue.upper()}", venue))
    at.list(instrument("ETH-USDT", "two"))
    at.take(index(at, "100.2"))
    at.book("BTC-USDT.TWO", "100.3", "100.5")
    at.book("BTC-USDT.THREE", "100.5", "100.7")
    standing = at.exchange.oracle(PERP)
    assert [(s.name, s.weight, s.price_ticks) for s in standing.sources] == [
        ("one", 2, 1_002),
        ("BTC-USDT.TWO", 1, 1_004),
        ("BTC-USDT.THREE", 1, 1_006),
    ]
    assert standing.index_ticks == 1_003
    assert standing.sources[1].confidence_ppm == 997
    at.book("BTC-USDT.TWO", "500", "501")
    assert len(sent(at, SetIndexSource)) == 3, "within a sample nothing more is stated"


def test_a_source_whose_feed_is_cut_counts_no_more() -> None:
    at = Entered()
    at.list(instrument(PERP))
    at.list(instrument("BTC-USDT.TWO", "two"))
    at.take(index(at, "100"))
    at.book("BTC-USDT.TWO", "105", "105.2")
    at.lose("BTC-USDT.TWO")
    for _ in range(40):
        at.now_ns += SECOND_NS
        at.take(index(at, "100"))
    assert [source.counts for source in at.exchange.oracle(PERP).sources] == [True, False]


def test_markets_of_another_time_are_no_sources() -> None:
    for at in (Entered(live=False), Entered(Margin(index="venue"))):
        at.list(instrument(PERP))
        at.list(instrument("BTC-USDT.TWO", "two"))
        at.take(index(at, "100"))
        assert at.exchange.oracle(PERP).sources == ()
        assert at.exchange.oracle(PERP).index_ticks == 1_000


def pass_on_others(paper: Paper, message: Message) -> None:
    if getattr(message, "symbol", PERP) != PERP:
        paper.session.take(message)


def test_a_simulated_market_that_is_cut_leaves_no_mark_and_an_alarm() -> None:
    margin = Margin(oracle_max_age_s=2, oracle_sample_s=1)
    paper = Paper(settings=replace(INSTANT, margin=margin))
    paper.run(2)
    paper.line("mode isolated; lev 100; b 0.1", PERP)
    assert paper.session.exchange.oracle(PERP).status is OracleStatus.OK
    paper.session.news.clear()
    paper.session.take(BookLost(received_ns=START_NS, symbol=PERP, text="cut"))
    paper.session.feed.pass_on = lambda message: pass_on_others(paper, message)
    paper.run(9)
    assert paper.session.exchange.oracle(PERP).status is OracleStatus.LOST
    assert sum(text.startswith(f"ALARM: {PERP} has no mark") for text in paper.session.news) == 1


def test_a_recording_without_marks_is_marked_by_its_book(shared_data: Path) -> None:
    recording = shared_data / "ws/binance_usdm/multi_20210722.jsonl.gz"
    market = replayed(Settings(), "binance-usdm", recording, SystemClock(), float("inf"))
    session = Session(Settings(), market)
    session.open()
    asyncio.run(session.feed.run())
    symbol = session.symbols[0]
    bid, ask = session.exchange.best_bid(symbol), session.exchange.best_ask(symbol)
    standing = session.exchange.oracle(symbol)
    assert standing.status is OracleStatus.FALLBACK
    assert bid is not None
    assert ask is not None
    assert standing.mark_ticks is not None
    assert abs(2 * standing.mark_ticks - bid[0] - ask[0]) < bid[0] // 100
    session.close()


async def test_a_live_venue_that_falls_silent_and_comes_back() -> None:
    at = Entered()
    told = 0

    def pump(desk: Desk) -> None:
        nonlocal told
        at.now_ns = max(at.now_ns, desk.clock_ns)
        fresh: list[Message] = desk.messages[told:]
        told += len(fresh)
        at.take(*fresh)
        at.submit(AdvanceTime())

    async def say(desk: Desk, price: str) -> None:
        seen = desk.count(MarkPrice)
        await desk.send(futures_frames.mark("BTCUSDT", price, price, "0.0001", 0).decode())
        await desk.until(lambda: desk.count(MarkPrice) > seen)
        pump(desk)

    async with trading(BinanceUsdmSpeaker()) as desk:
        await desk.live()
        pump(desk)
        await say(desk, "100.00")
        assert at.exchange.oracle(desk.symbol).status is OracleStatus.OK
        desk.server.mute = True
        desk.unheard(bids={"100.50": "7"})
        await desk.patiently(lambda: desk.count(BookLost) == 1)
        pump(desk)
        at.now_ns += 60 * SECOND_NS
        at.submit(AdvanceTime())
        assert at.exchange.oracle(desk.symbol).status is OracleStatus.LOST
        desk.server.mute = False
        await desk.patiently(lambda: desk.state() is FeedState.LIVE and desk.same_book())
        await say(desk, "100.00")
        assert at.exchange.oracle(desk.symbol).status is OracleStatus.OK
    assert statuses(at, desk.symbol)[-2:] == [OracleStatus.LOST, OracleStatus.OK]
