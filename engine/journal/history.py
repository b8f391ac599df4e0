"""Writes the history beside the trading thread, and never makes it wait.

The sequencer's thread only captures what a command leaves (`Capture`) and queues it. A thread of
the history's own folds it into rows and writes them in batches, each with the last command it
reflects.

The store never runs ahead of the input log, and what is missing in it is projected from the log:
after a kill, after an outage of the database, or when so much has gathered that the queue was given
up. So the queue is bounded, and still no row is lost and none is written twice.

A database that is locked, read-only, damaged or full is reported in a sentence and tried again; the
session goes on without it.

DuckDB takes a tenth of a second to load, so it is imported by the thread and not with this module.
"""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from engine.core.commands import Command
from engine.core.events import Event
from engine.journal.capture import EQUITY_INTERVAL_NS, Capture, Captured, Readable
from engine.journal.log_reader import LogUnreadable
from engine.journal.profile import HISTORY_NAME

if TYPE_CHECKING:
    import duckdb

    from engine.journal.projection import Projection
    from engine.journal.store import HistoryStore

QUEUE_MAX = 100_000
"""How many captured commands may wait; beyond that they are read back from the log later."""
BATCH_S = 0.5
"""How long rows gather before they are written."""
IDLE_COMMANDS_MAX = 50_000
"""How many commands without rows may pass before the store notes that it has seen them."""
RETRY_S = 5.0
LOG_WAIT_S = 0.5


class WrittenLog(Protocol):
    """What the history needs of the input log."""

    def wait_written(self, seq: int, timeout_s: float) -> bool:
        """Wait until the log has a command."""
        ...


