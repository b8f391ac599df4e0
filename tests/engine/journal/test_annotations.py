"""Notes and tags survive everything, and the history shows them."""

from pathlib import Path

import pytest

from engine.journal.annotations import (
    ANNOTATIONS_NAME,
    Annotation,
    AnnotationNotKept,
    Kind,
    Subject,
    append_annotation,
    note_rows,
    read_annotations,
    tag_rows,
)
from engine.journal.profile import HISTORY_NAME
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.stores import TIMEOUT_S, attach, query
from tests.engine.journal.trading import opening


def annotation(kind: Kind, text: str, at_ns: int = 1, order_id: int = 7) -> Annotation:
    return Annotation(at_ns=at_ns, subject=Subject.ORDER, subject_id=order_id, kind=kind, text=text)


def test_they_come_back_in_order(tmp_path: Path) -> None:
    written = [annotation(Kind.NOTE, "line\nbreak ünd more"), annotation(Kind.TAG, "scalp")]
    for item in written:
        append_annotation(tmp_path, item)
    assert read_annotations(tmp_path) == (written, 0)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert read_annotations(tmp_path) == ([], 0)


def test_a_half_written_line_costs_only_itself(tmp_path: Path) -> None:
    append_annotation(tmp_path, annotation(Kind.TAG, "first"))
    path = tmp_path / ANNOTATIONS_NAME
    path.write_bytes(path.read_bytes() + b'{"at_ns":1,"subj')
    append_annotation(tmp_path, annotation(Kind.TAG, "second"))
    found, damaged = read_annotations(tmp_path)
    assert [item.text for item in found] == ["first", "second"]
    assert damaged == 1


def test_a_tag_counts_once_and_can_be_taken_away() -> None:
    given = [
        annotation(Kind.TAG, "a", at_ns=1),
        annotation(Kind.TAG, "a", at_ns=2),
        annotation(Kind.TAG, "b", at_ns=3),
        annotation(Kind.UNTAG, "b", at_ns=4),
        annotation(Kind.UNTAG, "never", at_ns=5),
        annotation(Kind.NOTE, "text", at_ns=6),
    ]
    assert [(row.tag, row.ts) for row in tag_rows(given)] == [("a", 1)]
    assert [(row.text, row.ts) for row in note_rows(given)] == [("text", 6)]


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    with pytest.raises(AnnotationNotKept, match=r"the tag was not kept.*write it again"):
        append_annotation(tmp_path / "gone", annotation(Kind.TAG, "lost"))


def test_what_is_written_during_a_session_appears_in_its_history(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    history = attach(session)
    commands = opening()
    session.run(commands[:3])
    assert history.flush(TIMEOUT_S)
    append_annotation(tmp_path, annotation(Kind.NOTE, "during the session"))
    session.run(commands[3:])
    assert history.flush(TIMEOUT_S)
    history.close()
    session.close()
    assert query(tmp_path / HISTORY_NAME, "SELECT text, subject_id FROM notes") == [
        {"text": "during the session", "subject_id": 7}
    ]
