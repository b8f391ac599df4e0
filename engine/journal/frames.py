"""The bytes of an input log segment: a header, then one frame a command. Pure; no files here.

    header  magic 8 bytes | format version u32 | first seq u64 | crc32 u32 of what precedes it
    frame   length u32 | crc32 u32 | seq u64 | ts_ns u64 | payload

All integers are little-endian. A frame's length counts its payload; its checksum (zlib's CRC-32)
covers everything behind it: seq, ts_ns and payload. Sequence numbers rise by one from frame to
frame and from segment to segment, so a missing frame shows.

A segment may end in the middle of a frame, where the machine or the process stopped: a torn tail.
A bad frame *before* a good one is something else: damage, which no crash of ours produces.
"""

import struct
from collections.abc import Iterable, Iterator
from zlib import crc32

import msgspec

MAGIC = b"TUI-XLOG"
FORMAT_VERSION = 4
"""2: commands of every order type. 3: commands that take time to arrive, and the venue's own time.
4: margin, pricing and portfolios. An older program would read them and miss some of their terms;
this one reads all four."""
PAYLOAD_BYTES_MAX = 1 << 24

_HEADER = struct.Struct("<8sIQI")
_FRAME = struct.Struct("<IIQQ")
_STAMP = struct.Struct("<QQ")
_FRAME_START = struct.Struct("<II")
_STAMP_OFFSET = _FRAME_START.size
HEADER_BYTES = _HEADER.size
FRAME_BYTES = _FRAME.size

Buffer = bytes | memoryview


class LogFormatError(ValueError):
    """A segment's header cannot be accepted; the text completes "FILE is …"."""


class LogFormatNewer(LogFormatError):
    """A segment was written by a newer program."""


class Frame(msgspec.Struct, frozen=True, gc=False):
    """One command of the log, still encoded."""

    seq: int
    ts_ns: int
    payload: bytes


def encode_header(first_seq: int) -> bytes:
    """The start of a segment whose first frame will have this sequence number."""
    head = _HEADER.pack(MAGIC, FORMAT_VERSION, first_seq, 0)[:-4]
    return head + crc32(head).to_bytes(4, "little")


def decode_header(data: Buffer) -> int:
    """The first sequence number of a segment.

    Raises:
        LogFormatError: Not a log, of a newer format, or damaged.
    """
    if len(data) < HEADER_BYTES:
        raise LogFormatError(f"too short: {len(data)} bytes, a header has {HEADER_BYTES}")
    magic, version, first_seq, checksum = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise LogFormatError("not an input log of tui-exchange: its first bytes are wrong")
    if crc32(data[: HEADER_BYTES - 4]) != checksum:
        raise LogFormatError("damaged: its header does not match its checksum")
    if version > FORMAT_VERSION:
        raise LogFormatNewer(
            f"in format {version}, written by a newer tui-exchange; this one reads up to"
            f" {FORMAT_VERSION}: update the program, the file is fine"
        )
    return int(first_seq)


def encode_frames(records: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Frames one behind the other, from (seq, ts_ns, payload) of each."""
    parts: list[bytes] = []
    add, pack, stamp = parts.append, _FRAME.pack, _STAMP.pack
    for seq, ts_ns, payload in records:
        add(pack(len(payload), crc32(payload, crc32(stamp(seq, ts_ns))), seq, ts_ns))
        add(payload)
    return b"".join(parts)


def read_frame(data: Buffer, offset: int) -> Frame | None:
    """The frame that starts at `offset`; None if no whole and sound frame does."""
    if offset + FRAME_BYTES > len(data):
        return None
    length, checksum, seq, ts_ns = _FRAME.unpack_from(data, offset)
    end = offset + FRAME_BYTES + length
    if end > len(data) or length > PAYLOAD_BYTES_MAX:
        return None
    if crc32(data[offset + _STAMP_OFFSET : end]) != checksum:
        return None
    return Frame(seq, ts_ns, bytes(data[offset + FRAME_BYTES : end]))


class FrameReader:
    """Walks the frames of one segment and stops where they end or break.

    Attributes:
        offset: Where the last good frame ends: the length that the segment should have.
        next_seq: The sequence number expected there.
    """

    def __init__(self, data: Buffer) -> None:
        self._data = data
        self.first_seq = decode_header(data)
        self.next_seq = self.first_seq
        self.offset = HEADER_BYTES

    def __iter__(self) -> Iterator[Frame]:
        while True:
            frame = read_frame(self._data, self.offset)
            if frame is None or frame.seq != self.next_seq:
                return
            self.offset += FRAME_BYTES + len(frame.payload)
            self.next_seq += 1
            yield frame

    @property
    def leftover_bytes(self) -> int:
        """How much follows the last good frame; 0 at a clean end."""
        return len(self._data) - self.offset

    def later_frame(self) -> tuple[int, Frame] | None:
        """A sound frame of a later command behind the break, and its offset: proof of damage.

        None means that nothing of worth follows: the tail is torn.
        """
        last = self.next_seq + self.leftover_bytes // FRAME_BYTES
        for offset in range(self.offset, len(self._data) - FRAME_BYTES + 1):
            seq = _STAMP.unpack_from(self._data, offset + _STAMP_OFFSET)[0]
            if self.next_seq <= seq <= last:
                frame = read_frame(self._data, offset)
                if frame is not None:
                    return offset, frame
        return None
