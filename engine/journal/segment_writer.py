"""Writes frames to segments so that a failure leaves whole frames only, and can be repeated.

Every write goes to a known offset. If it fails part of the way the file is cut back, and if even
that fails the next attempt overwrites the same place. A failed sync is graver: the system may have
thrown away pages it could not write and report success the next time
(https://wiki.postgresql.org/wiki/Fsync_Errors), so everything since the last good sync is kept and
written once more.
"""

from contextlib import suppress
from pathlib import Path

from engine.journal.frames import encode_header
from engine.journal.segments import OpenSegment, SegmentFile, segment_path, sync_folder


class SegmentWriter:
    """The segment that is being written; one thread uses it.

    Args:
        folder: Where segments live.
        first_seq: Names the first segment until it is opened.
        open_segment: Makes a file.
        keep_unsynced: Whether `sync` will be called, so that what it could not save is kept.
    """

    def __init__(
        self, folder: Path, first_seq: int, open_segment: OpenSegment, *, keep_unsynced: bool
    ) -> None:
        self._folder = folder
        self._open_segment = open_segment
        self._keep_unsynced = keep_unsynced
        self._file: SegmentFile | None = None
        self._size = 0
        self._synced_size = 0
        self._unsynced: list[bytes] = []
        self._repeat_unsynced = False
        self.path = segment_path(folder, first_seq)

    def write(self, first_seq: int, data: bytes) -> None:
        """Put whole frames behind the others; opens a segment named `first_seq` if none is open.

        Raises:
            OSError: The disk refused; nothing of `data` counts as written.
        """
        if self._file is None:
            self._open(first_seq)
        self._restore()
        self._put(data)

    def sync(self) -> None:
        """Return once everything written would survive a power cut.

        Raises:
            OSError: The disk refused; what is not safe will be written again.
        """
        if self._file is None:
            return
        self._restore()
        try:
            self._file.sync()
        except OSError:
            self._repeat_unsynced = self._keep_unsynced
            raise
        self._synced_size = self._size
        self._unsynced.clear()

    def end_segment(self) -> None:
        """Close the segment for good; the next write opens another.

        Raises:
            OSError: The disk refused the last sync; the segment stays open.
        """
        self.sync()
        if self._file is not None:
            self._file.close()
            self._file = None

    def _open(self, first_seq: int) -> None:
        self.path = segment_path(self._folder, first_seq)
        file = self._open_segment(self.path)
        header = encode_header(first_seq)
        try:
            _write_all(file, 0, header)
            sync_folder(self._folder)
        except OSError:
            with suppress(OSError):
                file.close()
            raise
        self._file = file
        self._synced_size = 0
        self._size = len(header)
        self._unsynced = [header]
        self._repeat_unsynced = False

    def _restore(self) -> None:
        """Write again what a failed sync may have lost."""
        if self._repeat_unsynced and self._file is not None:
            _write_all(self._file, self._synced_size, b"".join(self._unsynced))
            self._repeat_unsynced = False

    def _put(self, data: bytes) -> None:
        assert self._file is not None
        try:
            _write_all(self._file, self._size, data)
        except OSError:
            with suppress(OSError):
                self._file.truncate(self._size)
            raise
        self._size += len(data)
        if self._keep_unsynced:
            self._unsynced.append(data)


def _write_all(file: SegmentFile, offset: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        count = file.write_at(offset, rest)
        offset += count
        rest = rest[count:]
