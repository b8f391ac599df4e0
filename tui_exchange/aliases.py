"""The trader's aliases: those of the config file, and those defined at the command line.

The latter are kept in the profile as `aliases.json`, one object of text by name, and win.
"""

import json
from collections.abc import Mapping
from pathlib import Path

FILE_NAME = "aliases.json"


class Aliases:
    """Text by lower-case name.

    Args:
        configured: From the config file.
        folder: Of the profile; None keeps nothing.

    Attributes:
        problem: Empty, or a sentence: the kept aliases could not be read or written.
    """

    def __init__(self, configured: Mapping[str, str], folder: Path | None) -> None:
        self._file = None if folder is None else folder / FILE_NAME
        self.problem = ""
        self._defined = self._read()
        self._configured = {name.lower(): text for name, text in configured.items()}

    def all(self) -> Mapping[str, str]:
        """Every alias."""
        return self._configured | self._defined

    def define(self, name: str, text: str) -> None:
        """Give a text a name."""
        self._defined[name.lower()] = text
        self._write()

    def forget(self, name: str) -> bool:
        """Drop a name; False for one of the config file, which only that file can drop."""
        known = self._defined.pop(name, None) is not None
        if known:
            self._write()
        return name not in self._configured

    def _read(self) -> dict[str, str]:
        if self._file is None:
            return {}
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            if not isinstance(kept, dict):
                raise ValueError("not an object")
            return {str(name).lower(): str(text) for name, text in kept.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            self.problem = f"the aliases in {self._file} cannot be read ({error}); none is loaded"
            return {}

    def _write(self) -> None:
        if self._file is None:
            return
        temporary = self._file.with_suffix(".tmp")
        try:
            temporary.write_text(json.dumps(self._defined, indent=1), "utf-8")
            temporary.replace(self._file)
            self.problem = ""
        except OSError as error:
            self.problem = f"the aliases cannot be kept in {self._file} ({error.strerror})"
