"""What a running session has done, rebuilt from its log: DuckDB lets nobody read its file."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from engine.journal.annotations import Annotation, read_annotations
from engine.journal.log_reader import LogUnreadable
from engine.journal.profile import HISTORY_NAME
from engine.journal.rebuild import project
from engine.journal.store import HistoryStore
from engine.journal.store_errors import StoreError
from tui_exchange.failures import ReviewFailure
from tui_exchange.review.source import ReviewSource, keep_in_profile


class ProjectionSource(ReviewSource):
    """A history in a temporary file, projected from a profile's log; gone when it is closed.

    Args:
        profile: The profile's folder; nothing in it is changed but notes and tags.
        equity_interval_ns: As the session uses, for the same equity points.

    Raises:
        ReviewFailure: The log cannot be read.
    """

    grows = True

    def __init__(
        self,
        profile: Path,
        now_ns: Callable[[], int],
        *,
        notice: str,
        equity_interval_ns: int,
        account: str = "",
    ) -> None:
        super().__init__(f"profile {profile.name}", notice, now_ns, account)
        self._profile = profile
        self._interval_ns = equity_interval_ns
        self._folder = tempfile.TemporaryDirectory(prefix="tui-exchange-review-")
        self._store = HistoryStore(Path(self._folder.name) / HISTORY_NAME)
        try:
            self.refresh()
        except ReviewFailure:
            self.close()
            raise

    def refresh(self) -> None:
        """Project what the log has more by now.

        Raises:
            ReviewFailure: The log cannot be read.
        """
        with self._one_at_a_time:
            try:
                project(self._profile, self._store, equity_interval_ns=self._interval_ns)
                self._show_annotations()
            except (LogUnreadable, StoreError, duckdb.Error, OSError) as error:
                raise ReviewFailure(
                    f"the history of {self._profile.name!r} cannot be rebuilt: {error}"
                ) from error

    def close(self) -> None:
        """Remove the temporary file."""
        self._store.close()
        self._folder.cleanup()

    @contextmanager
    def _reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._store.reader() as database:
            yield database

    def _keep(self, annotation: Annotation) -> None:
        keep_in_profile(self._profile, annotation)
        self._show_annotations()

    def _show_annotations(self) -> None:
        self._store.write_annotations(read_annotations(self._profile)[0])
