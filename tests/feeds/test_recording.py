"""Recordings: what is written is read back, and damage is never fatal."""

import gzip
from pathlib import Path

import pytest
import zstandard

from feeds.errors import UnreadableRecording
from feeds.recorder import CannotRecord, Recorder
from feeds.recording import Recording
from tests.feeds import frames

FRAMES = [
    frames.depth(1, 2, frames.BIDS),
    frames.snapshot(2, frames.BIDS, frames.ASKS),
    frames.trade(1, "100.00", "1"),
]
LINES = [(frames.T0_NS + number, raw) for number, raw in enumerate(FRAMES)]
PLAIN = b"".join(b"%d %b\n" % line for line in LINES)


def read(path: Path) -> list[tuple[int, bytes]]:
    return list(Recording(path).lines())


@pytest.mark.parametrize("suffix", ["txt", "gz", "zst"])
def test_what_is_recorded_is_read_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"market.{suffix}"
    recorder = Recorder(path)
    for line in LINES:
        recorder.record(*line)
    recorder.close()
    recorder.close()
    assert read(path) == LINES
    assert (recorder.frames, recorder.dropped, recorder.error) == (3, 0, "")


@pytest.mark.parametrize(
    "packed",
    [PLAIN, gzip.compress(PLAIN), zstandard.ZstdCompressor().compress(PLAIN)],
    ids=["plain", "gzip", "zstd"],
)
def test_compression_is_told_by_content_not_by_name(tmp_path: Path, packed: bytes) -> None:
    path = tmp_path / "no-suffix"
    path.write_bytes(packed)
    assert read(path) == LINES


def test_a_frame_with_line_breaks_stays_one_line(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "a")
    recorder.record(5, '{"a":\r\n1}')
    recorder.close()
    assert read(tmp_path / "a") == [(5, b'{"a":  1}')]


def test_a_recording_never_overwrites_another(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(PLAIN)
    with pytest.raises(CannotRecord, match="exists already"):
        Recorder(tmp_path / "a")
    with pytest.raises(CannotRecord, match="choose another folder"):
        Recorder(tmp_path / "missing" / "a")


def test_bad_lines_are_counted_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"hello\n\n" + PLAIN + b"123\nx {}\n" + b"9" * 30 + b" {}\n")
    recording = Recording(path)
    assert list(recording.lines()) == LINES
    assert recording.damage.lines == 4
    assert recording.damage.texts[0].startswith("line 1 does not begin with a receive time")


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.ZstdCompressor().compress])
@pytest.mark.parametrize("lost", [1, 5, 20])
def test_a_torn_end_is_read_up_to_there(tmp_path: Path, pack: object, lost: int) -> None:
    assert callable(pack)
    path = tmp_path / "a"
    many = b"".join(b"%d %b\n" % (n, frames.depth(n, n, frames.BIDS)) for n in range(3000))
    path.write_bytes(pack(many)[:-lost])
    lines = read(path)
    assert lines[:2000] == [(n, frames.depth(n, n, frames.BIDS)) for n in range(2000)]


def test_a_file_that_is_not_there_or_empty_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRecording, match="cannot read the recording"):
        Recording(tmp_path / "nothing")
    (tmp_path / "empty").touch()
    with pytest.raises(UnreadableRecording, match="is empty"):
        Recording(tmp_path / "empty")
    with pytest.raises(UnreadableRecording, match="directory"):
        Recording(tmp_path)
