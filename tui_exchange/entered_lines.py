"""The command lines that were entered, kept in the profile from one start to the next.

`lines.txt` has one line each, oldest first. A line is added when it is entered, so a kill loses
none; the file is shortened to the latest when it is read.
"""

from collections import deque
from pathlib import Path

from tui_exchange.command_line.history import ENTRIES_MAX

FILE_NAME = "lines.txt"


class EnteredLines:
    """The file of one profile.

    Args:
        folder: Of the profile; None keeps nothing.

    Attributes:
        problem: Empty, or a sentence: the lines cannot be read or kept. Trading goes on without.
    """

    def __init__(self, folder: Path | None) -> None:
        self._file = None if folder is None else folder / FILE_NAME
        self.problem = ""

    def read(self) -> list[str]:
        """The latest lines, oldest first."""
        if self._file is None:
            return []
        try:
            text = self._file.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            self.problem = f"earlier command lines cannot be read: {self._file}: {error.strerror}"
            return []
        lines = text.splitlines()
        if len(lines) > ENTRIES_MAX:
            lines = list(deque(lines, ENTRIES_MAX))
            self._write("\n".join(lines) + "\n", "w")
        return lines

    def add(self, line: str) -> None:
        """Keep one more."""
        self._write(line.replace("\n", " ") + "\n", "a")

    def _write(self, text: str, mode: str) -> None:
        if self._file is None:
            return
        try:
            with self._file.open(mode, encoding="utf-8") as file:
                file.write(text)
            self.problem = ""
        except OSError as error:
            self.problem = f"command lines cannot be kept: {self._file}: {error.strerror}"
