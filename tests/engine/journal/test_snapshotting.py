"""Snapshots are taken when they are due, and a failing one harms nothing."""

from pathlib import Path

from engine.core.snapshot import encode
from engine.journal.recovery import recover
from engine.journal.segments import segment_paths
from engine.journal.snapshots import snapshot_paths
from engine.journal.snapshotting import SnapshotPolicy, Snapshotting
from tests.engine.journal.sessions import STEP_NS, LoggedSession
from tests.engine.journal.trading import trading


def attach(session: LoggedSession, policy: SnapshotPolicy) -> Snapshotting:
    snapshots = Snapshotting(session.folder, session.exchange, session.log, policy)
    session.sequencer.subscribe(snapshots.read)
    return snapshots


def seqs(folder: Path) -> list[int]:
    return [int(path.stem) for path in snapshot_paths(folder)]


def test_one_is_due_after_so_many_commands(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    snapshots = attach(session, SnapshotPolicy(commands=10))
    for command in trading(seed=2, count=29):
        session.run([command])
        snapshots.wait()
    session.close()
    assert seqs(tmp_path) == [30, 20, 10]
    assert len(segment_paths(tmp_path)) == 4


def test_one_is_due_after_some_time(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    snapshots = attach(session, SnapshotPolicy(interval_ns=20 * STEP_NS))
    for command in trading(seed=2, count=29):
        session.run([command])
        snapshots.wait()
    assert seqs(tmp_path) == [21]
    session.close()


def test_closing_leaves_one_so_that_the_next_start_replays_nothing(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    snapshots = attach(session, SnapshotPolicy())
    session.run(trading(seed=2, count=50))
    snapshots.close()
    session.close()
    recovered = recover(tmp_path)
    assert recovered.replayed == 0
    assert encode(recovered.exchange) == encode(session.exchange)


def test_a_snapshot_that_fails_is_reported_and_the_log_still_has_all(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    elsewhere = tmp_path / "gone"
    snapshots = Snapshotting(elsewhere, session.exchange, session.log, SnapshotPolicy())
    session.run(trading(seed=2, count=50))
    snapshots.begin()
    snapshots.wait()
    assert "could not be written" in snapshots.error
    assert "nothing is lost" in snapshots.error
    session.close()
    assert encode(recover(tmp_path).exchange) == encode(session.exchange)
