"""A small file of a profile that one object is kept in: whole or not at all."""

import os
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

Kept = TypeVar("Kept")


class KeptFile(Generic[Kept]):
    """One object as JSON.

    Args:
        folder: Of the profile; None keeps nothing.
        name: Of the file.
        kind: The object's type, which a damaged file does not have.
        what: What is in it, as a sentence names it.

    Attributes:
        problem: Empty, or a sentence: what is there cannot be read, or cannot be written.
    """

    def __init__(self, folder: Path | None, name: str, kind: type[Kept], what: str) -> None:
        self._file = None if folder is None else folder / name
        self._what = what
        self._decoder = msgspec.json.Decoder(kind)
        self.problem = ""

    def read(self) -> Kept | None:
        """What was kept; None when nothing was, or it cannot be read.

        A damaged file is set aside, so that what is written next does not destroy it.
        """
        if self._file is None:
            return None
        try:
            return self._decoder.decode(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            self.problem = f"{self._what} in {self._file} cannot be read: {error.strerror}"
        except msgspec.DecodeError as error:
            self.problem = f"{self._what} cannot be read: {self._set_aside(self._file)} ({error})"
        return None

    def write(self, kept: Kept) -> None:
        """Keep an object in place of the one before."""
        if self._file is None:
            return
        temporary = self._file.with_suffix(".tmp")
        try:
            temporary.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1))
            temporary.replace(self._file)
            self.problem = ""
        except OSError as error:
            self.problem = f"{self._what} cannot be kept in {self._file}: {error.strerror}"

    def _set_aside(self, file: Path) -> str:
        aside = file.with_suffix(f".damaged-{os.getpid()}")
        try:
            file.replace(aside)
        except OSError:
            return f"{file} is damaged"
        return f"{file.name} is damaged and was set aside as {aside}"
