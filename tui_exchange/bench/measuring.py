"""How time is taken: rounds, percentiles, and the collector out of the way as in the program.

What only computes is timed in processor time, so that other programs on the same cores do not
count; what waits, for a disk or for another process, is timed by the clock on the wall.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui_exchange.memory import MemoryCare

CALIBRATION_TURNS = 200_000
CALIBRATION_ROUNDS = 5


@contextmanager
def frozen_collector() -> Iterator[None]:
    """The collector as a session has it while it trades, by the session's own settings."""
    care = MemoryCare()
    care.begin(time.time_ns())
    try:
        yield
    finally:
        care.end()


def calibration_loops_per_s() -> float:
    """Turns per processor second of a fixed loop of dictionary and integer work in plain Python.

    Figures divided by it can be compared between machines and between busy and idle hours.
    """
    best_s = min(_timed_s(_calibration_loop) for _ in range(CALIBRATION_ROUNDS))
    return CALIBRATION_TURNS / best_s


def rates(
    work: Callable[[], Callable[[], int]],
    rounds: int,
    clock_s: Callable[[], float] = time.thread_time,
) -> list[float]:
    """Units of work per second, for each round.

    Args:
        work: Prepares one round and returns what is timed, which returns how many units it did.
        clock_s: Processor time of this thread, or `time.perf_counter` for work that waits.
    """
    found = []
    for _ in range(rounds):
        timed = work()
        with frozen_collector():
            begin_s = clock_s()
            units = timed()
            found.append(units / (clock_s() - begin_s))
    return found


def median(values: list[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def percentile(values: list[int], share: float) -> float:
    """The value that `share` of all values do not exceed; 0.99 for the 99th percentile."""
    ordered = sorted(values)
    return float(ordered[min(len(ordered) - 1, int(share * len(ordered)))])


def _calibration_loop() -> None:
    table: dict[int, int] = {}
    total = 0
    for turn in range(CALIBRATION_TURNS):
        key = turn & 1023
        total += turn ^ table.get(key, 0)
        table[key] = total & 0xFFFF


def _timed_s(work: Callable[[], None]) -> float:
    begin_s = time.thread_time()
    work()
    return time.thread_time() - begin_s
