"""Whatever state a history is in, there is something to read or a sentence that says why not."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from engine.core.commands import Flatten
from engine.journal.annotations import read_annotations
from engine.journal.history import HistoryWriter
from engine.journal.profile import HISTORY_NAME
from tests.tui_exchange.review.histories import NOW_NS, OPENING, RunningProfile, profile, trade_in
from tui_exchange.failures import ReviewFailure
from tui_exchange.review.live import LiveSource
from tui_exchange.review.opening import open_file, open_profile
from tui_exchange.review.projection import ProjectionSource
from tui_exchange.review.source import FileSource

HOLDER = """
import sys, duckdb
database = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_a_profile_without_a_session_is_brought_up_to_its_last_command(tmp_path: Path) -> None:
    source = open_profile(profile(tmp_path), OPENING)
    assert isinstance(source, FileSource)
    assert len(source.history().trades) == 3
    assert source.notice == ""


def test_beside_a_running_session_a_copy_is_rebuilt_and_says_so(tmp_path: Path) -> None:
    running = RunningProfile(tmp_path)
    running.written()
    source = open_profile(running.folder, OPENING)
    try:
        assert isinstance(source, ProjectionSource)
        assert "a session is using this profile" in source.notice
        assert len(source.history().trades) == 3
        assert not (running.folder / HISTORY_NAME).exists()
    finally:
        source.close()
        running.close()


def test_a_rebuilt_copy_takes_in_what_the_session_does_next(tmp_path: Path) -> None:
    running = RunningProfile(tmp_path)
    running.written()
    source = open_profile(running.folder, OPENING)
    try:
        running.session.run([Flatten(account="me")])
        running.written()
        source.refresh()
        assert [trade.state for trade in source.history().trades] == ["closed"] * 3
    finally:
        source.close()
        running.close()


def test_a_note_written_beside_a_session_reaches_the_profile(tmp_path: Path) -> None:
    running = RunningProfile(tmp_path)
    running.written()
    source = open_profile(running.folder, OPENING)
    try:
        source.write_note(1, "seen from outside")
        assert source.history().trades[0].note == "seen from outside"
        (kept,), damaged = read_annotations(running.folder)
        assert (kept.text, damaged) == ("seen from outside", 0)
    finally:
        source.close()
        running.close()


def test_a_session_can_start_while_review_is_open(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    source = open_profile(folder, OPENING)
    source.history()
    with duckdb.connect(str(folder / HISTORY_NAME)) as database:
        assert database.execute("SELECT count(*) FROM positions").fetchone() == (3,)


def test_inside_a_session_review_reads_what_its_writer_wrote(tmp_path: Path) -> None:
    session = trade_in(tmp_path)
    writer = HistoryWriter(tmp_path, session.exchange, session.log, batch_s=0.01)
    source = LiveSource(writer, tmp_path, lambda: NOW_NS, "me")
    try:
        assert writer.flush(30.0)
        source.refresh()
        assert len(source.history().trades) == 3
        source.add_tag(1, "live")
        assert writer.flush(30.0)
        assert "live" in source.history().trades[0].tags
    finally:
        writer.close()
        session.close()


def test_a_file_by_itself_keeps_its_own_notes(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    open_profile(folder, OPENING)
    copy = tmp_path / "copy.duckdb"
    shutil.copy(folder / HISTORY_NAME, copy)
    source = open_file(copy, OPENING)
    source.write_note(2, "in the file")
    source.add_tag(2, "one")
    source.add_tag(2, "two")
    source.take_tag(2, "one")
    again = open_file(copy, OPENING).history().trades[1]
    assert (again.note, again.tags) == ("in the file", ("two",))
    assert not (tmp_path / "annotations.jsonl").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReviewFailure, match=r"no history at .*nothing\.duckdb"):
        open_file(tmp_path / "nothing.duckdb", OPENING)


def test_a_profile_without_a_history_names_the_others(tmp_path: Path) -> None:
    profile(tmp_path)
    with pytest.raises(ReviewFailure, match=r"'other' has no history yet.*there are paper"):
        open_profile(tmp_path / "other", OPENING)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("not a database " * 1000)
    with pytest.raises(ReviewFailure, match="no history database"):
        open_file(path, OPENING)


def test_another_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute("CREATE TABLE something (x INTEGER)")
    with pytest.raises(ReviewFailure, match="not a history that this version can read"):
        open_file(path, OPENING)


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    open_profile(folder, OPENING)
    path = folder / HISTORY_NAME
    with duckdb.connect(str(path)) as database:
        database.execute("INSERT INTO migrations VALUES ('9999_later', now()::TIMESTAMP)")
    for opening in (lambda: open_profile(folder, OPENING), lambda: open_file(path, OPENING)):
        with pytest.raises(ReviewFailure, match=r"9999_later.*newer tui-exchange"):
            opening()


def test_a_damaged_history_of_a_profile_is_shown_from_the_log(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    (folder / HISTORY_NAME).write_bytes(b"damaged" * 5000)
    source = open_profile(folder, OPENING)
    try:
        assert "not a sound history" in source.notice
        assert len(source.history().trades) == 3
        assert (folder / HISTORY_NAME).read_bytes() == b"damaged" * 5000
    finally:
        source.close()


def test_a_damaged_log_still_shows_the_history_that_was_written(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    open_profile(folder, OPENING)
    (log,) = folder.glob("*.log")
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 0xFF
    log.write_bytes(data)
    source = open_profile(folder, OPENING)
    assert len(source.history().trades) == 3


@contextmanager
def held_elsewhere(path: Path) -> Iterator[None]:
    """Another process has the database open to write."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield
        holder.communicate()


def test_a_profiles_file_that_another_program_holds_is_rebuilt(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    open_profile(folder, OPENING)
    with held_elsewhere(folder / HISTORY_NAME):
        source = open_file(folder / HISTORY_NAME, OPENING)
        assert isinstance(source, ProjectionSource)
        assert len(source.history().trades) == 3
        source.close()


def test_any_other_file_that_another_program_holds_is_refused(tmp_path: Path) -> None:
    folder = profile(tmp_path)
    open_profile(folder, OPENING)
    copy = tmp_path / "copy.duckdb"
    shutil.copy(folder / HISTORY_NAME, copy)
    with (
        held_elsewhere(copy),
        pytest.raises(ReviewFailure, match="open a copy of the file"),
    ):
        open_file(copy, OPENING)
