"""A market that says nothing: quiet, or dead?"""

from engine.core.commands import Side
from feeds.messages import BookLost, FeedState, Trade
from tests.feeds.protocol.desk import PATIENCE_STEP_NS, trading
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import beating, booked, venues


@venues()
async def test_a_market_that_fell_silent_is_not_believed_until_it_is_back(
    speaker: Speaker,
) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        desk.server.mute = True
        desk.unheard(bids={"100.50": "7"})
        await desk.patiently(lambda: FeedState.STALE in desk.states())
        await desk.until(lambda: desk.count(BookLost) == 1 or desk.quoted)
        desk.server.mute = False
        await desk.patiently(desk.same_book)
        await desk.patiently(lambda: desk.state() is FeedState.LIVE)
        await desk.change(bids={"100.25": "1"})
        await desk.until(desk.same_book)


@venues()
async def test_a_dead_connection_is_made_anew(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        desk.server.mute = True
        desk.unheard(bids={"100.50": "7"})
        await desk.patiently(lambda: FeedState.DOWN in desk.states())
        desk.server.mute = False
        await desk.patiently(lambda: desk.state() is FeedState.LIVE and desk.same_book())
    assert desk.feed.health(desk.symbol).reconnects >= 1


@venues(booked)
async def test_a_market_that_is_merely_quiet_is_live_again_once_that_is_known(
    speaker: Speaker,
) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        asked = desk.server.asked
        stale_at_ns = desk.clock_ns + speaker.limits.stale_after_ns
        await desk.patiently(lambda: desk.clock_ns > stale_at_ns + 2 * PATIENCE_STEP_NS)
        await desk.patiently(lambda: desk.state() is FeedState.LIVE and desk.same_book())
        assert desk.server.asked > asked


@venues(beating)
async def test_heartbeats_keep_a_quiet_market_alive(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        until_ns = desk.clock_ns + 2 * speaker.limits.stale_after_ns
        while desk.clock_ns < until_ns:
            trades = desk.count(Trade)
            await desk.send(*speaker.heartbeat(), *speaker.trade("100.50", "1", Side.BUY))
            await desk.until(lambda trades=trades: desk.count(Trade) > trades)
            await desk.pass_some_time()
        await desk.until(desk.same_book)
    assert FeedState.STALE not in desk.states()
    assert desk.count(BookLost) == 0
