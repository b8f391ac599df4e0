"""The input log: order of durability, rotation, and what it does when the disk refuses."""

from pathlib import Path

import pytest

from engine.clock import ManualClock
from engine.core.commands import AdvanceTime
from engine.journal.frames import FRAME_BYTES, HEADER_BYTES, Frame, FrameReader
from engine.journal.log import Fsync, FsyncPolicy, InputLog, LogClosedWithLoss
from engine.journal.segments import segment_paths
from engine.sequencer import LogUnavailable, Sequencer
from tests.engine.journal.disks import CountingEngine, FullDisk

TIMEOUT_S = 20.0


def frames(folder: Path) -> list[Frame]:
    return [frame for path in segment_paths(folder) for frame in FrameReader(path.read_bytes())]


@pytest.mark.parametrize("mode", list(Fsync))
def test_what_was_waited_for_can_be_read_from_the_file(tmp_path: Path, mode: Fsync) -> None:
    log = InputLog(tmp_path, fsync=FsyncPolicy(mode))
    for seq in range(1, 101):
        log.append(seq, seq * 10, b"%d" % seq)
    assert log.wait_written(100, TIMEOUT_S)
    assert [frame.payload for frame in frames(tmp_path)] == [b"%d" % n for n in range(1, 101)]
    log.close()
    assert log.durable_seq == 100 or mode is Fsync.OFF


def test_each_means_that_written_is_durable(tmp_path: Path) -> None:
    log = InputLog(tmp_path, fsync=FsyncPolicy(Fsync.EACH))
    log.append(1, 1, b"x")
    assert log.wait_written(1, TIMEOUT_S)
    assert log.durable_seq == 1
    log.close()


def test_an_idle_log_still_becomes_durable_after_the_interval(tmp_path: Path) -> None:
    log = InputLog(tmp_path, fsync=FsyncPolicy(Fsync.INTERVAL, interval_ms=5))
    log.append(1, 1, b"x")
    assert log.wait_durable(1, TIMEOUT_S)
    log.close()


def test_a_new_segment_begins_where_the_log_is_rotated(tmp_path: Path) -> None:
    log = InputLog(tmp_path, next_seq=5)
    for seq in (5, 6):
        log.append(seq, seq, b"a")
    log.rotate()
    for seq in (7, 8):
        log.append(seq, seq, b"b")
    log.close()
    assert [path.name for path in segment_paths(tmp_path)] == [
        "00000000000000000005.log",
        "00000000000000000007.log",
    ]
    assert [frame.seq for frame in frames(tmp_path)] == [5, 6, 7, 8]


def test_nothing_is_created_until_there_is_something_to_keep(tmp_path: Path) -> None:
    log = InputLog(tmp_path)
    log.rotate()
    log.close()
    assert segment_paths(tmp_path) == []


def test_a_segment_with_commands_is_never_overwritten(tmp_path: Path) -> None:
    log = InputLog(tmp_path)
    log.append(1, 1, b"kept")
    log.close()
    second = InputLog(tmp_path, retry_s=0.01)
    second.append(1, 1, b"intruder")
    assert not second.wait_written(1, TIMEOUT_S)
    assert "already holds commands" in second.error
    with pytest.raises(LogClosedWithLoss, match="1 commands did not reach the log"):
        second.close()
    assert [frame.payload for frame in frames(tmp_path)] == [b"kept"]


def test_a_full_disk_refuses_in_words_and_recovers_without_loss(tmp_path: Path) -> None:
    disk = FullDisk(free_bytes=HEADER_BYTES + 2 * (FRAME_BYTES + 20) + 30)
    log = InputLog(tmp_path, open_segment=disk.open, retry_s=0.01)
    sequencer = Sequencer(CountingEngine(), ManualClock(1), log)
    refused = 0
    while not refused:
        try:
            sequencer.submit(AdvanceTime())
            log.wait_written(sequencer.seq, TIMEOUT_S)
        except LogUnavailable as error:
            refused += 1
            sentence = str(error)
    assert "No space left on device" in sentence
    assert "free space on that disk" in sentence
    applied = sequencer.seq
    assert [frame.seq for frame in frames(tmp_path)] == list(range(1, log.written_seq + 1))
    disk.free_bytes = 10_000
    assert _wait_healthy(log)
    sequencer.submit(AdvanceTime())
    log.close()
    assert [frame.seq for frame in frames(tmp_path)] == list(range(1, applied + 2))


def test_a_half_written_frame_is_cut_back_at_once(tmp_path: Path) -> None:
    disk = FullDisk(free_bytes=HEADER_BYTES + FRAME_BYTES + 4 + 10)
    log = InputLog(tmp_path, open_segment=disk.open, retry_s=TIMEOUT_S)
    log.append(1, 1, b"full")
    assert log.wait_written(1, TIMEOUT_S)
    log.append(2, 2, b"half")
    assert not log.wait_written(2, TIMEOUT_S)
    (path,) = segment_paths(tmp_path)
    assert path.stat().st_size == HEADER_BYTES + FRAME_BYTES + 4
    with pytest.raises(LogClosedWithLoss):
        log.close()


@pytest.mark.parametrize("mode", [Fsync.EACH, Fsync.INTERVAL])
def test_a_failed_sync_is_repeated_with_its_data_and_writes_nothing_twice(
    tmp_path: Path, mode: Fsync
) -> None:
    disk = FullDisk(free_bytes=1 << 20)
    disk.sync_failures = 3
    log = InputLog(tmp_path, fsync=FsyncPolicy(mode, 1), open_segment=disk.open, retry_s=0.01)
    log.append(1, 1, b"one")
    while disk.sync_failures:
        log.wait_durable(1, 0.01)
    assert _wait_healthy(log)
    log.append(2, 2, b"two")
    log.close()
    assert [frame.payload for frame in frames(tmp_path)] == [b"one", b"two"]


def test_appending_after_the_close_is_refused(tmp_path: Path) -> None:
    log = InputLog(tmp_path)
    log.close()
    log.close()
    assert "closed" in log.error


def _wait_healthy(log: InputLog) -> bool:
    """True once the writer has tried again with success."""
    while log.error:
        log.wait_durable(log.written_seq + log.pending, 0.01)
    return True
