"""Reading a recording: lines of `<receive time, Unix ns> <raw frame>`, plain, gzip or zstd.

Two other forms of line are read as well: a collector's envelope, a JSON object with the frame's
text in `raw` and its receive time in `recv_ns` (what was sent, `"src": "sent"`, is passed over);
and a frame alone, a JSON object without either, which counts as received a millisecond after the
line before, since nothing says when it was.

The compression is told by the file's first bytes, not by its name. Damage is never fatal: a bad
line is counted and skipped, and a file that ends in the middle, as one does after a crash, is read
up to there.
"""

import gzip
import io
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Annotated, cast

import msgspec
import zstandard

from feeds.errors import UnreadableRecording

LINE_BYTES_MAX = 64 * 2**20
GZIP_MAGIC = b"\x1f\x8b"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
DAMAGE_KEPT = 20
ZSTD_BUFFER_BYTES = 2**18
TIME_DIGITS_MAX = 19

UNTIMED_STEP_NS = 1_000_000

Line = tuple[int, bytes]
"""(receive time in Unix nanoseconds, raw frame)."""


@dataclass(slots=True)
class Damage:
    """What could not be read of a recording."""

    lines: int = 0
    """Lines that were skipped."""
    texts: list[str] = field(default_factory=list)
    """A sentence for each of the first few."""

    def add(self, text: str) -> None:
        """Count one more."""
        self.lines += 1
        if len(self.texts) < DAMAGE_KEPT:
            self.texts.append(text)


class Recording:
    """A recording on disk, read from its start as often as needed.

    A folder is a recording too: its files follow one another in the order of their names.

    Raises:
        UnreadableRecording: The file is missing, cannot be opened, or is empty.

    Attributes:
        damage: Of the latest reading, complete once that reached the end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damage = Damage()
        try:
            self._files = _files(path)
            empty = not any(_magic(file) for file in self._files)
        except OSError as error:
            raise UnreadableRecording(
                f"cannot read the recording {path}: {error.strerror or error};"
                " give the path of a file that `tui-exchange record` or a collector wrote"
            ) from None
        if empty:
            raise UnreadableRecording(f"the recording {path} is empty; there is nothing to replay")

    def lines(self) -> Generator[Line, None, None]:
        """Every line that can be read, in file order; closing it lets the file go."""
        self.damage = damage = Damage()
        number = 0
        for path in self._files:
            with _opened(path) as file:
                for line in _whole_lines(file, damage):
                    number += 1
                    yield from _read(line, number, damage)


def _files(path: Path) -> list[Path]:
    """The files of a recording; those of a folder in the order of their names, hidden ones not."""
    if not path.is_dir():
        return [path]
    names = sorted(each for each in path.iterdir() if each.is_file())
    return [each for each in names if not each.name.startswith(".")]


def _magic(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    magic = _magic(path)
    with path.open("rb") as file:
        if magic.startswith(GZIP_MAGIC):
            with gzip.open(file, "rb") as plain:
                yield cast("IO[bytes]", plain)
        elif magic.startswith(ZSTD_MAGIC):
            reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
            with io.BufferedReader(cast("io.RawIOBase", reader), ZSTD_BUFFER_BYTES) as plain:
                yield plain
        else:
            yield file


def _read(line: bytes, number: int, damage: Damage) -> Iterator[Line]:
    """The frame of a line, if it holds one."""
    stamp, _, raw = line.partition(b" ")
    if raw and stamp.isdigit() and len(stamp) <= TIME_DIGITS_MAX:
        yield int(stamp), raw.strip()
    elif line.startswith(b"{"):
        yield from _frame_of(line.strip(), number)
    elif line.strip():
        shown = line[:40].decode("utf-8", "replace").strip()
        damage.add(f"line {number} does not begin with a receive time: {shown!r}")


class _Envelope(msgspec.Struct, gc=False):
    """A collector's line: a frame's text, where it came from and when."""

    recv_ns: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
    raw: str | None = None
    src: str = "ws"


_envelope = msgspec.json.Decoder(_Envelope).decode


def _frame_of(line: bytes, number: int) -> Iterator[Line]:
    """The frame within a line of JSON, if there is one."""
    try:
        envelope = _envelope(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        yield number * UNTIMED_STEP_NS, line
        return
    if envelope.raw is not None and envelope.src != "sent":
        yield envelope.recv_ns, envelope.raw.encode()


def _whole_lines(file: IO[bytes], damage: Damage) -> Iterator[bytes]:
    """The lines of a stream, up to where it can be decompressed."""
    try:
        yield from iter(partial(file.readline, LINE_BYTES_MAX), b"")
    except (EOFError, zlib.error, gzip.BadGzipFile, zstandard.ZstdError) as error:
        damage.add(f"the file is cut or damaged after what was read: {error}")
