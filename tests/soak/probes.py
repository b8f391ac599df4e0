"""How long a key press would wait, and how much memory the process has."""

import asyncio
import gc
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from tui_exchange.bench.memory import resident_bytes

FRAME_S = 1 / 15
"""No key press may wait longer."""
NS_PER_S = 10**9
SAMPLE_S = 0.005
BUCKET_NS = 100_000
BUCKETS = 50_000


class Histogram:
    """Times by tenths of a millisecond, in memory that never grows."""

    def __init__(self) -> None:
        self._counts = array("q", [0] * BUCKETS)
        self.worst_ns = 0
        self.count = 0

    def add(self, wait_ns: int) -> None:
        """One time."""
        self._counts[min(BUCKETS - 1, max(0, wait_ns // BUCKET_NS))] += 1
        self.worst_ns = max(self.worst_ns, wait_ns)
        self.count += 1

    def share_ms(self, share: float) -> float:
        """What `share` of all times do not exceed."""
        left = share * self.count
        for bucket, count in enumerate(self._counts):
            left -= count
            if left <= 0:
                return bucket * BUCKET_NS / 1e6
        return self.worst_ns / 1e6

    def beyond(self, limit_s: float) -> int:
        """How many are longer."""
        return sum(self._counts[int(limit_s * 1e9) // BUCKET_NS + 1 :])


@dataclass(slots=True)
class Waits:
    """What waited how long: by the clock, and by what this process computed meanwhile.

    The second leaves out what other programs took of the same cores.
    """

    clock: Histogram = field(default_factory=Histogram)
    worked: Histogram = field(default_factory=Histogram)

    def add(self, clock_ns: int, worked_ns: int) -> None:
        """One wait."""
        self.clock.add(clock_ns)
        self.worked.add(min(clock_ns, worked_ns))

    @property
    def late(self) -> int:
        """How many waited for our own work longer than a frame."""
        return self.worked.beyond(FRAME_S)

    def told(self) -> str:
        """In words."""
        if not self.clock.count:
            return "none"
        usual, most = self.clock.share_ms(0.5), self.clock.share_ms(0.999)
        worst, worked = self.clock.worst_ns / 1e6, self.worked.worst_ns / 1e6
        return (
            f"{self.clock.count:,}; median {usual:.1f}, 99.9 % {most:.1f}, worst {worst:.1f} ms;"
            f" for our own work {worked:.1f} ms at most, {self.late} longer than a frame"
        )


class LoopProbe:
    """Asks for its turn on the event loop again and again, as a key press does."""

    def __init__(self, waits: Waits) -> None:
        self.waits = waits
        self._skip = False

    async def run(self) -> None:
        """Measure until cancelled."""
        while True:
            due_ns = time.monotonic_ns() + int(SAMPLE_S * NS_PER_S)
            worked_ns = time.process_time_ns()
            await asyncio.sleep(SAMPLE_S)
            if not self._skip:
                late_ns = time.monotonic_ns() - due_ns
                self.waits.add(late_ns, time.process_time_ns() - worked_ns)
            self._skip = False

    @contextmanager
    def blind(self) -> Iterator[None]:
        """What happens within is the soak's doing."""
        yield
        self._skip = True


@dataclass(slots=True)
class MemoryLog:
    """Resident memory now and then, after a collection."""

    samples: list[int] = field(default_factory=list)

    def sample(self) -> None:
        """Look once."""
        gc.collect()
        self.samples.append(resident_bytes())

    def ends(self) -> tuple[float, float]:
        """Megabytes once everything had been in use, and at the end: medians of some samples."""
        if not self.samples:
            return 0.0, 0.0
        some = max(1, len(self.samples) // 8)
        first = self.samples[2 * some : 3 * some] or self.samples[:1]
        return median(first) / 1e6, median(self.samples[-some:]) / 1e6

    def course(self, parts: int = 12) -> str:
        """Some of the samples, in the order of time."""
        step = max(1, len(self.samples) // parts)
        return " ".join(f"{sample / 1e6:.0f}" for sample in self.samples[::step])
