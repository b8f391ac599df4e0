"""What this program's own session has written: no second DuckDB process, no rebuild."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import duckdb

from engine.journal.annotations import Annotation
from tui_exchange.failures import ReviewFailure
from tui_exchange.review.source import ReviewSource, keep_in_profile

FLUSH_S = 2.0
"""How long a question waits for what has just happened to be written."""


class Writer(Protocol):
    """The session's history writer (`engine.journal.history.HistoryWriter`)."""

    @property
    def error(self) -> str:
        """Empty, or why the history is not being written now."""

    def flush(self, timeout_s: float) -> bool:
        """Write what was read so far."""

    def reader(self) -> duckdb.DuckDBPyConnection | None:
        """A connection in this process; None while the database is not open."""


class LiveSource(ReviewSource):
    """Reads through the connection of the session's history writer.

    Args:
        writer: Of the session.
        profile: The session's profile folder, which keeps notes and tags.
        account: The session's portfolio.
    """

    grows = True

    def __init__(
        self, writer: Writer, profile: Path, now_ns: Callable[[], int], account: str
    ) -> None:
        super().__init__(f"profile {profile.name}, this session", "", now_ns, account)
        self._writer = writer
        self._profile = profile

    def refresh(self) -> None:
        """Have the writer write what waits; what it cannot write is missing, and it says why."""
        self._writer.flush(FLUSH_S)
        self.notice = self._writer.error

    def close(self) -> None:
        """Nothing is held: the writer is the session's."""

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        database = self._writer.reader()
        if database is None:
            why = self._writer.error or "it is still catching up with the log"
            raise ReviewFailure(f"the history is not open now ({why}): press r to look again")
        with database:
            yield database

    def _keep(self, annotation: Annotation) -> None:
        keep_in_profile(self._profile, annotation)
        self._writer.flush(FLUSH_S)
