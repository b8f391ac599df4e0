"""Which of several books of one market is kept, where a recording holds more than one.

Collectors often subscribe to a market at several depths at once. Each is a chain of its own, so
that one is followed and the others are passed over: the deepest of those whose snapshot has come.
One that says nothing for a while has ended, and the next snapshot is followed however deep it is.
"""

from dataclasses import dataclass

ENDED_AFTER_NS = 30 * 10**9


@dataclass(slots=True)
class _Followed:
    depth: int
    heard_ns: int


class DeepestBook:
    """Remembers the depth that each market is followed at."""

    __slots__ = ("_followed",)

    def __init__(self) -> None:
        self._followed: dict[str, _Followed] = {}

    def takes(self, market: str, depth: int, snapshot: bool, received_ns: int) -> bool:
        """Whether this message belongs to the book that is kept; a snapshot that goes deeper, or
        is the first for a while, makes it so."""
        followed = self._followed.get(market)
        if followed is not None and followed.depth == depth:
            followed.heard_ns = received_ns
            return True
        if snapshot and (
            followed is None
            or depth > followed.depth
            or received_ns - followed.heard_ns > ENDED_AFTER_NS
        ):
            self._followed[market] = _Followed(depth, received_ns)
            return True
        return followed is None
