"""Which of several books of one market is kept, where a recording holds more than one.

Collectors often subscribe to a market at several depths at once. Each is a chain of its own, so
that one is followed and the others are passed over: the deepest of those whose snapshot has come.
"""


class DeepestBook:
    """Remembers the depth that each market is followed at."""

    __slots__ = ("_followed",)

    def __init__(self) -> None:
        self._followed: dict[str, int] = {}

    def takes(self, market: str, depth: int, snapshot: bool) -> bool:
        """Whether this message belongs to the book that is kept; a snapshot that goes deeper, or
        is the first, makes it so."""
        followed = self._followed.get(market)
        if followed == depth:
            return True
        if snapshot and (followed is None or depth > followed):
            self._followed[market] = depth
            return True
        return followed is None
