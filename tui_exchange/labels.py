"""Notes and tags that the trader writes to orders after they were sent.

In a kept profile they go to its annotations, where review finds them; the last note of an order
counts, and its last tag.
"""

from collections.abc import Callable
from pathlib import Path

from engine.journal.annotations import (
    Annotation,
    AnnotationNotKept,
    Kind,
    Subject,
    append_annotation,
    read_annotations,
)


class OrderLabels:
    """Tag and note by order id.

    Args:
        folder: Of the profile; None keeps nothing beyond the session.
        now_ns: The time to write beside an annotation.
    """

    def __init__(self, folder: Path | None, now_ns: Callable[[], int]) -> None:
        self._folder = folder
        self._now_ns = now_ns
        self._notes: dict[int, str] = {}
        self._tags: dict[int, str] = {}
        if folder is not None:
            self._load(folder)

    def tag_of(self, order_id: int) -> str | None:
        """The tag; None when none was written."""
        return self._tags.get(order_id)

    def note_of(self, order_id: int) -> str | None:
        """The note; None when none was written."""
        return self._notes.get(order_id)

    def write_note(self, order_id: int, text: str) -> str:
        """Write a note; empty, or a sentence why it will not outlive the session."""
        self._notes[order_id] = text
        return self._keep(order_id, Kind.NOTE, text)

    def write_tag(self, order_id: int, tag: str) -> str:
        """Write a tag in place of the one before; empty, or a sentence as `write_note`."""
        before = self._tags.get(order_id)
        self._tags[order_id] = tag
        if before is not None and before != tag:
            self._keep(order_id, Kind.UNTAG, before)
        return self._keep(order_id, Kind.TAG, tag)

    def _keep(self, order_id: int, kind: Kind, text: str) -> str:
        if self._folder is None:
            return ""
        annotation = Annotation(
            at_ns=self._now_ns(), subject=Subject.ORDER, subject_id=order_id, kind=kind, text=text
        )
        try:
            append_annotation(self._folder, annotation)
        except AnnotationNotKept as error:
            return str(error)
        return ""

    def _load(self, folder: Path) -> None:
        annotations, _damaged = read_annotations(folder)
        for one in annotations:
            if one.subject is Subject.ORDER:
                self._take(one)

    def _take(self, one: Annotation) -> None:
        if one.kind is Kind.NOTE:
            self._notes[one.subject_id] = one.text
        elif one.kind is Kind.TAG:
            self._tags[one.subject_id] = one.text
        elif self._tags.get(one.subject_id) == one.text:
            del self._tags[one.subject_id]
