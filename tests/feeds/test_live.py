"""The live feed against a server that speaks Binance's protocol over real sockets."""

import asyncio
import http
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from feeds.binance.venue import LIMITS, BinanceSpot
from feeds.live import LiveFeed
from feeds.messages import (
    BookLost,
    BookSnapshot,
    FeedState,
    InstrumentTerms,
    Message,
    Notice,
    StateChanged,
    Trade,
)
from feeds.recorder import Recorder
from feeds.venue import Limits
from feeds.verify import verify_file
from tests.feeds import frames
from tests.feeds.binance_server import BinanceServer

BTC = "BTC-USDT"
QUICK = replace(
    LIMITS,
    quiet_snapshot_after_ns=0,
    backoff_max_s=0.02,
    rest_interval_s=0.0,
    subscribes_per_s=1000.0,
    rest_timeout_s=5.0,
)
BOUND_S = 20.0


class Desk:
    """A running feed, its server, and everything that it delivered."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.looked = asyncio.Event()
        self.server = BinanceServer(self.looked.set, "BTCUSDT", "ETHUSDT")
        self.feed: LiveFeed

    def sink(self, message: Message) -> None:
        self.messages.append(message)
        self.looked.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(BOUND_S):
            while not condition():
                self.looked.clear()
                await self.looked.wait()

    def venue(self, limits: Limits) -> BinanceSpot:
        address = self.server.address
        return BinanceSpot(
            stream_url=f"ws://{address}/stream", rest_url=f"http://{address}", limits=limits
        )

    def state(self, symbol: str = BTC) -> FeedState:
        return self.feed.health(symbol).state

    def texts(self) -> str:
        told = [each.text for each in self.messages if isinstance(each, StateChanged | Notice)]
        return "\n".join(told)

    def count(self, kind: type) -> int:
        return sum(isinstance(message, kind) for message in self.messages)

    def same_book(self, symbol: str = BTC) -> bool:
        """Whether the feed shows exactly what the server has."""
        book, truth = self.feed.pipeline.book(symbol), self.server.books[symbol.replace("-", "")]
        return (
            book.update_id == truth.update_id
            and dict(book.bids.top()) == truth.bids
            and dict(book.asks.top()) == truth.asks
        )

    async def live(self) -> None:
        await self.until(lambda: self.state() is FeedState.LIVE and self.same_book())


@asynccontextmanager
async def trading(
    *symbols: str, limits: Limits = QUICK, recorder: Recorder | None = None
) -> AsyncIterator[Desk]:
    desk = Desk()
    async with desk.server:
        venue = desk.venue(limits)
        desk.feed = LiveFeed(venue, symbols or [BTC], desk.sink, recorder=recorder, rng=Random(1))
        running = asyncio.create_task(desk.feed.run())
        try:
            yield desk
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


async def test_terms_then_the_book_then_every_change() -> None:
    async with trading() as desk:
        await desk.live()
        await desk.server.change(bids={"100.50": "7"})
        await desk.server.change(bids={"100.50": "0", "98.00": "1"}, asks={"101.00": "9"})
        await desk.until(desk.same_book)
        await desk.server.send(frames.trade(5, "101.00", "1"))
        await desk.until(lambda: desk.count(Trade) == 1)
    kinds = [type(each) for each in desk.messages if not isinstance(each, StateChanged)]
    assert kinds[:2] == [InstrumentTerms, BookSnapshot]
    assert desk.server.subscribed == [
        ["btcusdt@depth@100ms", "btcusdt@trade", "btcusdt@bookTicker"]
    ]


async def test_a_gap_discards_the_book_and_fetches_it_again() -> None:
    async with trading() as desk:
        await desk.live()
        await desk.server.change(lose=True, bids={"100.50": "7"})
        await desk.server.change(bids={"98.00": "1"})
        await desk.live()
    health = desk.feed.health(BTC)
    assert (health.gaps, health.resyncs, desk.count(BookLost)) == (1, 1, 1)
    assert "updates 101 to 101 never arrived" in desk.texts()


async def test_a_snapshot_older_than_the_stream_is_fetched_again() -> None:
    async with trading() as desk:
        desk.server.snapshot_lag = 50
        await desk.until(lambda: desk.server.connections == 1 and bool(desk.server.subscribed))
        await desk.server.change(bids={"98.00": "1"})
        await desk.until(lambda: desk.server.requests["depth1000"] >= 2)
        assert desk.state() is FeedState.CATCHING_UP
        desk.server.snapshot_lag = 0
        await desk.live()
    assert desk.feed.health(BTC).gaps == 0


async def test_a_lost_connection_is_made_again_and_the_book_with_it() -> None:
    async with trading() as desk:
        await desk.live()
        desk.server.drop()
        await desk.until(lambda: desk.state() is FeedState.DOWN)
        await desk.server.change(bids={"97.00": "1"})
        await desk.live()
    assert desk.feed.health(BTC).reconnects == 1
    assert "lost 127.0.0.1" in desk.texts()
    assert len(desk.server.subscribed) == 2


async def test_a_bad_frame_is_left_out_and_the_market_goes_on() -> None:
    async with trading() as desk:
        await desk.live()
        await desk.server.send("{not json")
        await desk.server.send('{"e":"somethingNew","s":"BTCUSDT"}')
        await desk.server.change(bids={"98.00": "1"})
        await desk.until(desk.same_book)
    health = desk.feed.health(BTC)
    assert (health.bad_frames, health.gaps, desk.count(Notice)) == (2, 0, 2)


async def test_a_huge_frame_closes_the_connection_and_is_never_read() -> None:
    async with trading(limits=replace(QUICK, frame_bytes_max=10_000)) as desk:
        await desk.live()
        await desk.server.send(" " * 20_000)
        await desk.until(lambda: desk.feed.health(BTC).reconnects == 1)
        await desk.live()
    assert "a frame larger than is accepted" in desk.texts()
    assert desk.feed.health(BTC).bad_frames == 0


async def test_a_refused_subscription_is_told_in_the_venues_words() -> None:
    async with trading() as desk:
        desk.server.refuse_subscriptions = True
        await desk.until(lambda: "no such stream" in desk.feed.health(BTC).text)
        assert desk.state() is FeedState.DOWN


async def test_an_unknown_symbol_is_down_and_the_others_trade() -> None:
    async with trading("BTC-USDT", "NOPE-USDT") as desk:
        await desk.live()
        assert desk.state("NOPE-USDT") is FeedState.DOWN
        assert "Invalid symbol" in desk.feed.health("NOPE-USDT").text
    assert all("nope" not in stream for streams in desk.server.subscribed for stream in streams)


async def test_when_every_symbol_is_refused_the_feed_ends() -> None:
    desk = Desk()
    async with desk.server, asyncio.timeout(BOUND_S):
        feed = LiveFeed(desk.venue(QUICK), ["NOPE-USDT"], desk.sink)
        await feed.run()
    assert "Invalid symbol" in feed.health("NOPE-USDT").text


async def test_a_silent_market_that_the_venue_confirms_stays_live() -> None:
    limits = replace(QUICK, stale_after_ns=50_000_000, dead_after_ns=60_000_000_000)
    async with trading(limits=limits) as desk:
        await desk.until(lambda: "quiet market" in desk.feed.health(BTC).text)
        assert desk.state() is FeedState.LIVE
        assert desk.server.requests["depth5"] >= 1


async def test_a_silent_market_whose_book_moved_is_connected_anew() -> None:
    limits = replace(QUICK, stale_after_ns=50_000_000, dead_after_ns=800_000_000)
    async with trading(limits=limits) as desk:
        await desk.until(lambda: desk.count(BookSnapshot) == 1)
        await desk.server.change(lose=True, bids={"98.00": "1"})
        await desk.until(lambda: desk.feed.health(BTC).reconnects >= 1)
        await desk.until(desk.same_book)
    assert "connected, but silent" in desk.texts()


async def test_a_server_that_announces_its_end_is_left_at_once() -> None:
    async with trading() as desk:
        await desk.live()
        await desk.server.send('{"e":"serverShutdown","E":1770123456789}')
        await desk.until(lambda: len(desk.server.subscribed) == 2)
        await desk.live()
    assert "the venue is closing this connection" in desk.texts()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (http.HTTPStatus.TOO_MANY_REQUESTS, "asks us to slow down (HTTP 429)"),
        (http.HTTPStatus.BAD_GATEWAY, "answered HTTP 502"),
    ],
)
async def test_rest_that_fails_is_tried_again_and_told(status: http.HTTPStatus, words: str) -> None:
    async with trading() as desk:
        desk.server.rest_status = status
        await desk.until(lambda: words in desk.texts())
        desk.server.rest_status = http.HTTPStatus.OK
        await desk.live()
    assert "next try in 1 s" in desk.texts()


async def test_a_venue_that_is_not_there_is_named_in_plain_words() -> None:
    desk = Desk()
    async with desk.server:
        gone = desk.venue(QUICK)
    desk.feed = LiveFeed(gone, [BTC], desk.sink, rng=Random(1))
    running = asyncio.create_task(desk.feed.run())
    await desk.until(lambda: desk.feed.health(BTC).text.startswith("cannot reach"))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert desk.feed.health(BTC).text == (
        "cannot reach 127.0.0.1 (connection refused); next try in 1 s"
    )


async def test_two_markets_share_one_connection() -> None:
    async with trading("BTCUSDT", "ethusdt") as desk:
        await desk.until(lambda: desk.same_book(BTC) and desk.same_book("ETH-USDT"))
        await desk.server.change("ETHUSDT", asks={"101.00": "3"})
        await desk.until(lambda: desk.same_book("ETH-USDT"))
        assert desk.server.connections == 1
    assert desk.feed.symbols == (BTC, "ETH-USDT")


async def test_what_was_received_live_verifies_from_its_recording(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "live.zst")
    async with trading(recorder=recorder) as desk:
        await desk.live()
        for number in range(1, 20):
            await desk.server.change(bids={"98.00": str(number)})
        await desk.until(desk.same_book)
        shown = desk.feed.pipeline.book(BTC).bids.top()
    recorder.close()
    report = verify_file(recorder.path, "binance")[BTC]
    assert report["final"]["bids"] == json.loads(json.dumps(shown))
    assert (report["gaps"], report["bad_frames"]) == (0, 0)
    assert report["book_updates"] == 19


async def test_cancelling_ends_everything_at_once() -> None:
    async with trading() as desk:
        await desk.live()
    async with asyncio.timeout(BOUND_S):
        while len(asyncio.all_tasks()) > 1:
            await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})
    assert desk.server.connections == 0
