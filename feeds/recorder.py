"""Raw frames to a file, as lines of `<receive time, Unix ns> <raw frame>`.

A thread of its own compresses and writes, so that the event loop never waits for a disk. Only whole
lines are handed to it, and what it holds is flushed every second, so that after a crash the file
reads up to a second before it, save at most one torn line at the end.
"""

from __future__ import annotations

import gzip
import queue
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol, cast

import zstandard

from feeds.errors import FeedError
from feeds.rotation import Rotation, file_name

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
        path: A file that does not exist yet; with a rotation a folder, which is made if need be and
            takes one file after another. The folder is read as one recording.
        rotation: When the next file begins.
        suffix: Of the files in a folder.

    Raises:
        CannotRecord: The file exists already, or cannot be made.

    Attributes:
        frames: How many were taken.
        dropped: How many were left out, since the disk is too slow or has failed.
        error: Empty, or what failed and what to do.
        files: Those that were begun, in order.
    """

    def __init__(self, path: Path, rotation: Rotation | None = None, suffix: str = ".zst") -> None:
        self.path = path
        self.frames = 0
        self.dropped = 0
        self.error = ""
        self.files: list[Path] = []
        self._rotation = rotation
        self._suffix = suffix
        self._waiting_bytes = 0
        self._lock = threading.Lock()
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._closed = False
        self._segment: _Segment | None = None
        if rotation is None:
            self._segment = self._begun(path)
        else:
            _make_folder(path)
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

    def _begun(self, path: Path) -> _Segment:
        segment = _Segment(path)
        self.files.append(path)
        return segment

    def _write_all(self) -> None:
        try:
            self._write_lines()
        except (OSError, CannotRecord) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            with self._lock:
                self.error = (
                    f"recording to {self.path} stopped after {self.frames} frames: {why};"
                    " what was written can be replayed"
                )
        finally:
            self._end()

    def _end(self) -> None:
        """Close the last file; what a full disk does not take any more is lost with its frame."""
        if self._segment is not None:
            with suppress(OSError):
                self._segment.close()

    def _write_lines(self) -> None:
        flushed_s = time.monotonic()
        while True:
            try:
                line = self._queue.get(timeout=FLUSH_S)
            except queue.Empty:
                line = b""
            if line is None:
                if self._segment is not None:
                    self._segment.close()
                return
            if line:
                self._segment_for(line).write(line)
                with self._lock:
                    self._waiting_bytes -= len(line)
            if self._segment is not None and time.monotonic() - flushed_s >= FLUSH_S:
                self._segment.flush()
                flushed_s = time.monotonic()

    def _segment_for(self, line: bytes) -> _Segment:
        """The file that a line belongs into; the one before is closed when it is full."""
        segment = self._segment
        if self._rotation is None:
            assert segment is not None
            return segment
        received_ns = int(line[: line.index(b" ")])
        if segment is not None:
            if not self._rotation.is_due(received_ns - segment.first_ns, segment.bytes):
                return segment
            segment.close()
        self._segment = self._begun(self.path / file_name(received_ns, self._suffix))
        self._segment.first_ns = received_ns
        return self._segment


class _Segment:
    """One file of a recording.

    Attributes:
        first_ns: Receive time of its first line, where files follow one another.
        bytes: Written, before compression.
    """

    def __init__(self, path: Path) -> None:
        self.first_ns = 0
        self.bytes = 0
        self._closed = False
        try:
            self._file = path.open("xb")
        except FileExistsError:
            raise CannotRecord(f"{path} exists already; choose another name") from None
        except OSError as error:
            why = error.strerror or error
            raise CannotRecord(f"cannot write {path}: {why}; choose another folder") from None
        self._writer = _writer(self._file, path)

    def write(self, line: bytes) -> None:
        """Append a line."""
        self._writer.write(line)
        self.bytes += len(line)

    def flush(self) -> None:
        """Let a reader see everything up to here."""
        self._writer.flush()
        self._file.flush()

    def close(self) -> None:
        """Write what is left. Once is enough."""
        if self._closed:
            return
        self._closed = True
        with self._file:
            self._writer.close()


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or error
        raise CannotRecord(f"cannot make the folder {path}: {why}; choose another") from None


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
