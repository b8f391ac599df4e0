"""How long a command takes from here to the venue: drawn from a distribution, seeded.

Written as `off`, as one time (`80ms`) or as a range from which every command draws with equal
chance (`50-200ms`). A range is what a retail connection to a distant venue looks like; the exact
shape matters less than that an order, its amendment and its cancel all take time in which the
market moves on.
"""

import re
from dataclasses import dataclass
from random import Random

from engine.core.commands import AmendOrder, CancelAll, CancelOrder, ReplaceOrder
from engine.core.commands.sending import Sendable

NS_PER_MS = 1_000_000
DELAY_MS_MAX = 60_000
OFF = "off"
_TEXT = re.compile(r"([0-9]{1,5})(?:-([0-9]{1,5}))?ms")


@dataclass(frozen=True, slots=True)
class Delay:
    """A time between two bounds, each as likely as any other."""

    low_ns: int
    high_ns: int
    """Not below `low_ns`; 0 for no delay at all."""

    def draw(self, random: Random) -> int:
        """Nanoseconds of one command."""
        return random.randint(self.low_ns, self.high_ns)


NONE = Delay(0, 0)


def delay_of(text: str) -> Delay:
    """A delay as written.

    Raises:
        ValueError: Neither `off`, `80ms` nor `50-200ms`, or above a minute.
    """
    if text.strip().lower() == OFF:
        return NONE
    found = _TEXT.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no latency; write off, 80ms or 50-200ms")
    low_ms = int(found[1])
    high_ms = int(found[2] or low_ms)
    if not low_ms <= high_ms <= DELAY_MS_MAX:
        raise ValueError(f"{text!r} must rise, and stay within a minute: 50-200ms")
    return Delay(low_ms * NS_PER_MS, high_ms * NS_PER_MS)


class Latency:
    """Draws the delay of each command by what it does.

    Args:
        new: Of new orders, and of everything that sends some.
        amend: Of changes to an order.
        cancel: Of cancels.
        seed: The same seed and commands give the same delays.
    """

    def __init__(self, new: Delay, amend: Delay, cancel: Delay, seed: int) -> None:
        self._new = new
        self._amend = amend
        self._cancel = cancel
        self._random = Random(seed)

    @property
    def off(self) -> bool:
        """Whether nothing ever takes time."""
        return self._new == self._amend == self._cancel == NONE

    def delay_ns(self, command: Sendable) -> int:
        """How long this command takes."""
        if isinstance(command, CancelOrder | CancelAll):
            return self._cancel.draw(self._random)
        if isinstance(command, AmendOrder | ReplaceOrder):
            return self._amend.draw(self._random)
        return self._new.draw(self._random)
