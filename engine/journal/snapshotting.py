"""Decides when a snapshot is due, and writes it beside the trading thread.

The state is encoded between two commands, in the thread that applies them; syncing the log up to
there, and the write itself, happen in a thread of their own. A snapshot that fails costs nothing
but a longer start, so it is reported and left to the next one.
"""

import threading
from dataclasses import dataclass
from pathlib import Path

from engine.core.commands import Command
from engine.core.events import Event
from engine.core.exchange import Exchange
from engine.journal.log import InputLog
from engine.journal.snapshots import SnapshotState, take, write_snapshot

DURABLE_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class SnapshotPolicy:
    """How much log a start may have to replay."""

    commands: int = 250_000
    """A snapshot at least every so many commands."""
    interval_ns: int = 10 * 60 * 10**9
    """A snapshot at least this often, as long as commands come."""


class Snapshotting:
    """Reads along with the sequencer and snapshots the exchange when it is due.

    Attributes:
        error: Empty, or a sentence: why the last snapshot was not written.
    """

    def __init__(
        self, folder: Path, exchange: Exchange, log: InputLog, policy: SnapshotPolicy
    ) -> None:
        self._folder = folder
        self._exchange = exchange
        self._log = log
        self._policy = policy
        self._last_seq = exchange.seq
        self._due_seq = exchange.seq + policy.commands
        self._due_ns: int | None = None
        self._thread: threading.Thread | None = None
        self.error = ""

    def read(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take note that a command was applied; the sequencer calls this."""
        del command, events
        if self._due_ns is None:
            self._due_ns = ts_ns + self._policy.interval_ns
        if self._exchange.seq >= self._due_seq or ts_ns >= self._due_ns:
            self.begin()

    def begin(self) -> bool:
        """Snapshot now, in the background; False when the one before is still being written."""
        self._due_seq = self._exchange.seq + self._policy.commands
        self._due_ns = self._exchange.now_ns + self._policy.interval_ns
        if self._thread is not None and self._thread.is_alive():
            return False
        state = take(self._exchange)
        self._last_seq = state.seq
        self._log.rotate()
        self._thread = threading.Thread(
            target=self._write, args=(state,), name="snapshot", daemon=True
        )
        self._thread.start()
        return True

    def wait(self) -> None:
        """Return when no snapshot is being written."""
        if self._thread is not None:
            self._thread.join()

    def close(self) -> None:
        """Leave a snapshot of the last command, so that the next start replays nothing."""
        self.wait()
        if self._exchange.seq > self._last_seq and not self._log.error:
            self.begin()
            self.wait()

    def _write(self, state: SnapshotState) -> None:
        if not self._log.wait_durable(state.seq, DURABLE_TIMEOUT_S):
            self.error = f"the snapshot at command {state.seq} was skipped: the log is not safe yet"
            return
        try:
            write_snapshot(self._folder, state)
        except OSError as error:
            self.error = (
                f"the snapshot at command {state.seq} could not be written to {self._folder}"
                f" ({error.strerror or error}); nothing is lost, but the next start takes longer:"
                " free space or make the folder writable"
            )
        else:
            self.error = ""
