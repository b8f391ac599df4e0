"""Random faults in a running conversation, from a seed."""

from collections.abc import Awaitable, Callable
from random import Random

from feeds.messages import FeedState
from tests.feeds.protocol.desk import Desk

LEVELS_MAX = 8
"""A side; fewer than any venue shows."""
MUTE_TURNS_MAX = 40

Action = Callable[[], Awaitable[None]]


class Faults:
    """Changes the true book, tells it rightly or not, and disturbs the connection.

    Where a venue gives no means to notice that an update was lost, none is.
    """

    def __init__(self, desk: Desk, seed: int) -> None:
        self._desk = desk
        self._rng = Random(seed)
        rule = desk.feed.pipeline.venue.sequence
        assert rule is not None
        self._actions: list[tuple[Action, int]] = [
            (self._tell, 60),
            (self._repeat, 6),
            (self._garbage, 3),
            (self._cut, 2),
            (self._close, 2),
            (self._silence, 2),
        ]
        self._may_lose = rule.whole or desk.speaker.notices_loss
        if self._may_lose:
            self._actions += [(self._lose, 6), (self._swap, 6)]
        if desk.speaker.corrupted([]) is not None:
            self._actions += [(self._corrupt, 3)]

    async def disturb(self, turns: int) -> None:
        """So many things happen, well or badly."""
        actions, weights = zip(*self._actions, strict=True)
        for action in self._rng.choices(actions, weights, k=turns):
            await action()
            await self._desk.pass_some_time()

    async def settle(self) -> None:
        """From now on all is well: the feed must come to show the venue's book."""
        desk = self._desk
        desk.server.mute = False
        await self._tell()
        await desk.patiently(lambda: desk.state() is FeedState.LIVE)
        await self._tell()
        await desk.patiently(lambda: desk.state() is FeedState.LIVE and desk.same_book())

    def _change(self) -> tuple[dict[str, str], dict[str, str]]:
        """A level of one side: new, of another size, or gone."""
        buying = self._rng.random() < 0.5
        side = self._desk.speaker.bids if buying else self._desk.speaker.asks
        if len(side) >= LEVELS_MAX or (len(side) > 2 and self._rng.random() < 0.4):
            change = {self._rng.choice(sorted(side)): "0"}
        else:
            steps = self._rng.randrange(40)
            price = 100.5 - steps / 4 if buying else 101 + steps / 4
            change = {f"{price:.2f}": f"{self._rng.randrange(1, 99)}"}
        return (change, {}) if buying else ({}, change)

    def _untold(self) -> list[str]:
        return self._desk.unheard(*self._change())

    async def _tell(self) -> None:
        await self._desk.change(*self._change())

    async def _repeat(self) -> None:
        frames = self._untold()
        await self._desk.send(*frames, *frames)

    async def _lose(self) -> None:
        self._untold()

    async def _swap(self) -> None:
        first, second = self._untold(), self._untold()
        await self._desk.send(*second, *first)

    async def _corrupt(self) -> None:
        await self._desk.send(*(self._desk.speaker.corrupted(self._untold()) or ()))

    async def _garbage(self) -> None:
        length = self._rng.randrange(200)
        await self._desk.send(self._rng.randbytes(length).decode("latin1"))

    async def _cut(self) -> None:
        self._desk.server.abort()

    async def _close(self) -> None:
        await self._desk.server.close(1012, "restarting")

    async def _silence(self) -> None:
        """Nothing is sent for a while, though connections stay open."""
        self._desk.server.mute = True
        if self._may_lose:
            self._untold()
        for _ in range(self._rng.randrange(1, MUTE_TURNS_MAX)):
            await self._desk.pass_some_time()
        self._desk.server.mute = False
