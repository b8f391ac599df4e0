"""The input log: takes every command before it takes effect, and never makes the caller wait.

`append` only queues. A thread of the log's own turns what has gathered into frames, writes them
with one call, and syncs as the policy says. Whoever shows effects to a person waits until the
command is in the log (`wait_written`), which is what makes an acknowledgement mean something.

When the disk refuses (full, failing, taken away), nothing half-written stays: the segment is cut
back to its last whole frame, what was to be written is kept in memory and tried again twice a
second, and `error` says so in a sentence, on which the sequencer refuses new commands. Once a write
succeeds `error` is empty again. The same happens when the disk is so slow that `PENDING_BYTES_MAX`
gather.
"""

import errno
import threading
import time
from collections import deque
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from engine.journal.frames import FRAME_BYTES, encode_frames
from engine.journal.segment_writer import SegmentWriter
from engine.journal.segments import DiskSegment, OpenSegment

PENDING_BYTES_MAX = 64 << 20
"""How much may wait for the disk before new commands are refused."""
GROUP_BYTES_MAX = 1 << 20
"""How much one write takes."""
GATHER_S = 0.05
"""How long commands gather before they are written, unless somebody waits for them.

Every write takes the interpreter away from the trading thread, which costs more than the write.
"""
RETRY_S = 0.5
CLOSE_TIMEOUT_S = 10.0

_REMEDIES = {
    errno.ENOSPC: "free space on that disk",
    errno.EDQUOT: "free space within your disk quota",
    errno.EFBIG: "raise the file size limit (ulimit -f)",
    errno.EROFS: "mount that disk writable",
    errno.EACCES: "make the folder writable for you",
    errno.ENOENT: "put the folder back",
}


class Fsync(Enum):
    """When written commands are forced onto the disk.

    Until then a power cut can lose them; the end of the process, even by `kill -9`, cannot.
    """

    EACH = "each"
    """Before a command counts as written."""
    INTERVAL = "interval"
    """At most `interval_ms` after it was written."""
    OFF = "off"
    """When the operating system thinks fit, and when a segment ends."""


@dataclass(frozen=True, slots=True)
class FsyncPolicy:
    """How much a power cut may cost."""

    mode: Fsync = Fsync.INTERVAL
    interval_ms: int = 100
    """Only used by `Fsync.INTERVAL`."""


class LogClosedWithLoss(Exception):
    """The log was closed while the disk still refused; the sentence counts what was not written."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Frames that are written together."""

    first_seq: int
    last_seq: int
    data: bytes


