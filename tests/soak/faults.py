"""What goes wrong at venues, one function for each: it leaves the server well and the book known.

A fault may last: meanwhile the true book goes on changing unheard.
"""

from collections.abc import Awaitable, Callable, Mapping
from random import Random

from engine.core.commands import Side
from tests.feeds.protocol.speaker import Speaker
from tests.feeds.protocol.speakers import booked, checked
from tests.soak.mover import Mover
from tests.soak.pace import Pace
from tests.soak.server import RestartingServer

HUGE_BYTES = 5_000_000
HUGE_LEVELS_MAX = 40_000
"""As many as the deepest whole book has that a venue sends, Coinbase's."""
HUGE_ASK = 200
DAY_IS_OVER = 1001
NO_MESSAGE = '{"this":"is no message of any venue"}'


class Place:
    """One venue, its server, and how its book moves."""

    def __init__(self, name: str, speaker: Speaker, dice: Random, pace: Pace) -> None:
        self.name = name
        self.speaker = speaker
        self.dice = dice
        self.pace = pace
        self.mover = Mover(speaker, dice)
        self.server = RestartingServer(speaker, lambda: None)
        self.venue = speaker.venue("ws://127.0.0.1:1", "http://127.0.0.1:2", speaker.limits)

    def unheard(self) -> list[str]:
        """Change the true book; the frames, which nobody receives."""
        return self.speaker.change(*self.mover.drawn())

    async def tell(self) -> None:
        """Change the true book and tell it."""
        await self.server.say(self.unheard)

    async def pass_unheard(self, seconds: float) -> None:
        """Let time pass while the book changes."""
        for _ in range(4):
            await self.pace.wait(seconds / 4)
            self.unheard()


Fault = Callable[[Place], Awaitable[None]]


async def connection_lost(place: Place) -> None:
    """Cut without a word."""
    place.server.abort()
    place.unheard()


async def day_over(place: Place) -> None:
    """The venue ends connections after 24 hours."""
    await place.server.close(DAY_IS_OVER, "this connection is 24 hours old")


async def frames_lost(place: Place) -> None:
    """Some updates never arrive."""
    for _ in range(place.dice.randint(1, 5)):
        place.unheard()


async def frame_repeated(place: Place) -> None:
    """An update comes twice."""
    frames = place.unheard()
    await place.server.say(lambda: [*frames, *frames])


async def frames_swapped(place: Place) -> None:
    """Two updates come in the wrong order."""
    first = place.speaker.change(place.mover.one_side(Side.BUY), {})
    second = place.speaker.change({}, place.mover.one_side(Side.SELL))
    await place.server.say(lambda: [*second, *first])


async def checksum_wrong(place: Place) -> None:
    """An update states a checksum that is not the book's."""
    frames = place.speaker.corrupted(place.unheard())
    assert frames is not None
    await place.server.say(lambda: frames)


async def silence(place: Place) -> None:
    """Connections stay open, and nothing is said on them."""
    place.server.mute = True
    await place.pass_unheard(place.dice.uniform(5, 45))
    place.server.mute = False


async def slow_frames(place: Place) -> None:
    """Updates arrive byte by byte."""
    for _ in range(3):
        await place.server.say_slowly(place.unheard)


async def garbage(place: Place) -> None:
    """Frames cut in the middle, and what nobody knows, arrive beside the true ones."""
    for _ in range(5):
        frames = place.unheard()
        damaged = [frame[: place.dice.randrange(1, len(frame))] for frame in frames]
        await place.server.say(lambda told=(*damaged, NO_MESSAGE, *frames): told)


async def huge_snapshot(place: Place) -> None:
    """The next books are 5 MB long, or have as many levels as any book has."""
    speaker = place.speaker
    known = set(speaker.bids)
    speaker.huge_snapshot(HUGE_BYTES)
    added = [price for price in speaker.bids if price not in known]
    for price in added:
        del speaker.bids[price]
    asks = [f"{HUGE_ASK + number / 2:.2f}" for number in range(min(len(added), HUGE_LEVELS_MAX))]
    speaker.asks.update(dict.fromkeys(asks, "1"))
    place.server.abort()
    await place.pace.wait(10)
    await place.tell()
    for price in asks:
        speaker.asks.pop(price, None)
    if not added:
        speaker.huge_snapshot(0)
    place.server.abort()


async def snapshot_cut(place: Place) -> None:
    """The connection ends in the middle of a snapshot."""
    request = place.venue.snapshot_request(place.speaker.symbol)
    if request is None:
        place.server.cut_frame = True
    else:
        place.server.rest.cut = request.path
    place.server.abort()
    await place.pace.wait(5)
    place.server.cut_frame, place.server.rest.cut = False, ""


async def refusal(place: Place) -> None:
    """Subscriptions are refused for a while."""
    place.server.refusing = True
    place.server.abort()
    await place.pass_unheard(10)
    place.server.refusing = False


async def rest_failing(place: Place) -> None:
    """REST answers with errors for a while, and connections end."""
    place.server.rest_status = place.dice.choice((429, 500, 503))
    place.server.abort()
    await place.pass_unheard(10)
    place.server.rest_status = 200


async def restart(place: Place) -> None:
    """The server is away for a while."""
    await place.server.go()
    await place.pass_unheard(place.dice.uniform(1, 20))
    await place.server.come_back()


async def maintenance(place: Place) -> None:
    """What the venue announces, and then the end of connections."""
    await place.server.say(place.speaker.maintenance)
    place.unheard()
    place.server.abort()


FAULTS: Mapping[Fault, Callable[[Speaker], object]] = {
    connection_lost: lambda _: True,
    day_over: lambda _: True,
    frames_lost: lambda speaker: speaker.notices_loss,
    frame_repeated: lambda _: True,
    frames_swapped: lambda speaker: booked(speaker) and speaker.notices_loss,
    checksum_wrong: lambda speaker: booked(speaker) and checked(speaker),
    silence: lambda _: True,
    slow_frames: lambda _: True,
    garbage: lambda _: True,
    huge_snapshot: lambda speaker: booked(speaker) and not _whole(speaker),
    snapshot_cut: booked,
    refusal: lambda _: True,
    rest_failing: lambda _: True,
    restart: lambda _: True,
    maintenance: lambda speaker: speaker.maintenance(),
}
"""Each fault, and at which venues it can happen: what nobody could notice is not done to a book."""


def _whole(speaker: Speaker) -> bool:
    """Each message is the whole book, which no such venue makes long."""
    rule = speaker.venue("ws://127.0.0.1:1", "http://127.0.0.1:2", speaker.limits).sequence
    return rule is not None and rule.whole
