"""What the fuzzer found: one smallest input for each thing that is wrong, in a folder."""

import re
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME_CHARS_MAX = 80
_CHANGING = re.compile(r"'[^']*'|\"[^\"]*\"|-?[0-9][0-9.]*")
"""What differs between two inputs that find the same thing: names and numbers."""


def key_of(error: BaseException) -> str:
    """What tells one finding from another: the kind of error, where it was raised, what it says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT)]
    where = f"{Path(ours[-1].filename).stem}.{ours[-1].name}" if ours else "outside"
    said = _CHANGING.sub("N", str(error).partition("\n")[0])
    return f"{type(error).__name__} {where} {said}"


def file_name(key: str) -> str:
    """A key as the name of a file."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", key)[:NAME_CHARS_MAX].strip("-")


class Findings:
    """The findings of a run.

    Args:
        folder: Each finding is kept in it as `<name>.input`, with what was raised in `<name>.txt`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, error: BaseException, data: bytes) -> bool:
        """Keep an input, unless a smaller one is known that finds the same; whether it was kept."""
        name = file_name(key_of(error))
        path = self._folder / f"{name}.input"
        if path.exists() and path.stat().st_size <= len(data):
            return False
        path.write_bytes(data)
        told = "".join(traceback.format_exception(error))
        (self._folder / f"{name}.txt").write_text(told, encoding="utf-8")
        return True

    def inputs(self) -> list[Path]:
        """The kept inputs, by name."""
        return sorted(self._folder.glob("*.input"))
