"""Notes and tags: what the trader writes about orders and trades, in a file of its own.

No log can give them back, so they are kept as lines of JSON, one a note or tag, only ever appended:
a session and a review beside it may both write. The history store shows them in its tables.
"""

import os
from enum import Enum
from pathlib import Path

import msgspec

from engine.journal.rows import NoteRow, TagRow

ANNOTATIONS_NAME = "annotations.jsonl"


class AnnotationNotKept(Exception):
    """A note or tag could not be written; the sentence says why and what to do."""


class Subject(Enum):
    """What an annotation is about."""

    ORDER = "order"
    TRADE = "trade"


class Kind(Enum):
    """What an annotation does."""

    NOTE = "note"
    TAG = "tag"
    UNTAG = "untag"
    """Takes a tag away."""


class Annotation(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the file."""

    at_ns: int
    subject: Subject
    subject_id: int
    """order_id or position_id."""
    kind: Kind
    text: str
    """The note, or the tag."""


_decoder = msgspec.json.Decoder(Annotation)


def append_annotation(folder: Path, annotation: Annotation) -> None:
    """Keep a note or tag; it is on the disk when this returns.

    Raises:
        AnnotationNotKept: The disk refused.
    """
    path = folder / ANNOTATIONS_NAME
    line = b"\n" + msgspec.json.encode(annotation) + b"\n"
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(fd, line)
            os.fsync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        raise AnnotationNotKept(
            f"the {annotation.kind.value} was not kept: {path} cannot be written"
            f" ({(error.strerror or str(error)).lower()}); free space or make it writable, then"
            " write it again"
        ) from error


def read_annotations(folder: Path) -> tuple[list[Annotation], int]:
    """All annotations, oldest first, and how many lines were damaged and passed over.

    Raises:
        OSError: The file is there and cannot be read.
    """
    try:
        data = (folder / ANNOTATIONS_NAME).read_bytes()
    except FileNotFoundError:
        return [], 0
    found: list[Annotation] = []
    damaged = 0
    for line in data.split(b"\n"):
        if not line:
            continue
        try:
            found.append(_decoder.decode(line))
        except msgspec.DecodeError:
            damaged += 1
    return found, damaged


def annotations_size(folder: Path) -> int:
    """The size of the file in bytes, which changes with every annotation; 0 without one."""
    try:
        return (folder / ANNOTATIONS_NAME).stat().st_size
    except FileNotFoundError:
        return 0


def note_rows(annotations: list[Annotation]) -> list[NoteRow]:
    """The rows of the table `notes`."""
    return [
        NoteRow(ts=a.at_ns, subject=a.subject.value, subject_id=a.subject_id, text=a.text)
        for a in annotations
        if a.kind is Kind.NOTE
    ]


def tag_rows(annotations: list[Annotation]) -> list[TagRow]:
    """The rows of the table `tags`: each tag once, and none that was taken away again."""
    tags: dict[tuple[Subject, int, str], TagRow] = {}
    for a in annotations:
        key = (a.subject, a.subject_id, a.text)
        if a.kind is Kind.UNTAG:
            tags.pop(key, None)
        elif a.kind is Kind.TAG and key not in tags:
            tags[key] = TagRow(
                ts=a.at_ns, subject=a.subject.value, subject_id=a.subject_id, tag=a.text
            )
    return list(tags.values())
