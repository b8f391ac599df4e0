"""Which history `tui-exchange review` opens, and how, whatever state its file is in.

| asked for | state | opened |
|---|---|---|
| a file | any | the file, to read |
| a file of a profile | a session has it open | a projection of that profile's log |
| a profile | no session | its history, brought up to the end of the log first |
| a profile | a session runs | a projection of its log, up to now |
| a profile | its log is gone | its history as it is |
| a profile | its history is damaged or cannot be written | a projection of its log |
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from engine.journal.annotations import read_annotations
from engine.journal.log_reader import LogUnreadable
from engine.journal.profile import (
    HISTORY_NAME,
    ProfileError,
    ProfileLock,
    ProfileLocked,
)
from engine.journal.rebuild import project
from engine.journal.store import HistoryStore
from engine.journal.store_errors import StoreError, StoreLocked, StoreNewer, store_error
from tui_exchange.failures import ReviewFailure
from tui_exchange.review.projection import ProjectionSource
from tui_exchange.review.source import FileSource, ReviewSource

LOG_PATTERN = "*.log"
LOCKED = (
    "a session is using this profile, and DuckDB lets one program at a time into a history: shown"
    " is a copy rebuilt from the log up to now; r rebuilds, notes and tags reach the session"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening needs besides the file."""

    now_ns: Callable[[], int]
    equity_interval_ns: int
    account: str = ""
    """Whose history; empty for the oldest account."""


def open_file(path: Path, opening: Opening) -> ReviewSource:
    """The history in a file, or in a profile's folder.

    Raises:
        ReviewFailure: There is none, or it cannot be read.
    """
    if path.is_dir():
        return open_profile(path, opening)
    profile = path.parent if path.name == HISTORY_NAME and _has_log(path.parent) else None
    if profile is not None and _is_locked(path):
        return _projection(profile, opening, LOCKED)
    return FileSource(path, opening.now_ns, profile=profile, account=opening.account)


def open_profile(profile: Path, opening: Opening) -> ReviewSource:
    """A profile's history up to its last command.

    Raises:
        ReviewFailure: The profile has none yet, or its log cannot be read.
    """
    if not _has_log(profile) and not (profile / HISTORY_NAME).is_file():
        raise ReviewFailure(_nothing_yet(profile))
    if not _has_log(profile):
        # Nothing could give back what a change of the schema would take away.
        return _as_it_is(profile, opening, "")
    try:
        lock = ProfileLock(profile)
    except ProfileLocked:
        return _projection(profile, opening, LOCKED)
    except ProfileError as error:
        return _as_it_is(profile, opening, f"the history may end early: {error}")
    try:
        _complete(profile, opening)
    except StoreNewer as error:
        raise ReviewFailure(str(error)) from error
    except (StoreError, duckdb.Error) as error:
        return _projection(
            profile, opening, f"{error}; shown is a copy rebuilt from the log, which is sound"
        )
    except (LogUnreadable, OSError) as error:
        return _as_it_is(profile, opening, f"the history may end early: {error}")
    finally:
        lock.release()
    return FileSource(
        profile / HISTORY_NAME, opening.now_ns, profile=profile, account=opening.account
    )


def _complete(profile: Path, opening: Opening) -> None:
    """Write what a killed session left out, and notes that were written beside it."""
    store = HistoryStore(profile / HISTORY_NAME)
    try:
        project(profile, store, equity_interval_ns=opening.equity_interval_ns)
        store.write_annotations(read_annotations(profile)[0])
    finally:
        store.close()


def _projection(profile: Path, opening: Opening, notice: str) -> ReviewSource:
    return ProjectionSource(
        profile,
        opening.now_ns,
        notice=notice,
        equity_interval_ns=opening.equity_interval_ns,
        account=opening.account,
    )


def _as_it_is(profile: Path, opening: Opening, notice: str) -> ReviewSource:
    return FileSource(
        profile / HISTORY_NAME,
        opening.now_ns,
        profile=profile,
        notice=notice,
        account=opening.account,
    )


def _is_locked(path: Path) -> bool:
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error as error:
        return isinstance(store_error(path, error), StoreLocked)
    return False


def _has_log(profile: Path) -> bool:
    return any(profile.glob(LOG_PATTERN))


def _nothing_yet(profile: Path) -> str:
    others = sorted(
        entry.name for entry in profile.parent.glob("*") if entry.is_dir() and _has_log(entry)
    )
    there = f"; there are {', '.join(others)}" if others else ""
    return (
        f"the profile {profile.name!r} has no history yet: trade with `tui-exchange --profile"
        f" {profile.name}`, or name another with --profile{there}"
    )
