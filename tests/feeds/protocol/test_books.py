"""Whatever becomes of single frames, the book shown is the venue's, or it is not shown."""

import pytest

from engine.core.commands import Side
from feeds.exact_text import NUMBERS
from feeds.messages import BookLost, BookSnapshot, FeedState, InstrumentTerms, StateChanged, Trade
from tests.feeds.protocol.desk import trading
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import booked, checked, numbered, venues


@venues()
async def test_terms_come_first_then_the_book_then_every_change(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        await desk.change(bids={"100.50": "7"})
        await desk.until(desk.same_book)
        await desk.change(bids={"100.50": "0", "100.25": "1"}, asks={"101.00": "9"})
        await desk.until(desk.same_book)
    told = [each for each in desk.messages if not isinstance(each, StateChanged)]
    assert isinstance(told[0], InstrumentTerms)
    assert told[0].instrument.symbol == desk.symbol
    health = desk.feed.health(desk.symbol)
    assert (health.gaps, health.bad_frames, desk.count(BookLost)) == (0, 0, 0)


@venues()
@pytest.mark.parametrize("side", list(Side))
async def test_a_trade_is_told_once_with_its_aggressor(speaker: Speaker, side: Side) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        first = speaker.trade("100.50", "2", side)
        await desk.send(*first, *first, *speaker.trade("100.75", "3", side))
        await desk.until(lambda: desk.count(Trade) >= 2)
    trades = [each for each in desk.messages if isinstance(each, Trade)]
    assert [(NUMBERS[each.price], NUMBERS[each.size]) for each in trades] == [
        (NUMBERS["100.50"], NUMBERS["2"]),
        (NUMBERS["100.75"], NUMBERS["3"]),
    ]
    assert {each.side for each in trades} == {side}


@venues(booked)
async def test_a_lost_update_is_noticed_and_the_book_comes_anew(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        desk.unheard(bids={"100.50": "7"})
        await desk.change(bids={"98.00": "1"})
        if speaker.notices_loss:
            await desk.until(lambda: desk.count(BookLost) == 1)
            await desk.live()
            health = desk.feed.health(desk.symbol)
            assert health.gaps + health.checksum_failures == 1
            assert health.resyncs == 1
        await desk.change(bids={"100.50": "0"})
        await desk.until(desk.same_book)
    assert FeedState.LIVE in desk.states()


@venues(booked)
async def test_repeated_updates_end_in_the_right_book(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        frames = desk.unheard(bids={"100.50": "7"})
        await desk.send(*frames, *frames)
        await desk.change(asks={"101.00": "0"})
        await desk.until(desk.same_book)
        await desk.send(*frames)
        await desk.change(asks={"102.00": "5"})
        await desk.live()


@venues(numbered)
async def test_a_repeated_update_changes_nothing(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        frames = desk.unheard(bids={"100.50": "7"})
        await desk.send(*frames, *frames)
        await desk.change(asks={"101.00": "0"})
        await desk.send(*frames)
        await desk.change(asks={"102.00": "5"})
        await desk.until(desk.same_book)
    health = desk.feed.health(desk.symbol)
    assert (health.gaps, health.crossed, desk.count(BookLost)) == (0, 0, 0)


@venues(booked)
async def test_updates_in_the_wrong_order_end_in_the_right_book(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        first = desk.unheard(bids={"100.50": "7"})
        second = desk.unheard(asks={"102.00": "8"})
        await desk.send(*second, *first)
        await desk.until(desk.same_book)
        await desk.change(bids={"100.25": "1"})
        await desk.live()


@venues(checked)
async def test_a_wrong_checksum_discards_the_book_until_it_comes_anew(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        frames = speaker.corrupted(desk.unheard(bids={"100.50": "7"}))
        assert frames is not None
        await desk.send(*frames)
        await desk.until(lambda: desk.count(BookLost) == 1)
        await desk.live()
    assert desk.feed.health(desk.symbol).checksum_failures == 1
    assert desk.count(BookSnapshot) == 2


@venues()
async def test_what_cannot_be_read_changes_nothing(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        await desk.send("{not json", '{"this":"is no message of any venue"}')
        await desk.change(bids={"100.50": "1"})
        await desk.until(desk.same_book)
    health = desk.feed.health(desk.symbol)
    assert (health.bad_frames, health.gaps, desk.count(BookLost)) == (2, 0, 0)


@venues()
async def test_frames_that_arrive_byte_by_byte_are_read(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        await desk.server.say_slowly(lambda: speaker.change({"100.50": "7"}, {}))
        await desk.until(desk.same_book)


@venues(booked)
async def test_a_book_of_five_megabytes_is_taken_whole(speaker: Speaker) -> None:
    speaker.huge_snapshot(5_000_000)
    async with trading(speaker) as desk:
        await desk.live()
        await desk.change(bids={"100.50": "7"})
        await desk.until(desk.same_book)
    assert desk.feed.health(desk.symbol).reconnects == 0
