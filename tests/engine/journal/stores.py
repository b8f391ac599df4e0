"""Histories as plain values, to be compared."""

from pathlib import Path
from typing import Any

import msgspec

from engine.journal.history import HistoryWriter
from engine.journal.schema import TABLES
from engine.journal.store import HistoryStore
from tests.engine.journal.sessions import LoggedSession

TIMEOUT_S = 60.0


def contents(path: Path) -> dict[str, list[Any]]:
    """Every row of every table, in the order of its key."""
    store = HistoryStore(path)
    try:
        return {
            table.name: [msgspec.to_builtins(row) for row in store.rows(table.row)]
            for table in TABLES
        }
    finally:
        store.close()


def query(path: Path, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, by column name."""
    store = HistoryStore(path)
    try:
        with store.reader() as reader:
            found = reader.execute(sql)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    finally:
        store.close()


def attach(session: LoggedSession, **options: float) -> HistoryWriter:
    """Write a session's history as it goes."""
    history = HistoryWriter(session.folder, session.exchange, session.log, **options)
    session.sequencer.subscribe(history.read)
    return history
