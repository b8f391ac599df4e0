"""The venues of a soak: each moves its book, trades and errs by itself until it is held."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from random import Random

import msgspec

from tests.feeds.protocol.speaker import Speaker
from tests.soak.faults import FAULTS, Place
from tests.soak.pace import Pace

SETTLING = 2
"""Changes that are told before the true book is named: the first shows what was lost before."""


class Truth(msgspec.Struct, frozen=True):
    """A venue's true book, of one market."""

    bids: dict[str, str]
    asks: dict[str, str]


class Address(msgspec.Struct, frozen=True):
    """Where a venue is."""

    ws_url: str
    rest_url: str


class Activity(msgspec.Struct, frozen=True, kw_only=True):
    """How much happens at each venue, per second of the market's time.

    Attributes:
        changes: Of the book.
        prints: At the touch.
        faults: Of any kind.
        without: Names of faults that are left out.
    """

    changes: float = 4.0
    prints: float = 0.5
    faults: float = 1 / 60
    without: tuple[str, ...] = ()


class VenueSide:
    """Serves one venue and drives it."""

    def __init__(
        self, name: str, speaker: Speaker, dice: Random, pace: Pace, activity: Activity
    ) -> None:
        self.place = Place(name, speaker, dice, pace)
        self.faults: Counter[str] = Counter()
        self._activity = activity
        self._turn = asyncio.Lock()
        possible = [fault for fault, at in FAULTS.items() if at(type(speaker)())]
        self._possible = [each for each in possible if each.__name__ not in activity.without]

    @property
    def address(self) -> Address:
        """Where it listens."""
        server = self.place.server
        return Address(server.url, server.rest.url)

    async def run(self) -> None:
        """Change, trade, beat and err until cancelled."""
        dice, activity, place = self.place.dice, self._activity, self.place
        rates = (activity.changes, activity.prints, activity.faults, 0.2)
        does = (place.tell, self._print, self._err, self._beat)
        while True:
            await place.pace.wait(dice.expovariate(sum(rates)))
            async with self._turn:
                await dice.choices(does, rates)[0]()

    async def hold(self) -> Truth:
        """Let nothing more happen, tell what is true, and name it."""
        await self._turn.acquire()
        for _ in range(SETTLING):
            await self.place.tell()
        return Truth(dict(self.place.speaker.bids), dict(self.place.speaker.asks))

    def release(self) -> None:
        """Go on."""
        self._turn.release()

    async def _print(self) -> None:
        place = self.place
        if place.mover.booked:
            frames, changes = place.mover.printed()
            if frames:
                await place.server.say(lambda: [*frames, *place.speaker.change(*changes)])

    async def _beat(self) -> None:
        await self.place.server.say(self.place.speaker.heartbeat)

    async def _err(self) -> None:
        fault = self.place.dice.choice(self._possible)
        self.faults[fault.__name__] += 1
        await fault(self.place)


class VenueSides:
    """All venues of a soak in this process."""

    def __init__(
        self,
        speakers: Mapping[str, Callable[[], Speaker]],
        seed: int,
        pace: Pace,
        activity: Activity,
    ) -> None:
        self.sides = {
            name: VenueSide(name, make(), Random(f"{seed} {name}"), pace, activity)
            for name, make in speakers.items()
        }
        self._stack = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []

    async def begin(self) -> dict[str, Address]:
        """Serve, and say where."""
        for side in self.sides.values():
            await self._stack.enter_async_context(side.place.server)
        self._tasks = [asyncio.create_task(side.run()) for side in self.sides.values()]
        return {name: side.address for name, side in self.sides.items()}

    async def hold(self, name: str) -> Truth:
        """Let nothing more happen at a venue; its true book."""
        self._check()
        return await self.sides[name].hold()

    async def release(self, name: str) -> None:
        """Let a venue go on."""
        self.sides[name].release()

    async def faults(self) -> dict[str, int]:
        """How many of each kind there were so far."""
        return dict(sum((side.faults for side in self.sides.values()), Counter[str]()))

    async def end(self) -> None:
        """Serve no more."""
        await _cancelled(self._tasks)
        self._check()
        await self._stack.aclose()

    def _check(self) -> None:
        """Fail when a venue has: that is the soak's own defect."""
        for task in self._tasks:
            if task.done() and not task.cancelled():
                task.result()


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def as_line(message: object) -> bytes:
    """A message between the processes of a soak."""
    return json.dumps(msgspec.to_builtins(message)).encode() + b"\n"
