"""The only readers of the wall clock. Everything else is handed a time or a clock."""

import time
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, in Unix nanoseconds."""

    def now_ns(self) -> int:
        """The time now."""
        ...


class SystemClock:
    """The machine's clock. It may step backwards; the sequencer does not."""

    __slots__ = ()

    now_ns = staticmethod(time.time_ns)
    """Unix nanoseconds of the machine; without a call in between, since every command asks."""


class ManualClock:
    """A clock that stands still until it is moved: for tests, replays and simulations."""

    __slots__ = ("_now_ns",)

    def __init__(self, start_ns: int) -> None:
        self._now_ns = start_ns

    def now_ns(self) -> int:
        """The time it was last moved to."""
        return self._now_ns

    def advance(self, ns: int) -> None:
        """Let time pass; negative to step back, as a machine's clock may."""
        self._now_ns += ns

    def move_to(self, now_ns: int) -> None:
        """Show this time from now on."""
        self._now_ns = now_ns
