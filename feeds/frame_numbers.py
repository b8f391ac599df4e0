"""Where a venue counts the frames of a connection: is each one there, once and in turn?"""

from enum import Enum


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

    __slots__ = ("_last",)

    def __init__(self) -> None:
        self._last: int | None = None

    def take(self, number: int) -> Numbered:
        """A frame with this number arrived."""
        last = self._last
        if last is not None and 0 < number <= last:
            return Numbered.REPEATED
        self._last = number
        if last is None or number == last + 1:
            return Numbered.NEXT
        return Numbered.RESTARTED if number == 0 else Numbered.MISSING
