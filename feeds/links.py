"""One venue's connections: most have one, some spread their streams over several addresses."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from random import Random

from feeds.connection import Connection, Wait
from feeds.venue import Limits, Subscription

Opened = Callable[["Link"], Iterable[Subscription]]
Arrived = Callable[["Link", bytes], None]
ArrivedLong = Callable[["Link", bytes], Awaitable[None]]
Wanted = Callable[["Link"], bool]
LOOK_S = 0.5
"""Between two looks at whether a connection that nobody wants is wanted again."""
Closed = Callable[["Link", str], None]


class Link:
    """One connection, and which markets' books it carries.

    Attributes:
        symbols: Ours, whose books it carries while it is open.
        open: Frames can be sent.
        down: It is gone, or could not be made, and whoever was to be told has been.
    """

    def __init__(
        self,
        url: str,
        limits: Limits,
        rng: Random,
        wait: Wait,
        *,
        wanted: Wanted,
        opened: Opened,
        arrived: Arrived,
        arrived_long: ArrivedLong,
        closed: Closed,
    ) -> None:
        self.url = url
        self.symbols: dict[str, None] = {}
        self.open = False
        self.down = False
        self.connection = Connection(url, limits, self, rng=rng, wait=wait)
        self._task: asyncio.Task[None] | None = None
        self._wait = wait
        self._wanted = wanted
        self._opened = opened
        self._arrived = arrived
        self._arrived_long = arrived_long
        self._closed = closed

    def start(self, tasks: asyncio.TaskGroup) -> None:
        """Connect, once."""
        if self._task is None:
            self._task = tasks.create_task(self.connection.run())

    def send(self, frames: Iterable[Subscription]) -> None:
        """Send these on an open connection; one that opens later asks for itself."""
        if self.open:
            self.connection.send([each.frame for each in frames])

    async def wanted(self) -> None:
        """Returns once some market needs this connection."""
        while not self._wanted(self):
            await self._wait(LOOK_S)

    def opened(self) -> Iterable[str]:
        """The connection is open: what to subscribe to."""
        self.open = True
        self.down = False
        return [each.frame for each in self._opened(self)]

    def frame(self, raw: bytes) -> None:
        """A frame arrived."""
        self._arrived(self, raw)

    async def long_frame(self, raw: bytes) -> None:
        """A frame arrived that takes long to read."""
        await self._arrived_long(self, raw)

    def closed(self, text: str) -> None:
        """The connection is gone, or could not be made."""
        self.open = False
        self._closed(self, text)
        self.down = True
