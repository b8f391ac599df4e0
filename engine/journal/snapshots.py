"""Snapshots of the exchange: written whole or not at all, checked before they are believed.

    header   magic 8 bytes | format version u32 | seq u64 | ts_ns u64 | payload length u64
             | state hash 32 bytes | crc32 u32 of everything else, the payload included
    payload  what `engine.core.snapshot.encode` gave

All integers are little-endian. The state hash is SHA-256 of the payload; after decoding, the
restored exchange is encoded again and must hash to the same, so a snapshot that this program would
restore differently is as good as damaged.
"""

import hashlib
import os
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import msgspec

from engine.core import snapshot as state_codec
from engine.core.exchange import Exchange
from engine.journal.segments import sync_folder

MAGIC = b"TUI-XSNP"
FORMAT_VERSION = 4
"""2: every order type, group, halt and fee. 3: what is on its way, and what a mirror remembers.
4: margin, marks and funding. An older state says too little to go on from."""
SUFFIX = ".snapshot"
KEEP = 3
"""How many snapshots stay: the newest, and those to fall back to."""

_DIGITS = 20
_HEADER = struct.Struct("<8sIQQQ32s")
_CHECKSUM = struct.Struct("<I")
_PAYLOAD_OFFSET = _HEADER.size + _CHECKSUM.size


class SnapshotDamaged(Exception):
    """A snapshot cannot be believed; the sentence says what is wrong with it."""


class SnapshotOlder(Exception):
    """A snapshot was written by an older program, whose state this one does not go on from."""


class SnapshotNewer(Exception):
    """A snapshot was written by a newer program."""


@dataclass(frozen=True, slots=True)
class SnapshotState:
    """The state to be kept, taken between two commands."""

    seq: int
    ts_ns: int
    payload: bytes


def take(exchange: Exchange) -> SnapshotState:
    """The exchange's state now; `write_snapshot` may put it on disk in another thread."""
    return SnapshotState(exchange.seq, exchange.now_ns, state_codec.encode(exchange))


def snapshot_paths(folder: Path) -> list[Path]:
    """The snapshots of a folder, newest first."""
    found = (path for path in folder.glob(f"*{SUFFIX}") if path.stem.isdigit())
    return sorted((path for path in found if len(path.stem) == _DIGITS), reverse=True)


def snapshot_seq(path: Path) -> int:
    """The sequence number of the last command that a snapshot contains, by its name."""
    return int(path.stem)


def write_snapshot(folder: Path, state: SnapshotState) -> Path:
    """Put a snapshot into the folder in one step, and drop all but the last `KEEP`.

    The log must hold every command up to `state.seq` durably before this is called.

    Raises:
        OSError: The disk refused; the snapshots that were there still are.
    """
    path = folder / f"{state.seq:0{_DIGITS}d}{SUFFIX}"
    temporary = path.with_suffix(SUFFIX + ".tmp")
    try:
        with temporary.open("wb") as file:
            file.write(_encode(state))
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(folder)
    for old in snapshot_paths(folder)[KEEP:]:
        old.unlink()
    return path


def read_snapshot(path: Path) -> Exchange:
    """The exchange that a snapshot holds.

    Raises:
        SnapshotDamaged: Its bytes, or what they restore, are not what was written.
        SnapshotOlder: Its state is one of an older program; the log has what it has.
        SnapshotNewer: It needs a newer program.
        OSError: It cannot be read at all.
    """
    payload, digest = _decode(path.read_bytes(), path)
    try:
        exchange = state_codec.decode(payload)
    except msgspec.DecodeError as error:
        raise SnapshotDamaged(f"{path} holds no state that this version knows: {error}") from error
    if state_codec.state_hash(exchange) != digest:
        raise SnapshotDamaged(f"{path} does not restore the state that was saved: hashes differ")
    return exchange


def _encode(state: SnapshotState) -> bytes:
    digest = hashlib.sha256(state.payload).digest()
    header = _HEADER.pack(MAGIC, FORMAT_VERSION, state.seq, state.ts_ns, len(state.payload), digest)
    checksum = _CHECKSUM.pack(crc32(state.payload, crc32(header)))
    return header + checksum + state.payload


def _decode(data: bytes, path: Path) -> tuple[bytes, str]:
    """The payload and the hash, in hexadecimal, that its state must have."""
    if len(data) < _PAYLOAD_OFFSET:
        raise SnapshotDamaged(f"{path} is too short: {len(data)} bytes")
    magic, version, _seq, _ts_ns, length, digest = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise SnapshotDamaged(f"{path} does not begin like a snapshot")
    if version > FORMAT_VERSION:
        raise SnapshotNewer(
            f"{path} is in format {version}, written by a newer tui-exchange; this one reads up to"
            f" {FORMAT_VERSION}: update the program, the file is fine"
        )
    if version < FORMAT_VERSION:
        raise SnapshotOlder(f"{path.name} is a state of an older tui-exchange, in format {version}")
    payload = data[_PAYLOAD_OFFSET:]
    if len(payload) != length:
        raise SnapshotDamaged(f"{path} has {len(payload)} bytes of state instead of {length}")
    (checksum,) = _CHECKSUM.unpack_from(data, _HEADER.size)
    if crc32(payload, crc32(data[: _HEADER.size])) != checksum:
        raise SnapshotDamaged(f"{path} does not match its checksum")
    return payload, digest.hex()
