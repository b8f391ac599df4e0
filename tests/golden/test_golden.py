"""Every golden script goes as it is written; each states the rules of one feature."""

from pathlib import Path

import pytest

from tui_exchange.scenario import run_script

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.rglob("*.scenario"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(HERE)))
def test_a_golden_script_goes_as_written(path: Path) -> None:
    outcome = run_script(path.read_text(encoding="utf-8"))
    said = [
        f"{path.name}:{found.line}: {found.said}\n" + "\n".join(found.diff)
        for found in outcome.broken + outcome.differences
    ]
    assert not said, "\n".join(said)
    assert outcome.commands