class HistoryWriter:
    """Keeps a profile's history database up to date while a session runs.

    Args:
        folder: The profile's folder, with the log.
        exchange: Read between commands, in the thread that applies them.
        log: The session's input log.
        equity_interval_ns: How often every account is valued.
        batch_s: How long rows gather before they are written.
        retry_s: How long after a failure the database is tried again.

    Attributes:
        error: Empty, or a sentence: why the history is not being written now.
        applied_seq: The last command that the database reflects; -1 until it is open.
    """

    def __init__(
        self,
        folder: Path,
        exchange: Readable,
        log: WrittenLog,
        *,
        equity_interval_ns: int = EQUITY_INTERVAL_NS,
        batch_s: float = BATCH_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._folder = folder
        self._log = log
        self._interval_ns = equity_interval_ns
        self._batch_s = batch_s
        self._retry_s = retry_s
        self._capture = Capture(exchange, equity_interval_ns)
        self._lock = threading.Lock()
        self._queue: deque[Captured] = deque()
        self._seen_seq = exchange.seq
        self._overflowed = False
        self._annotated_bytes = -1
        self._store: HistoryStore | None = None
        self.applied_seq = -1
        self.error = ""
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._progress = threading.Condition()
        self._asked = 0
        self._answered = 0
        """How many flushes were asked for, and how many of them a whole pass has answered."""
        self._thread = threading.Thread(target=self._run, name="history", daemon=True)
        self._thread.start()

    @property
    def lag(self) -> int:
        """Commands with rows that wait to be written."""
        return len(self._queue)

    def read(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take note of a command; the sequencer calls this."""
        captured = self._capture.take(command, ts_ns, events)
        if captured is None:
            self._seen_seq += 1
            return
        with self._lock:
            self._seen_seq = captured.seq
            if self._overflowed:
                return
            self._queue.append(captured)
            if len(self._queue) > QUEUE_MAX:
                self._overflowed = True
                self._queue.clear()

    def flush(self, timeout_s: float) -> bool:
        """Write what was read so far without waiting for the batch to fill, notes included.

        Returns:
            Whether the database reflects it now.
        """
        target_seq = self._seen_seq
        with self._progress:
            self._asked += 1
            asked = self._asked
            self._wake.set()

            def is_answered() -> bool:
                return self._answered >= asked or self._closing.is_set()

            def is_written() -> bool:
                return is_answered() and self.applied_seq >= target_seq

            self._progress.wait_for(lambda: is_written() or self.error != "", timeout_s)
            return is_written()

    def reader(self) -> duckdb.DuckDBPyConnection | None:
        """A connection to the open database for queries in this process; None while it is not."""
        store = self._store
        return None if store is None else store.reader()

    def close(self, timeout_s: float = 10.0) -> None:
        """Write what waits, if the database takes it, and let the file go."""
        self._closing.set()
        self._wake.set()
        with self._progress:
            self._progress.notify_all()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        self._wake.wait(self._batch_s)
        from engine.journal.history_failures import FAILURES, failure_sentence

        while True:
            try:
                self._keep_up()
            except FAILURES as error:
                self._report(failure_sentence(error))
            if self._closing.wait(0 if not self.error else self._retry_s):
                return

    def _keep_up(self) -> None:
        """Open the database and write to it until the session closes or something fails."""
        from engine.journal.store import HistoryStore

        store = HistoryStore(self._folder / HISTORY_NAME)
        self._store = store
        self._annotated_bytes = -1
        try:
            self._serve(store)
        finally:
            self._store = None
            store.close()

    def _serve(self, store: HistoryStore) -> None:
        projection = self._catch_up(store)
        while projection is not None:
            closing = self._closing.is_set()
            if self._overflowed:
                projection = self._catch_up(store)
                continue
            if not self._write_batch(store, projection, closing=closing) or closing:
                return
            self._wake.wait(self._batch_s)
            self._wake.clear()

    def _catch_up(self, store: HistoryStore) -> Projection | None:
        """Project what is only in the log; from here on the queue has all that follows.

        Returns:
            None when the session closed meanwhile; the rest is for the next one.
        """
        from engine.journal.rebuild import project

        with self._lock:
            self._overflowed = False
            target_seq = self._seen_seq
        while not self._log.wait_written(target_seq, LOG_WAIT_S):
            if self._closing.is_set():
                return None
        if store.applied_seq > target_seq:
            store.clear()
        projection = project(
            self._folder,
            store,
            seq_max=target_seq,
            equity_interval_ns=self._interval_ns,
            stop=self._closing.is_set,
        )
        if store.applied_seq < target_seq:
            if self._closing.is_set():
                return None
            raise LogUnreadable(f"the log ends before command {target_seq}, which was applied")
        self._report("")
        return projection

    def _write_batch(self, store: HistoryStore, projection: Projection, *, closing: bool) -> bool:
        """Fold and write what has gathered; False if the log does not take what it rests on."""
        with self._progress:
            asked = self._asked
        with self._lock:
            waiting = list(self._queue)
            seen_seq = self._seen_seq
        while not self._log.wait_written(seen_seq, LOG_WAIT_S):
            if self._closing.is_set():
                return False
        fresh = [captured for captured in waiting if captured.seq > store.applied_seq]
        for captured in fresh:
            projection.fold(captured)
        if fresh or closing or seen_seq - store.applied_seq > IDLE_COMMANDS_MAX:
            store.write(projection.take_batch(), seen_seq)
        self._drop(len(waiting))
        self._write_annotations(store)
        with self._progress:
            self.applied_seq = seen_seq
            self._answered = asked
            self._progress.notify_all()
        return True

    def _drop(self, count: int) -> None:
        with self._lock:
            if not self._overflowed:
                for _ in range(count):
                    self._queue.popleft()

    def _write_annotations(self, store: HistoryStore) -> None:
        from engine.journal.annotations import annotations_size, read_annotations

        size = annotations_size(self._folder)
        if size != self._annotated_bytes:
            annotations, _damaged = read_annotations(self._folder)
            store.write_annotations(annotations)
            self._annotated_bytes = size

    def _report(self, sentence: str) -> None:
        with self._progress:
            self.error = sentence
            self._progress.notify_all()
