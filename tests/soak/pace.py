"""The market's time in a soak: the clock's, faster; or one that only moves in steps."""

import asyncio
import heapq
import time
from typing import Protocol

T0_NS = 1_800_000_000 * 10**9
"""When the venues' own time begins, as the speakers have it."""
NS = 10**9


class Pace(Protocol):
    """Whatever waits or reads a clock in a soak does it here, so that all agree about the time."""

    def now_ns(self) -> int:
        """The market's time."""
        ...

    async def wait(self, seconds: float) -> None:
        """Let so much of the market's time pass."""
        ...


class FasterPace:
    """The wall clock's time, some times as fast."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._began_ns = time.monotonic_ns()

    def now_ns(self) -> int:
        """The market's time."""
        return T0_NS + int((time.monotonic_ns() - self._began_ns) * self._speed)

    async def wait(self, seconds: float) -> None:
        """Let so much of the market's time pass."""
        await asyncio.sleep(seconds / self._speed)


class SteppedPace:
    """Time that stands still but for the steps of `run`: a stalled machine is not a late one."""

    STEP_NS = 50_000_000
    TURN_S = 0.001

    def __init__(self) -> None:
        self._now_ns = T0_NS
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._count = 0

    def now_ns(self) -> int:
        """The market's time."""
        return self._now_ns

    async def wait(self, seconds: float) -> None:
        """Let so much of the market's time pass."""
        self._count += 1
        due: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self._now_ns + int(seconds * NS), self._count, due))
        await due

    async def run(self) -> None:
        """Step until cancelled; sockets get their turns between."""
        while True:
            await asyncio.sleep(self.TURN_S)
            self._now_ns += self.STEP_NS
            while self._waiting and self._waiting[0][0] <= self._now_ns:
                due = heapq.heappop(self._waiting)[2]
                if not due.done():
                    due.set_result(None)
