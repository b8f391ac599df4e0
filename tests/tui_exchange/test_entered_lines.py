"""What was entered is there again at the next start, and no more than is useful."""

from pathlib import Path

from tui_exchange.command_line.history import ENTRIES_MAX
from tui_exchange.entered_lines import FILE_NAME, EnteredLines


def test_lines_come_back_in_order(tmp_path: Path) -> None:
    lines = EnteredLines(tmp_path)
    lines.add("b 0.5 at bid")
    lines.add("flatten all ~enough für heute")
    assert EnteredLines(tmp_path).read() == ["b 0.5 at bid", "flatten all ~enough für heute"]


def test_only_the_latest_are_kept(tmp_path: Path) -> None:
    kept = [f"b {number}" for number in range(ENTRIES_MAX + 7)]
    (tmp_path / FILE_NAME).write_text("\n".join(kept) + "\n", "utf-8")
    assert EnteredLines(tmp_path).read() == kept[7:]
    assert EnteredLines(tmp_path).read() == kept[7:]


def test_a_file_that_cannot_be_used_is_named_and_nothing_fails(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    lines = EnteredLines(tmp_path)
    assert lines.read() == []
    assert FILE_NAME in lines.problem
    lines.add("b 1")
    assert FILE_NAME in lines.problem


def test_without_a_profile_nothing_is_kept() -> None:
    lines = EnteredLines(None)
    lines.add("b 1")
    assert lines.read() == []
