"""Where a venue counts the frames of a connection: is each one there, once and in turn?"""

from enum import Enum

BACK_MAX = 1_000
"""A count that jumped farther than this is believed only until frames go on below it."""


class Numbered(Enum):
    """What the number of a frame says."""

    NEXT = "next"
    REPEATED = "repeated"
    """It was there already, or comes too late."""
    MISSING = "missing"
    """Others before it never arrived."""
    RESTARTED = "restarted"
    """The count begins anew, as on a new connection within a recording."""


class FrameNumbers:
    """The count of one connection; the first number seen is where it begins."""

    __slots__ = ("_before", "_last")

    def __init__(self) -> None:
        self._before: int | None = None
        self._last: int | None = None

    def take(self, number: int) -> Numbered:
        """A frame with this number arrived."""
        last = self._last
        if self._before is not None and self._before < number <= self._before + BACK_MAX:
            # The number that jumped was a damaged one: the count goes on where it stood.
            self._before, self._last = None, number
            return Numbered.NEXT
        if last is not None and 0 < number <= last:
            return Numbered.REPEATED
        self._last, self._before = number, None
        if last is None or number == last + 1:
            return Numbered.NEXT
        if number > last + BACK_MAX:
            self._before = last
        return Numbered.RESTARTED if number == 0 else Numbered.MISSING
