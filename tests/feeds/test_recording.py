"""Recordings: what is written is read back, and damage is never fatal."""

import errno
import gzip
from pathlib import Path

import pytest
import zstandard

from feeds.errors import UnreadableRecording
from feeds.recorder import CannotRecord, Recorder
from feeds.recording import Recording
from feeds.rotation import Rotation, rotation_of
from tests.feeds import frames

HOUR_NS = 3600 * 10**9
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
    with pytest.raises(UnreadableRecording, match="is empty"):
        Recording(tmp_path)


def test_a_rotated_recording_is_a_folder_that_reads_as_one(tmp_path: Path) -> None:
    folder = tmp_path / "day"
    recorder = Recorder(folder, rotation_of("1h"), ".gz")
    lines = [(frames.T0_NS + number * 1_500_000_000_000, raw) for number, raw in enumerate(FRAMES)]
    lines += [(lines[-1][0] + HOUR_NS - 1, FRAMES[0]), (lines[-1][0] + HOUR_NS, FRAMES[1])]
    for line in lines:
        recorder.record(*line)
    recorder.close()
    assert [len(read(path)) for path in recorder.files] == [3, 2]
    assert sorted(recorder.files) == recorder.files
    assert read(folder) == lines


def test_files_are_also_changed_by_their_size(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, Rotation(bytes_max=300), "")
    for number in range(10):
        recorder.record(frames.T0_NS + number, b"x" * 80)
    recorder.close()
    assert [path.stat().st_size for path in recorder.files] == [303, 303, 303, 101]


def test_a_second_recording_in_a_folder_follows_the_first(tmp_path: Path) -> None:
    for hour in range(2):
        recorder = Recorder(tmp_path, rotation_of("1d"))
        recorder.record(frames.T0_NS + hour * HOUR_NS, FRAMES[0])
        recorder.close()
    assert len(read(tmp_path)) == 2


@pytest.mark.parametrize("text", ["", "1", "h", "0h", "1h30m", "-1d", "1KB", "1.5h"])
def test_a_rotation_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="write 30m"):
        rotation_of(text)


class _FullDisk:
    """Takes a few bytes, then none."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, data: bytes) -> int:
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return len(data)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


def test_a_full_disk_ends_the_recording_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.recorder._writer", lambda file, path: _FullDisk(200))
    recorder = Recorder(tmp_path / "a")
    for number in range(5):
        recorder.record(number, b"y" * 90)
    recorder.close()
    assert "No space left on device" in recorder.error
    assert "can be replayed" in recorder.error
    recorder.record(9, b"z")
    assert recorder.dropped >= 1


def test_collectors_envelopes_and_bare_frames_are_read(tmp_path: Path) -> None:
    path = tmp_path / "mixed.jsonl"
    path.write_text(
        '{"recv_ns":7,"src":"open","url":"wss://x"}\n'
        '{"recv_ns":8,"src":"sent","raw":"{}"}\n'
        '{"recv_ns":9,"src":"ws","raw":"{\\"a\\":1}"}\n'
        '{"channel":"book"}\n'
    )
    assert read(path) == [(9, b'{"a":1}'), (4_000_000, b'{"channel":"book"}')]