class InputLog:
    """Segments of frames in one folder, written in groups by a thread.

    Args:
        folder: Where the segments live; exists.
        next_seq: The sequence number of the first command to come. A new segment begins with it.
        fsync: When to force data onto the disk.
        open_segment: Makes a file; a test passes one that fails.
        retry_s: How long to wait before a failed write is tried again.

    Attributes:
        written_seq: Up to here the operating system has the commands: a killed process keeps them.
        durable_seq: Up to here the disk has them: a power cut keeps them.
    """

    def __init__(
        self,
        folder: Path,
        *,
        next_seq: int = 1,
        fsync: FsyncPolicy | None = None,
        open_segment: OpenSegment = DiskSegment,
        retry_s: float = RETRY_S,
    ) -> None:
        self._policy = fsync or FsyncPolicy()
        self._retry_s = retry_s
        self._segment = SegmentWriter(
            folder, next_seq, open_segment, keep_unsynced=self._policy.mode is not Fsync.OFF
        )
        self.written_seq = next_seq - 1
        self.durable_seq = next_seq - 1
        self._appended_seq = next_seq - 1
        self._queue: deque[tuple[int, int, bytes]] = deque()
        self._queued_bytes = 0
        self._taken_bytes = 0
        self._rotate_after: deque[int] = deque()
        self._group: _Group | None = None
        self._group_in_file = False
        self._last_sync_s = time.monotonic()
        self._failed = ""
        self._behind = ""
        self._wake = threading.Event()
        self._urgent = threading.Event()
        self._closing = threading.Event()
        self._progress = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="input-log", daemon=True)
        self._thread.start()

    @property
    def error(self) -> str:
        """Empty, or a sentence: why no command is taken now, and what to do about it."""
        return self._failed or self._behind

    @property
    def pending(self) -> int:
        """How many commands were taken and are not written yet."""
        return self._appended_seq - self.written_seq

    def append(self, seq: int, ts_ns: int, payload: bytes) -> None:
        """Queue one command; `seq` is one more than the last. Never blocks, never raises."""
        self._queue.append((seq, ts_ns, payload))
        self._appended_seq = seq
        self._queued_bytes += len(payload) + FRAME_BYTES
        if self._queued_bytes - self._taken_bytes > PENDING_BYTES_MAX and not self._behind:
            self._behind = (
                f"the disk of the input log {self._segment.path} is too slow: {self.pending}"
                " commands wait for it and new ones are refused until half of them are written;"
                " stop what else is writing to that disk, or use a faster one"
            )
        if not self._wake.is_set():
            self._wake.set()

    def wait_written(self, seq: int, timeout_s: float) -> bool:
        """Wait until the log has a command, but not while the disk refuses.

        Returns:
            Whether it has it now.
        """
        if self.written_seq >= seq:
            return True
        self._urgent.set()
        with self._progress:
            self._progress.wait_for(
                lambda: self.written_seq >= seq or bool(self._failed), timeout_s
            )
        return self.written_seq >= seq

    def wait_durable(self, seq: int, timeout_s: float) -> bool:
        """As `wait_written`, until a power cut could not take the command back."""
        with self._progress:
            self._progress.wait_for(
                lambda: self.durable_seq >= seq or bool(self._failed), timeout_s
            )
        return self.durable_seq >= seq

    def rotate(self) -> None:
        """Begin a new segment with the next command, as after a snapshot."""
        self._rotate_after.append(self._appended_seq)
        self._urgent.set()
        self._wake.set()

    def close(self, timeout_s: float = CLOSE_TIMEOUT_S) -> None:
        """Write and sync what waits, then stop. Closing twice does nothing.

        Raises:
            LogClosedWithLoss: The disk refused until the end.
        """
        self._closing.set()
        self._urgent.set()
        self._wake.set()
        self._thread.join(timeout_s)
        if self.pending:
            reason = self.error or f"the disk did not answer within {timeout_s:.0f} s"
            raise LogClosedWithLoss(f"{self.pending} commands did not reach the log: {reason}")

    def _run(self) -> None:
        stopped = "the writer of the input log stopped on an internal error: restart the program"
        try:
            self._write_until_closed()
            stopped = self._failed or "the input log is closed: start a session to trade"
        finally:
            self._report(stopped)

    def _write_until_closed(self) -> None:
        while True:
            self._wake.wait(self._sync_due_s())
            self._urgent.wait(GATHER_S)
            self._urgent.clear()
            self._wake.clear()
            closing = self._closing.is_set()
            done = self._write_waiting(closing)
            if closing and (done or self._failed):
                return
            if self._failed:
                self._closing.wait(self._retry_s)
                self._wake.set()

    def _write_waiting(self, closing: bool) -> bool:
        """Write all that waits; False when the disk refused, and then `error` says why."""
        try:
            while self._next_group():
                self._write_group()
            if self._must_sync(closing):
                self._sync()
            if closing:
                self._segment.end_segment()
        except OSError as error:
            self._report(_failure(self._segment.path, error))
            return False
        if self._failed:
            self._report("")
        return True

    def _next_group(self) -> bool:
        """Make sure that `_group` holds what to write next; ends a segment that is to be ended."""
        if self._group is not None:
            return True
        while self._rotate_after and self._rotate_after[0] <= self.written_seq:
            self._segment.end_segment()
            self._note_durable()
            self._rotate_after.popleft()
        self._group = self._take_group()
        return self._group is not None

    def _take_group(self) -> _Group | None:
        queue = self._queue
        if not queue:
            return None
        first_seq = queue[0][0]
        count = len(queue)
        if self._rotate_after:
            count = min(count, self._rotate_after[0] - first_seq + 1)
        records: list[tuple[int, int, bytes]] = []
        size = 0
        while len(records) < count and size < GROUP_BYTES_MAX:
            record = queue.popleft()
            records.append(record)
            size += len(record[2])
        return _Group(first_seq, records[-1][0], encode_frames(records))

    def _write_group(self) -> None:
        group = self._group
        assert group is not None
        if not self._group_in_file:
            self._segment.write(group.first_seq, group.data)
            self._group_in_file = True
        if self._policy.mode is Fsync.EACH:
            self._segment.sync()
        self._group = None
        self._group_in_file = False
        self._taken_bytes += len(group.data)
        if self._behind and self._queued_bytes - self._taken_bytes < PENDING_BYTES_MAX // 2:
            self._behind = ""
        with self._progress:
            self.written_seq = group.last_seq
            if self._policy.mode is Fsync.EACH:
                self.durable_seq = group.last_seq
            self._progress.notify_all()

    def _must_sync(self, closing: bool) -> bool:
        if self.durable_seq == self.written_seq or self._policy.mode is Fsync.OFF:
            return closing
        return closing or time.monotonic() >= self._last_sync_s + self._policy.interval_ms / 1000

    def _sync_due_s(self) -> float | None:
        """Seconds until written data must be synced; None when there is nothing to sync."""
        if self._policy.mode is not Fsync.INTERVAL or self.durable_seq == self.written_seq:
            return None
        return max(0.0, self._last_sync_s + self._policy.interval_ms / 1000 - time.monotonic())

    def _sync(self) -> None:
        self._segment.sync()
        self._note_durable()

    def _note_durable(self) -> None:
        self._last_sync_s = time.monotonic()
        with self._progress:
            self.durable_seq = self.written_seq
            self._progress.notify_all()

    def _report(self, sentence: str) -> None:
        with self._progress:
            self._failed = sentence
            self._progress.notify_all()


def _failure(path: Path, error: OSError) -> str:
    remedy = _REMEDIES.get(error.errno or 0, "check that disk")
    return (
        f"the input log {path} cannot be written ({error.strerror or error}): new commands are"
        f" refused so that nothing is lost; {remedy}, and trading goes on by itself"
    )
