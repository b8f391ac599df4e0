"""The history database: opening it, writing batches into it, taking up where it stands.

    StoreError            the sentence says what is wrong with the file and what to do
      StoreLocked         another process has it open
      StoreDamaged        not a database, or not one of ours
      StoreNewer          written by a newer program (engine.journal.migrations)

Every batch is one transaction, together with the last command that it reflects, so each command's
effects are in the tables exactly once.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from engine.journal.annotations import Annotation, note_rows, tag_rows
from engine.journal.migrations import migrate
from engine.journal.projection import Batch
from engine.journal.rows import NoteRow, TagRow
from engine.journal.schema import (
    TABLE_OF,
    TABLES,
    RowT,
    Table,
    insert_statement,
    row_of,
    select_statement,
)
from engine.journal.store_errors import StoreDamaged, StoreForeign, StoreNewer, store_error

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""One thread, the caller's, so that trading keeps its core; and nothing from the network, ever."""


class HistoryStore:
    """An open history database. One thread writes; other threads read through `reader`.

    Args:
        path: Created if it is not there, and migrated if it is older.

    Raises:
        StoreError: The file cannot be used; see its kinds.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._database = duckdb.connect(str(path), config=_SETTINGS)
        except duckdb.Error as error:
            raise store_error(path, error) from error
        try:
            migrate(self._database)
            self.applied_seq = self._applied_seq()
        except StoreNewer:
            self._database.close()
            raise
        except (StoreForeign, duckdb.Error) as error:
            self._database.close()
            raise StoreDamaged(
                f"{path} is a database, but not a history store of tui-exchange ({error}): move it"
                " away, and the history is written anew from the log"
            ) from error

    def close(self) -> None:
        """Give the file back; everything written is in it."""
        self._database.close()

    def reader(self) -> duckdb.DuckDBPyConnection:
        """A connection for queries in another thread of this process; close it after use."""
        return self._database.cursor()

    def write(self, batch: Batch, applied_seq: int) -> None:
        """Add rows and note the last command that they reflect, in one transaction.

        Raises:
            duckdb.Error: The disk or a value refused; the store is as it was before.
        """
        self._database.begin()
        try:
            for kind, rows in batch.rows():
                self._insert(TABLE_OF[kind], rows)
            self._database.execute("UPDATE progress SET applied_seq = ?", [applied_seq])
        except duckdb.Error:
            self._database.rollback()
            raise
        self._database.commit()
        self.applied_seq = applied_seq

    def write_annotations(self, annotations: list[Annotation]) -> None:
        """Replace notes and tags by what the file says.

        Raises:
            duckdb.Error: As for `write`.
        """
        self._database.begin()
        try:
            self._database.execute("DELETE FROM notes")
            self._database.execute("DELETE FROM tags")
            self._insert(TABLE_OF[NoteRow], note_rows(annotations))
            self._insert(TABLE_OF[TagRow], tag_rows(annotations))
        except duckdb.Error:
            self._database.rollback()
            raise
        self._database.commit()

    def clear(self) -> None:
        """Forget every row, to be projected anew."""
        self._database.begin()
        for table in TABLES:
            self._database.execute(f"DELETE FROM {table.name}")
        self._database.execute("UPDATE progress SET applied_seq = 0")
        self._database.commit()
        self.applied_seq = 0

    def rows(self, kind: type[RowT], where: str = "true") -> list[RowT]:
        """Rows of a table as they were written.

        Args:
            where: A condition in SQL, written by the program and never by a person.
        """
        found = self._database.execute(select_statement(TABLE_OF[kind], where)).fetchall()
        return [row_of(kind, values) for values in found]

    def scalar(self, sql: str) -> Any:
        """The one value that a query of the program gives."""
        row = self._database.execute(sql).fetchone()
        return None if row is None else row[0]

    def _applied_seq(self) -> int:
        return int(self.scalar("SELECT applied_seq FROM progress"))

    def _insert(self, table: Table, rows: Sequence[Any]) -> None:
        if rows:
            payload = msgspec.json.encode(rows).decode()
            self._database.execute(insert_statement(table), [payload])
