"""The lines that were entered, oldest first, and finding one again.

Keeping them from one start to the next is the session's.
"""

from collections import deque
from collections.abc import Iterable, Iterator

ENTRIES_MAX = 1000


class History:
    """A bounded list of lines with a place in it.

    A line that repeats the newest is kept once. Walking (`older`, `newer`) goes through the lines
    that begin with what was typed; searching finds a piece anywhere.
    """

    def __init__(self, entries: Iterable[str] = (), limit: int = ENTRIES_MAX) -> None:
        self._entries: deque[str] = deque(maxlen=limit)
        self._place: int | None = None
        self._typed = ""
        for entry in entries:
            self.add(entry)

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, line: str) -> None:
        """Keep a line as the newest and stop walking; a blank line is not kept."""
        self.reset()
        text = line.strip()
        if text and (not self._entries or self._entries[-1] != text):
            self._entries.append(text)

    def reset(self) -> None:
        """Stop walking: the next step starts from the newest again."""
        self._place = None
        self._typed = ""

    def older(self, typed: str) -> str:
        """One step back among the lines that begin with what was typed when walking began.

        Returns:
            The line found, or `typed` when there is none further back.
        """
        if self._place is None:
            self._typed = typed
        start = len(self._entries) if self._place is None else self._place
        for index in range(start - 1, -1, -1):
            if self._matches(index, typed):
                self._place = index
                return self._entries[index]
        return typed

    def newer(self, typed: str) -> str:
        """One step forward; past the newest, what was typed when walking began."""
        if self._place is None:
            return typed
        for index in range(self._place + 1, len(self._entries)):
            if self._matches(index, typed):
                self._place = index
                return self._entries[index]
        original = self._typed
        self.reset()
        return original

    def search(self, piece: str, skip: int = 0) -> str | None:
        """The newest line that contains a piece, case aside, after `skip` others that do."""
        wanted = piece.casefold()
        matches = (line for line in reversed(self._entries) if wanted in line.casefold())
        return next((line for index, line in enumerate(matches) if index == skip), None)

    def _matches(self, index: int, shown: str) -> bool:
        entry = self._entries[index]
        return entry.startswith(self._typed) and entry != shown
