"""One soak: venues that err, a trader on all of them, and what must hold all the while.

- Whenever a market is LIVE, the exchange shows the venue's true book, or comes to show it soon.
- A market that is not LIVE comes back.
- Memory does not grow.
- No key press waits longer than a frame for our own work.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from tests.feeds.protocol.speaker import Speaker
from tests.soak.pace import NS, Pace
from tests.soak.probes import FRAME_S, LoopProbe, MemoryLog, Waits
from tests.soak.trader_side import KEYS, TraderSide
from tests.soak.venue_side import Address, Truth

LOOK_S = 0.1
"""Of the market's time, between two looks at a book that is not right yet."""
BELIEVED_S = 15.0
"""Of the market's time: a book that is LIVE and wrong for longer is a missed resync. What we took
ourselves is not displayed for five seconds."""
BACK_S = 240.0
"""Of the market's time: who is not LIVE by then does not come back."""
GROWTH_MAX_MB = 12.0
BETWEEN_CHECKS_S = 10.0
SAMPLE_EVERY_S = 10.0
"""By the clock, between two looks at the memory."""


class Venues(Protocol):
    """The venues' side, in this process or another."""

    async def begin(self) -> dict[str, Address]: ...

    async def hold(self, name: str) -> Truth: ...

    async def release(self, name: str) -> None: ...

    async def faults(self) -> dict[str, int]: ...

    async def end(self) -> None: ...


@dataclass(slots=True)
class Found:
    """What a soak has seen.

    Attributes:
        wrong: Missed resyncs and markets that did not come back, as sentences.
        back_s: The longest that a venue took to show its book, of the market's time.
    """

    checks: int = 0
    wrong: list[str] = field(default_factory=list)
    back_s: float = 0.0
    turns: Waits = field(default_factory=Waits)
    keys: Waits = field(default_factory=Waits)
    memory: MemoryLog = field(default_factory=MemoryLog)

    def complaints(self) -> list[str]:
        """What does not hold, as sentences."""
        first, last = self.memory.ends()
        found = list(self.wrong)
        if last - first > GROWTH_MAX_MB:
            found.append(f"memory grew from {first:.1f} to {last:.1f} MB")
        for what, waits in (("key presses", self.keys), ("turns of the loop", self.turns)):
            if waits.late:
                worst_ms, limit_ms = waits.worked.worst_ns / 1e6, FRAME_S * 1e3
                found.append(
                    f"{waits.late} {what} waited longer than {limit_ms:.0f} ms for our own work,"
                    f" {worst_ms:.0f} ms at most"
                )
        return found


class Soak:
    """Checks while it runs.

    Args:
        venues: Their side.
        speakers: What each speaks.
        pace: The market's time.
        seed: Of what the trader does.
    """

    def __init__(
        self,
        venues: Venues,
        speakers: Mapping[str, Callable[[], Speaker]],
        pace: Pace,
        seed: int,
    ) -> None:
        self.found = Found()
        self.trader: TraderSide
        self._venues = venues
        self._speakers = speakers
        self._pace = pace
        self._dice = Random(f"{seed} trader")
        self._probe = LoopProbe(self.found.turns)

    async def begin(self) -> None:
        """Serve the venues, and make the session; it does not run yet."""
        addresses = await self._venues.begin()
        self.trader = TraderSide(self._speakers, addresses, self._pace, self._dice)

    async def run(self, over: Callable[[], bool]) -> None:
        """Trade and check until it is over; the session runs already."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(work) for work in (self._probe.run(), self.trader.trade())]
            checks = [group.create_task(self._check_often(each, over)) for each in self._speakers]
            await asyncio.wait(checks)
            for task in tasks:
                task.cancel()

    async def watch_memory(self) -> None:
        """Sample until cancelled."""
        while True:
            await asyncio.sleep(SAMPLE_EVERY_S)
            with self._probe.blind():
                self.found.memory.sample()

    async def _check_often(self, name: str, over: Callable[[], bool]) -> None:
        while not over():
            await self._pace.wait(self._dice.uniform(0.5, 1.5) * BETWEEN_CHECKS_S)
            await self.check(name)

    async def check(self, name: str) -> None:
        """Hold a venue, and see whether the exchange comes to show what is true there."""
        self.trader.watched.add(name)
        truth = await self._venues.hold(name)
        began_ns = believed_ns = self._pace.now_ns()
        standing, wrong = self.trader.venues[name], ""
        self.found.checks += 1
        while True:
            live = standing.live
            wrong = self.trader.wrong(name, truth)
            now_ns = self._pace.now_ns()
            if not live:
                believed_ns = now_ns
            if (live and not wrong) or self._hopeless(name, wrong, began_ns, believed_ns):
                break
            await self._pace.wait(LOOK_S)
            self.trader.let_time_pass()
        self.found.back_s = max(self.found.back_s, (self._pace.now_ns() - began_ns) / NS)
        await self._venues.release(name)
        self.trader.watched.discard(name)

    def _hopeless(self, name: str, wrong: str, began_ns: int, believed_ns: int) -> bool:
        """Whether a book has been wrong for too long; that is what the soak looks for."""
        now_ns, market = self._pace.now_ns(), self.trader.venues[name].market
        told = f"{name}, {now_ns / NS:.0f} s of market time, {market.health.state.value}"
        if now_ns - believed_ns > BELIEVED_S * NS:
            self.found.wrong.append(f"{told}: {wrong}")
        elif now_ns - began_ns > BACK_S * NS:
            self.found.wrong.append(f"{told} ({market.health.text}): not back; {wrong}")
        else:
            return False
        return True


async def press_keys(app: "Keyed", dice: Random) -> None:
    """Press a key now and then, until cancelled."""
    while True:
        await asyncio.sleep(dice.expovariate(5))
        app.press(dice.choice(KEYS))


class Keyed(Protocol):
    """What has keys."""

    def press(self, key: str) -> None: ...


def clock_over(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds of the clock have passed from now on."""
    end_s = time.monotonic() + seconds
    return lambda: time.monotonic() >= end_s
