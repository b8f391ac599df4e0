"""The frames that could not be used: counted, the last few kept, each kind told once."""

from collections import deque
from dataclasses import dataclass

from feeds.errors import ForeignFrame, FrameError

BAD_FRAMES_KEPT = 20
BAD_FRAME_BYTES_KEPT = 4096


@dataclass(frozen=True, slots=True)
class BadFrame:
    """A frame that could not be used, kept for inspection."""

    received_ns: int
    raw: bytes | str
    """Its beginning, at most 4,096 characters."""
    text: str


class BadFrames:
    """What one connection brought that could not be used.

    Attributes:
        count: How many there were.
        foreign: The venue that a frame came from, where it was another; empty otherwise.
        kept: The last few.
    """

    def __init__(self) -> None:
        self.count = 0
        self.foreign = ""
        self.kept: deque[BadFrame] = deque(maxlen=BAD_FRAMES_KEPT)
        self._told: set[str] = set()

    def add(self, raw: bytes | str, received_ns: int, error: FrameError) -> bool:
        """Count and keep one; True when it is the first of its kind."""
        self.count += 1
        if isinstance(error, ForeignFrame):
            self.foreign = error.venue
        self.kept.append(BadFrame(received_ns, raw[:BAD_FRAME_BYTES_KEPT], f"{error}"))
        kind = type(error).__name__
        first = kind not in self._told
        self._told.add(kind)
        return first
