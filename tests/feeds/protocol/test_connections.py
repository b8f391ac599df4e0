"""Connections that fail, end or are refused, and venues that are away for a while."""

from feeds.messages import BookLost, FeedState, Notice
from tests.feeds.protocol.desk import Desk, trading
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import announcing, booked, venues


@venues()
async def test_a_refused_subscription_is_down_and_says_why(speaker: Speaker) -> None:
    def refuse(desk: Desk) -> None:
        desk.server.refusing = True

    async with trading(speaker, prepare=refuse) as desk:
        await desk.until(lambda: desk.state() is FeedState.DOWN and desk.count(Notice) > 0)
        await desk.until(lambda: "refuse" in desk.feed.health(desk.symbol).text)


@venues(booked)
async def test_a_connection_lost_in_the_middle_of_a_snapshot_leaves_nothing_half_known(
    speaker: Speaker,
) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        request = desk.feed.pipeline.venue.snapshot_request(desk.symbol)
        if request is None:
            desk.server.cut_frame = True
        else:
            desk.server.rest.cut = request.path
        desk.server.abort()
        desk.unheard(bids={"97.00": "1"})
        await desk.until(lambda: not (desk.server.cut_frame or desk.server.rest.cut))
        await desk.live()
    assert desk.count(BookLost) == 1
    assert desk.feed.health(desk.symbol).bad_frames == 0


@venues()
async def test_a_connection_that_the_venue_ends_after_a_day_is_made_anew(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        await desk.server.close(1001, "this connection is 24 hours old")
        await desk.until(lambda: desk.state() is FeedState.DOWN)
        desk.unheard(bids={"97.00": "1"} if not desk.quoted else {"100.50": "1"})
        await desk.live()
    assert desk.feed.health(desk.symbol).reconnects == 1
    assert "lost 127.0.0.1" in desk.texts()


@venues(announcing)
async def test_announced_maintenance_is_told_and_lived_through(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        await desk.send(*speaker.maintenance())
        await desk.until(lambda: desk.count(Notice) > 0)
        desk.unheard(bids={"97.00": "1"})
        desk.server.abort()
        await desk.live()
    assert desk.feed.health(desk.symbol).bad_frames == 0


@venues()
async def test_terms_that_cannot_be_had_for_a_while_are_asked_for_again(speaker: Speaker) -> None:
    def unavailable(desk: Desk) -> None:
        desk.server.rest_status = 503

    async with trading(speaker, prepare=unavailable) as desk:
        await desk.until(lambda: "HTTP 503" in desk.texts())
        assert desk.server.connections == 0
        desk.server.rest_status = 200
        await desk.live()
    assert "next try in 1 s" in desk.texts()
