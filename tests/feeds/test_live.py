"""What the live feed does for every venue alike; Binance's protocol is spoken here."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

from feeds.live import LiveFeed
from feeds.messages import FeedState, Notice
from feeds.recorder import Recorder
from feeds.venue import Limits
from feeds.verify import verify_file
from tests.feeds.binance.speaker import BinanceSpotSpeaker
from tests.feeds.protocol.desk import BOUND_S, Desk, quick, trading

BTC, ETH = "BTC-USDT", "ETH-USDT"


async def test_a_kind_of_bad_frame_is_told_once_and_the_market_goes_on() -> None:
    async with trading(BinanceSpotSpeaker()) as desk:
        await desk.live()
        await desk.send("{not json", "{not json", '{"e":"somethingNew","s":"BTCUSDT"}')
        await desk.change(bids={"98.00": "1"})
        await desk.until(desk.same_book)
    health = desk.feed.health(BTC)
    assert (health.bad_frames, health.gaps, desk.count(Notice)) == (3, 0, 2)


async def test_a_huge_frame_closes_the_connection_and_is_never_read() -> None:
    def small(limits: Limits) -> Limits:
        return replace(quick(limits), frame_bytes_max=10_000)

    async with trading(BinanceSpotSpeaker(), limits=small) as desk:
        await desk.live()
        await desk.send(" " * 20_000)
        await desk.until(lambda: desk.feed.health(BTC).reconnects == 1)
        await desk.live()
    assert "a frame larger than is accepted" in desk.texts()
    assert desk.feed.health(BTC).bad_frames == 0


async def test_an_unknown_symbol_is_down_and_the_others_trade() -> None:
    async with trading(BinanceSpotSpeaker(), BTC, "NOPE-USDT") as desk:
        await desk.live()
        assert desk.state("NOPE-USDT") is FeedState.DOWN
        assert "Invalid symbol" in desk.feed.health("NOPE-USDT").text
    assert "nope" not in "".join(desk.server.received)


async def test_when_every_symbol_is_refused_the_feed_ends() -> None:
    desk = Desk(BinanceSpotSpeaker())
    async with desk.server as server, asyncio.timeout(BOUND_S):
        venue = desk.speaker.venue(server.url, server.rest.url, quick(desk.speaker.limits))
        feed = LiveFeed(venue, ["NOPE-USDT"], desk.sink, wait=desk.wait)
        await feed.run()
    assert "Invalid symbol" in feed.health("NOPE-USDT").text


async def test_a_venue_that_is_not_there_is_named_in_plain_words() -> None:
    desk = Desk(BinanceSpotSpeaker())
    async with desk.server as server:
        gone = desk.speaker.venue(server.url, server.rest.url, quick(desk.speaker.limits))
    desk.feed = LiveFeed(gone, [BTC], desk.sink, rng=Random(1), wait=desk.wait)
    running = asyncio.create_task(desk.feed.run())
    await desk.until(lambda: desk.feed.health(BTC).text.startswith("cannot reach"))
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert desk.feed.health(BTC).text == (
        "cannot reach 127.0.0.1 (connection refused); next try in 1 s"
    )


async def test_two_markets_share_one_connection() -> None:
    async with trading(BinanceSpotSpeaker(), "BTCUSDT", "ethusdt") as desk:
        await desk.live()
        await desk.until(lambda: desk.state(ETH) is FeedState.LIVE)
        assert desk.server.connections == 1
    assert desk.feed.symbols == (BTC, ETH)


async def test_what_was_received_live_verifies_from_its_recording(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "live.zst")
    async with trading(BinanceSpotSpeaker(), recorder=recorder) as desk:
        await desk.live()
        for number in range(1, 20):
            await desk.change(bids={"98.00": str(number)})
        await desk.until(desk.same_book)
        shown = desk.feed.pipeline.book(BTC).bids.top()
    recorder.close()
    report = verify_file(recorder.path, "binance")[BTC]
    assert report["final"]["bids"] == json.loads(json.dumps(shown))
    assert (report["gaps"], report["bad_frames"]) == (0, 0)
    assert report["book_updates"] == 19


async def test_cancelling_ends_everything_at_once() -> None:
    async with trading(BinanceSpotSpeaker()) as desk:
        await desk.live()
    async with asyncio.timeout(BOUND_S):
        while len(asyncio.all_tasks()) > 1:
            await asyncio.wait(asyncio.all_tasks() - {asyncio.current_task()})
    assert desk.server.connections == 0
