"""A profile is a folder that one session at a time may write to.

    <profile>/
      00000000000000000001.log        input log segments
      00000000000000250000.snapshot   the last three snapshots
      history.duckdb                  the history store
      annotations.jsonl               notes and tags, which no log can give back
      lock                            names the process that holds the profile

The lock is the operating system's, on the file `lock`: it goes with the process, however it ends,
so there is never a stale one. What the file says is only for the sentence that a second session
gets.
"""

import json
import os
import sys
from pathlib import Path
from typing import IO

LOCK_NAME = "lock"
HISTORY_NAME = "history.duckdb"
_SAID_BYTES_MAX = 1000


class ProfileError(Exception):
    """A profile cannot be used; the sentence says why and what to do."""


class ProfileLocked(ProfileError):
    """Another session uses the profile."""


class ProfileUnusable(ProfileError):
    """The profile's folder cannot be made or written to."""


class ProfileLock:
    """Holds a profile's folder for this process until `release`.

    Args:
        folder: Created if it is not there.

    Raises:
        ProfileLocked: Another process holds it; names it.
        ProfileUnusable: The folder cannot be made or written to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = _open_lock_file(folder)
        try:
            _lock(self._file)
        except OSError:
            holder = _holder(self._file)
            self._file.close()
            raise ProfileLocked(
                f"the profile {folder.name!r} is in use by {holder}: close that session, or start"
                " this one on another profile with `--profile NAME`"
            ) from None
        self._file.seek(0)
        self._file.truncate()
        self._file.write(json.dumps({"pid": os.getpid()}).encode())
        self._file.flush()

    def release(self) -> None:
        """Let the next session in."""
        self._file.close()


def _open_lock_file(folder: Path) -> IO[bytes]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / LOCK_NAME
        path.touch()
        return path.open("r+b")
    except OSError as error:
        raise ProfileUnusable(
            f"the profile folder {folder} cannot be written to"
            f" ({(error.strerror or str(error)).lower()}): make it writable for you, or choose"
            " another place with `--data-dir FOLDER`"
        ) from error


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    try:
        said = json.loads(file.read(_SAID_BYTES_MAX))
        return f"process {int(said['pid'])}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


if sys.platform == "win32":
    import msvcrt

    _LOCKED_AT = 1 << 20
    """Beyond the text, so that it can still be read."""

    def _lock(file: IO[bytes]) -> None:
        file.seek(_LOCKED_AT)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
