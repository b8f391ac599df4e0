"""Reads the input log back, segment by segment, and tells a torn tail from damage.

LogUnreadable
  LogDamaged      something sound follows what cannot be read: refused, nothing is changed
  LogNewer        written by a newer program
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.core.commands import Command
from engine.core.wire import decode_command
from engine.journal.frames import HEADER_BYTES, FrameReader, LogFormatError, LogFormatNewer
from engine.journal.segments import first_seq_of, mapped, segment_paths


class LogUnreadable(Exception):
    """The log cannot be read as it is; the sentence names the file, the place and the remedy."""


class LogDamaged(LogUnreadable):
    """A command in the middle of the log is missing or broken."""


class LogNewer(LogUnreadable):
    """A segment or a command is of a newer program."""


@dataclass(frozen=True, slots=True)
class LoggedCommand:
    """A command as it was taken."""

    seq: int
    ts_ns: int
    command: Command


@dataclass(frozen=True, slots=True)
class TornTail:
    """Bytes at the end of the log that never became a whole command."""

    path: Path
    keep_bytes: int
    """Where the last whole frame ends."""
    torn_bytes: int
    last_seq: int
    """The last whole command."""


class LogReader:
    """Iterates over the commands after `after_seq`, in order.

    Attributes:
        last_seq: The last command that was read; `after_seq` before the first.
        tail: What is torn at the end, known once the iteration has ended.
    """

    def __init__(self, folder: Path, after_seq: int = 0) -> None:
        self._folder = folder
        self.last_seq = after_seq
        self.tail: TornTail | None = None

    def __iter__(self) -> Iterator[LoggedCommand]:
        """Read on.

        Raises:
            LogUnreadable: See the module; what came before is sound.
        """
        paths = self._paths_needed()
        for index, path in enumerate(paths):
            later = paths[index + 1 :]
            self._check_start(path, later)
            with mapped(path) as data:
                yield from self._segment(path, data, later)

    def _paths_needed(self) -> list[Path]:
        """Segments that may hold something after `last_seq`."""
        paths = segment_paths(self._folder)
        skip = 0
        while skip + 1 < len(paths) and first_seq_of(paths[skip + 1]) <= self.last_seq + 1:
            skip += 1
        return paths[skip:]

    def _check_start(self, path: Path, later: list[Path]) -> None:
        first_seq = first_seq_of(path)
        if first_seq > self.last_seq + 1:
            raise LogDamaged(
                f"commands {self.last_seq + 1} to {first_seq - 1} are missing: the input log goes"
                f" on with {path.name} in {path.parent}. Put the missing .log file back;"
                f" or, to go on without all that follows command {self.last_seq}, move"
                f" {_names([path, *later])} and newer snapshots to another folder"
            )

    def _segment(self, path: Path, data: memoryview, later: list[Path]) -> Iterator[LoggedCommand]:
        if len(data) < HEADER_BYTES and not later:
            self.tail = TornTail(path, 0, len(data), self.last_seq) if len(data) else None
            return
        reader = _open_segment(path, data)
        if reader.first_seq != first_seq_of(path):
            raise LogDamaged(
                f"{path} says that it begins with command {reader.first_seq}: it was renamed;"
                f" give it its name back"
            )
        for frame in reader:
            if frame.seq > self.last_seq:
                self.last_seq = frame.seq
                yield LoggedCommand(frame.seq, frame.ts_ns, self._decode(path, frame.payload))
        if reader.leftover_bytes:
            self._check_end(path, reader, later)

    def _decode(self, path: Path, payload: bytes) -> Command:
        try:
            return decode_command(payload)
        except msgspec.DecodeError as error:
            raise LogNewer(
                f"command {self.last_seq} in {path} is none that this version knows ({error}): it"
                " was probably written by a newer tui-exchange; update the program, the file is"
                " fine"
            ) from error

    def _check_end(self, path: Path, reader: FrameReader, later: list[Path]) -> None:
        """Bytes follow the last good frame: only at the very end of the log may that be."""
        last_seq = reader.next_seq - 1
        found = reader.later_frame()
        if found is None and not later:
            self.tail = TornTail(path, reader.offset, reader.leftover_bytes, last_seq)
            return
        where = "in a later file" if found is None else f"at byte {found[0]}"
        raise LogDamaged(
            f"{path} is damaged at byte {reader.offset}: the last sound command before it is"
            f" {last_seq}, and sound ones follow {where}. Nothing was changed. Put a copy of the"
            f" file back; or, to give up all that follows command {last_seq}, copy the folder,"
            f" then `truncate -s {reader.offset} {path.name}`"
            + (f", move {_names(later)} away" if later else "")
            + f" and remove snapshots newer than {last_seq}"
        )


def _open_segment(path: Path, data: memoryview) -> FrameReader:
    try:
        return FrameReader(data)
    except LogFormatNewer as error:
        raise LogNewer(f"{path} is {error}") from error
    except LogFormatError as error:
        raise LogDamaged(
            f"{path} is {error}. Nothing was changed: put a copy of the file back, or move it to"
            " another folder to go on without its commands"
        ) from error


def _names(paths: list[Path]) -> str:
    return ", ".join(path.name for path in paths)
