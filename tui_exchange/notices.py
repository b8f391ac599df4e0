"""What the program told the trader: one sentence each, repeats counted, bounded."""

from collections import deque
from dataclasses import dataclass
from enum import Enum

LINES_MAX = 500
REPEAT_NS = 10_000_000_000
"""The same sentence within this time is counted, not written again."""
TOAST_NS = 1_500_000_000
"""At most one toast in this time, whatever fails; alarms have a place of their own."""
BELL_NS = 5_000_000_000
"""At most one bell in this time: a burst of alarms rings once."""


class Weight(Enum):
    """How a sentence is to be read; its word stands before it in the log."""

    DONE = "done"
    INFO = "info"
    REFUSED = "refused"
    TROUBLE = "trouble"
    ALARM = "alarm"


@dataclass(slots=True)
class Notice:
    """One sentence and when it was last true."""

    ts_ns: int
    weight: Weight
    text: str
    times: int = 1


class Notices:
    """The latest sentences, newest last, and which of them deserve a toast."""

    def __init__(self) -> None:
        self.lines: deque[Notice] = deque(maxlen=LINES_MAX)
        self.revision = 0
        self._toasts = Pace(TOAST_NS)
        self._alarms = Pace(TOAST_NS)

    @property
    def latest(self) -> Notice | None:
        """The newest sentence."""
        return self.lines[-1] if self.lines else None

    def add(self, ts_ns: int, weight: Weight, text: str) -> bool:
        """Keep a sentence; True when it should also be shown as a toast."""
        self.revision += 1
        last = self.latest
        if last is not None and last.text == text and ts_ns - last.ts_ns < REPEAT_NS:
            last.times += 1
            last.ts_ns = ts_ns
            return False
        self.lines.append(Notice(ts_ns, weight, text))
        if weight is Weight.ALARM:
            return self._alarms.takes(ts_ns)
        return weight in (Weight.REFUSED, Weight.TROUBLE) and self._toasts.takes(ts_ns)


class Pace:
    """Takes one thing in a while, and lets the others pass."""

    def __init__(self, every_ns: int) -> None:
        self._every_ns = every_ns
        self._taken_ns: int | None = None

    def takes(self, ts_ns: int) -> bool:
        """Whether it is time again; a clock that steps back begins anew."""
        if self._taken_ns is not None and 0 <= ts_ns - self._taken_ns < self._every_ns:
            return False
        self._taken_ns = ts_ns
        return True
