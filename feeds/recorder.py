"""Raw frames to a file, as lines of `<receive time, Unix ns> <raw frame>`.

A thread of its own compresses and writes, so that the event loop never waits for a disk. Only whole
lines are handed to it, and what it holds is flushed every second, so that after a crash the file
reads up to a second before it, save at most one torn line at the end.
"""

import gzip
import queue
import threading
import time
from pathlib import Path
from typing import IO, Protocol, cast

import zstandard

from feeds.errors import FeedError

FLUSH_S = 1.0
WAITING_BYTES_MAX = 64 * 2**20
"""Frames that wait for the disk; when more would, frames are left out and counted."""
GZIP_LEVEL = 6
ZSTD_LEVEL = 6


class CannotRecord(FeedError):
    """The recording cannot be written there."""


class _Writer(Protocol):
    def write(self, data: bytes, /) -> object: ...
    def flush(self) -> object: ...
    def close(self) -> object: ...


class Recorder:
    """Writes one recording; the suffix chooses the compression: `.gz`, `.zst`, or none.

    Args:
        path: A file that does not exist yet.

    Raises:
        CannotRecord: The file exists already or cannot be made.

    Attributes:
        frames: How many were taken.
        dropped: How many were left out, since the disk is too slow or has failed.
        error: Empty, or what failed and what to do.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.frames = 0
        self.dropped = 0
        self.error = ""
        self._waiting_bytes = 0
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closed = False
        try:
            self._file = path.open("xb")
        except FileExistsError:
            raise CannotRecord(f"{path} exists already; choose another name") from None
        except OSError as error:
            why = error.strerror or error
            raise CannotRecord(f"cannot write {path}: {why}; choose another folder") from None
        self._thread = threading.Thread(target=self._write_all, name="recorder", daemon=True)
        self._thread.start()

    def record(self, received_ns: int, raw: bytes | str) -> None:
        """Take one frame; never waits."""
        body = raw.encode("utf-8", "surrogatepass") if isinstance(raw, str) else raw
        line = b"%d %b\n" % (received_ns, _one_line(body))
        with self._lock:
            if self.error or self._closed or self._waiting_bytes + len(line) > WAITING_BYTES_MAX:
                self.dropped += 1
                return
            self._waiting_bytes += len(line)
        self.frames += 1
        self._queue.put(line)

    def close(self) -> None:
        """Write what is left and close the file. Once is enough."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            self._thread.join()

    def _write_all(self) -> None:
        try:
            with self._file:
                writer = _writer(self._file, self.path)
                self._write_lines(writer)
                writer.close()
        except OSError as error:
            why = error.strerror or str(error)
            with self._lock:
                self.error = (
                    f"recording to {self.path} stopped after {self.frames} frames: {why};"
                    " what was written can be replayed"
                )

    def _write_lines(self, writer: _Writer) -> None:
        flushed_s = time.monotonic()
        while True:
            try:
                line = self._queue.get(timeout=FLUSH_S)
            except queue.Empty:
                line = b""
            if line is None:
                return
            if line:
                writer.write(line)
                with self._lock:
                    self._waiting_bytes -= len(line)
            if time.monotonic() - flushed_s >= FLUSH_S:
                writer.flush()
                self._file.flush()
                flushed_s = time.monotonic()


def _one_line(raw: bytes) -> bytes:
    """JSON keeps its meaning when the line breaks between its tokens become spaces."""
    if b"\n" in raw or b"\r" in raw:
        return raw.replace(b"\r", b" ").replace(b"\n", b" ")
    return raw


def _writer(file: IO[bytes], path: Path) -> _Writer:
    if path.suffix == ".gz":
        return cast("_Writer", gzip.GzipFile(fileobj=file, mode="wb", compresslevel=GZIP_LEVEL))
    if path.suffix in (".zst", ".zstd"):
        compressor = zstandard.ZstdCompressor(level=ZSTD_LEVEL)
        return cast("_Writer", compressor.stream_writer(file, closefd=False))
    return cast("_Writer", file)
