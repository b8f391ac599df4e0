"""What is Binance's own in a live conversation: books over REST, and their proof of silence."""

import pytest

from engine.core.commands import Side
from feeds.messages import (
    FeedState,
    FundingRate,
    IndexPrice,
    MarkPrice,
    Notice,
    OpenInterest,
    Trade,
)
from tests.feeds.binance import futures_frames
from tests.feeds.binance.speaker import (
    BinanceCoinmSpeaker,
    BinanceSpotSpeaker,
    BinanceUsdmSpeaker,
)
from tests.feeds.protocol.desk import trading

DEPTH = "/api/v3/depth"


async def test_a_snapshot_older_than_the_stream_is_fetched_again() -> None:
    speaker = BinanceSpotSpeaker()
    speaker.snapshot_lag = 50
    async with trading(speaker) as desk:
        await desk.until(lambda: bool(desk.server.received))
        await desk.change(bids={"98.00": "1"})
        await desk.until(lambda: desk.server.requests[DEPTH] >= 2)
        assert desk.state() is FeedState.CATCHING_UP
        speaker.snapshot_lag = 0
        await desk.live()
    assert desk.feed.health(desk.symbol).gaps == 0


async def test_a_silent_market_that_the_venue_confirms_stays_live() -> None:
    async with trading(BinanceSpotSpeaker()) as desk:
        await desk.live()
        await desk.patiently(lambda: "quiet market" in desk.feed.health(desk.symbol).text)
        assert desk.state() is FeedState.LIVE
        assert desk.feed.health(desk.symbol).reconnects == 0


async def test_a_silent_market_whose_book_moved_is_connected_anew() -> None:
    async with trading(BinanceSpotSpeaker()) as desk:
        await desk.live()
        desk.unheard(bids={"98.00": "1"})
        await desk.patiently(lambda: desk.feed.health(desk.symbol).reconnects >= 1)
        await desk.live()
    assert "connected, but silent" in desk.texts()


async def test_a_server_that_announces_its_end_is_left_at_once() -> None:
    speaker = BinanceSpotSpeaker()
    async with trading(speaker) as desk:
        await desk.live()
        await desk.send(*speaker.maintenance())
        await desk.until(lambda: len(desk.server.received) == 2)
        await desk.live()
    assert "the venue is closing this connection" in desk.texts()


@pytest.mark.parametrize(
    ("status", "words"),
    [(429, "asks us to slow down (HTTP 429)"), (502, "answered HTTP 502")],
)
async def test_a_book_that_cannot_be_fetched_is_tried_again_and_told(
    status: int, words: str
) -> None:
    async with trading(BinanceSpotSpeaker()) as desk:
        await desk.live()
        desk.server.rest_status = status
        desk.server.abort()
        await desk.until(lambda: words in desk.texts())
        desk.server.rest_status = 200
        await desk.live()
    assert "next try in 1 s" in desk.texts()


async def test_marks_and_funding_come_from_the_other_division_and_open_interest_is_asked() -> None:
    speaker = BinanceUsdmSpeaker()
    async with trading(speaker) as desk:
        await desk.live()
        await desk.until(lambda: desk.count(OpenInterest) == 1)
        await desk.send(futures_frames.mark("BTCUSDT", "100.1", "100.2", "0.0001", 1).decode())
        await desk.until(lambda: desk.count(FundingRate) == 1)
        assert desk.server.connections == 2
    assert (desk.count(MarkPrice), desk.count(IndexPrice)) == (1, 1)


async def test_the_loss_of_the_division_without_books_is_told_once_and_made_good() -> None:
    speaker = BinanceUsdmSpeaker()
    async with trading(speaker) as desk:
        await desk.live()
        await desk.until(lambda: len(desk.server.received) == 2)
        desk.server.abort("/market/stream")
        await desk.until(lambda: len(desk.server.received) == 3)
        await desk.send(*speaker.trade("100.50", "1", Side.BUY))
        await desk.until(lambda: desk.count(Trade) == 1)
        assert desk.state() is FeedState.LIVE
    assert desk.count(Notice) == 1
    assert "books go on without what binance-usdm streams there" in desk.texts()
    assert desk.feed.health(desk.symbol).reconnects == 0


async def test_metadata_of_many_instruments_is_fetched_once_for_all_that_are_wanted() -> None:
    speaker = BinanceCoinmSpeaker()
    async with trading(speaker, speaker.symbol, speaker.other) as desk:
        await desk.live()
        await desk.until(lambda: desk.state(speaker.other) is FeedState.LIVE)
    assert desk.server.requests["/dapi/v1/exchangeInfo"] == 1
