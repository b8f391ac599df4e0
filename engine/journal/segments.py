"""The files of the input log: their names, how they are written and read.

A segment is named after the sequence number of its first frame, in twenty digits, so that names
sort in the order of the sequence. A new one begins with every session and at every snapshot.
"""

import mmap
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from engine.journal.frames import FRAME_BYTES, HEADER_BYTES, Buffer

SUFFIX = ".log"
_DIGITS = 20


def segment_path(folder: Path, first_seq: int) -> Path:
    """Where the segment that starts with `first_seq` lives."""
    return folder / f"{first_seq:0{_DIGITS}d}{SUFFIX}"


def segment_paths(folder: Path) -> list[Path]:
    """The segments of a folder, oldest first; other files are none of ours and are left alone."""
    return sorted(
        path
        for path in folder.glob(f"*{SUFFIX}")
        if len(path.stem) == _DIGITS and path.stem.isascii() and path.stem.isdigit()
    )


def first_seq_of(path: Path) -> int:
    """The sequence number that a segment's name promises."""
    return int(path.stem)


class SegmentFile(Protocol):
    """A file being written, at given offsets, so that a failed write can be repeated."""

    def write_at(self, offset: int, data: Buffer) -> int:
        """Write some of `data` and return how many bytes; OSError when the disk refuses."""
        ...

    def truncate(self, size: int) -> None:
        """Drop what lies beyond `size`."""
        ...

    def sync(self) -> None:
        """Return once all that was written would survive a power cut."""
        ...

    def close(self) -> None:
        """Give the file back."""
        ...


OpenSegment = Callable[[Path], SegmentFile]


class DiskSegment:
    """A segment on a real disk.

    Raises:
        FileExistsError: A segment of that name already holds frames, which must not be overwritten.
    """

    def __init__(self, path: Path) -> None:
        if path.exists() and path.stat().st_size >= HEADER_BYTES + FRAME_BYTES:
            raise FileExistsError(f"{path} already holds commands; recover them before writing")
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
        self._fd = os.open(path, flags, 0o600)

    def write_at(self, offset: int, data: Buffer) -> int:
        """See SegmentFile."""
        os.lseek(self._fd, offset, os.SEEK_SET)
        return os.write(self._fd, data)

    def truncate(self, size: int) -> None:
        """See SegmentFile."""
        os.ftruncate(self._fd, size)

    def sync(self) -> None:
        """See SegmentFile."""
        os.fsync(self._fd)

    def close(self) -> None:
        """See SegmentFile."""
        os.close(self._fd)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the platform knows such a thing."""
    if os.name == "nt":
        return
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


@contextmanager
def mapped(path: Path) -> Iterator[memoryview]:
    """The bytes of a file without reading them all into memory; valid inside the `with`."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            yield memoryview(b"")
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapping:
            view = memoryview(mapping)
            try:
                yield view
            finally:
                view.release()


def cut(path: Path, size: int) -> None:
    """Shorten a file for good: what lies beyond `size` is gone when this returns."""
    with path.open("r+b") as file:
        file.truncate(size)
        file.flush()
        os.fsync(file.fileno())
