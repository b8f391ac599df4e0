"""A short soak in this process, on a clock that moves in steps, and what it would complain of."""

import asyncio
from contextlib import suppress
from random import Random

import pytest

from engine.core.commands import Side
from feeds.exact_text import NUMBERS
from tests.feeds.protocol.speakers import SPEAKERS
from tests.soak.faults import FAULTS
from tests.soak.mover import Mover
from tests.soak.pace import NS, T0_NS, SteppedPace
from tests.soak.probes import Waits
from tests.soak.report import lines
from tests.soak.soak import Found, Soak
from tests.soak.venue_side import Activity, VenueSides

VENUES = ("binance", "coinbase", "kraken")
MARKET_S = 40
ACTIVITY = Activity(changes=2, faults=1 / 8, without=("huge_snapshot", "slow_frames"))


async def test_books_are_right_or_not_believed_whatever_goes_wrong() -> None:
    speakers = {name: SPEAKERS[name] for name in VENUES}
    pace = SteppedPace()
    venues = VenueSides(speakers, 3, pace, ACTIVITY)
    soak = Soak(venues, speakers, pace, 3)
    time = asyncio.create_task(pace.run())
    await soak.begin()
    session = soak.trader.session
    await session.start()
    await soak.run(lambda: pace.now_ns() > T0_NS + MARKET_S * NS)
    faults = await venues.faults()
    await session.stop()
    await venues.end()
    time.cancel()
    with suppress(asyncio.CancelledError):
        await time
    assert soak.found.wrong == []
    assert soak.found.checks >= len(VENUES)
    assert sum(faults.values()) > len(VENUES)
    assert any("books compared" in line for line in lines(soak, faults))


@pytest.fixture(params=SPEAKERS)
def mover(request: pytest.FixtureRequest) -> Mover:
    return Mover(SPEAKERS[request.param](), Random(5))


def test_a_wandering_book_never_crosses_and_never_empties(mover: Mover) -> None:
    speaker = mover.speaker
    for _ in range(200):
        speaker.change(*mover.drawn())
        if mover.booked:
            speaker.change(*mover.printed()[1])
            speaker.change(mover.one_side(Side.BUY), {})
        bids, asks = ([NUMBERS[price] for price in side] for side in (speaker.bids, speaker.asks))
        assert max(bids) < min(asks)
        assert len(set(bids)) == len(bids)


def test_every_fault_is_possible_somewhere() -> None:
    for fault, possible in FAULTS.items():
        assert any(possible(make()) for make in SPEAKERS.values()), fault.__name__


def test_growth_late_keys_and_wrong_books_are_complained_of() -> None:
    found = Found()
    assert found.complaints() == []
    found.wrong.append("kraken, LIVE: buy: 1 levels differ")
    found.memory.samples = [100_000_000] * 10 + [150_000_000] * 10
    found.keys = Waits()
    found.keys.add(90_000_000, 80_000_000)
    found.turns.add(900_000_000, 1_000_000)
    told = "\n".join(found.complaints())
    assert "1 levels differ" in told
    assert "memory grew from 100.0 to 150.0 MB" in told
    assert "1 key presses waited longer than 67 ms" in told
    assert "turns" not in told
