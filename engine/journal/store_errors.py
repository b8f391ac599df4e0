"""Why a history database cannot be used, in sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


class StoreError(Exception):
    """The history database cannot be used; the sentence says why and what to do."""


class StoreLocked(StoreError):
    """Another process has the database open, and DuckDB lets one at a time in."""


class StoreDamaged(StoreError):
    """The file is no database, or none of ours."""


class StoreForeign(StoreError):
    """The database has tables, but never was a history store."""


class StoreNewer(StoreError):
    """The database was written by a newer program."""


def store_error(path: Path, error: duckdb.Error) -> StoreError:
    """What DuckDB's refusal to open a file means."""
    said = str(error)
    if "lock" in said or "being used by another process" in said:
        holder = _between(said, "(PID ", ")")
        who = f"process {holder}" if holder else "another process"
        return StoreLocked(
            f"the history {path} is open in {who}: close that program, or read a copy built with"
            " `tui-exchange review`"
        )
    if "not a valid DuckDB" in said or "Serialization" in said or "corrupt" in said.lower():
        return StoreDamaged(
            f"{path} is not a sound history database: move it away, and the history is written"
            " anew from the log"
        )
    return StoreError(
        f"the history {path} cannot be opened ({_first_line(said)}): make it and its folder"
        " readable and writable for you, or move it away to have it written anew from the log"
    )


def _between(text: str, start: str, end: str) -> str:
    _, found, rest = text.partition(start)
    return rest.partition(end)[0] if found else ""


def _first_line(text: str) -> str:
    return text.partition("\n")[0].removeprefix("IO Error: ")
