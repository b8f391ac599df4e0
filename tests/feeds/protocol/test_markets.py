"""Markets are added and dropped while others go on."""

from feeds.messages import BookLost, FeedState
from tests.feeds.protocol.desk import Desk, trading
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import venues


@venues()
async def test_a_market_is_added_beside_another_and_dropped_again(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        assert desk.feed.add(speaker.other) == speaker.other
        await desk.until(lambda: desk.state(speaker.other) is FeedState.LIVE)
        assert desk.quoted or desk.feed.pipeline.book(speaker.other).touch() != (None, None)
        await desk.change(bids={"100.50": "7"})
        await desk.until(desk.same_book)
        desk.feed.drop(speaker.other)
        await desk.change(bids={"100.50": "8"})
        await desk.until(desk.same_book)
    assert desk.feed.symbols == (speaker.symbol,)
    assert [each.symbol for each in desk.messages if isinstance(each, BookLost)] in (
        [speaker.other],
        [],
    )


@venues()
async def test_a_market_that_was_dropped_can_be_added_again(speaker: Speaker) -> None:
    async with trading(speaker, speaker.symbol, speaker.other) as desk:
        await desk.live()
        desk.feed.drop(speaker.symbol)
        desk.unheard(bids={"100.50": "7"})
        desk.feed.add(speaker.symbol)
        await desk.live()
        await desk.change(bids={"100.25": "8"})
        await desk.until(desk.same_book)
    assert desk.feed.health(speaker.other).reconnects == 0


@venues()
async def test_a_market_dropped_while_it_is_asked_for_takes_nothing_with_it(
    speaker: Speaker,
) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        for status in (503, 404, 200):
            desk.server.rest_status = status
            asked = desk.server.asked
            desk.feed.add(speaker.other)
            await desk.until(lambda asked=asked: desk.server.asked > asked)
            desk.feed.drop(speaker.other)
            desk.server.rest_status = 200
        await desk.change(bids={"100.50": "7"})
        await desk.until(desk.same_book)
    assert desk.feed.symbols == (speaker.symbol,)


@venues()
async def test_a_market_added_before_the_venue_can_be_reached_comes_with_the_others(
    speaker: Speaker,
) -> None:
    def away(desk: Desk) -> None:
        desk.server.rest_status = 503

    async with trading(speaker, prepare=away) as desk:
        await desk.until(lambda: desk.server.asked > 1)
        desk.feed.add(speaker.other)
        desk.server.rest_status = 200
        await desk.live()
        await desk.until(lambda: desk.state(speaker.other) is FeedState.LIVE)
