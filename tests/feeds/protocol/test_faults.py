"""After whatever faults, in whatever order, the feed shows the venue's book."""

from tests.feeds.protocol.desk import trading
from tests.feeds.protocol.faults import Faults
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import booked, venues

SEED = 1
TURNS = 40


@venues(booked)
async def test_random_faults_end_in_the_right_book(speaker: Speaker) -> None:
    async with trading(speaker) as desk:
        await desk.live()
        faults = Faults(desk, SEED)
        await faults.disturb(TURNS)
        await faults.settle()
