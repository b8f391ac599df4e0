"""Which way imports point. The contracts themselves stand in pyproject.toml."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

HEADLESS = [
    "engine.core.exchange",
    "engine.journal",
    "engine.sequencer",
    "feeds",
    "feeds.binance.mapper",
    "feeds.simulated",
    "tui_exchange.command_line",
    "tui_exchange.session",
    "tui_exchange.cli",
]


def test_the_import_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("module", HEADLESS)
def test_headless_modules_do_not_load_a_screen(module: str) -> None:
    program = f"import sys, {module}; raise SystemExit('textual' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert run.returncode == 0, f"importing {module} loads textual, or fails"
