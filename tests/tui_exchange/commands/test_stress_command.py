"""`tui-exchange stress crash`: a crash from the command line, and what cannot be played."""

import json
from pathlib import Path

import pytest

from tui_exchange.cli import main

SMALL = ["stress", "crash", "--accounts", "12", "--minutes", "1", "--seed", "3"]


@pytest.fixture(autouse=True)
def own_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))


def test_a_crash_is_one_json_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SMALL, "--fall", "40%", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert (printed["seed"], printed["accounts"], printed["fall_ppm"]) == (3, 12, 400_000)
    assert printed["sound"] is True
    assert printed["liquidations"] > 0
    assert printed["commands_per_s"] > 0


def test_a_crash_is_a_table_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SMALL) == 0
    printed = capsys.readouterr().out
    assert "liquidations" in printed
    assert "commands/s" in printed


@pytest.mark.parametrize(
    ("option", "value"),
    [("--accounts", "5"), ("--fall", "120%"), ("--fall", "much"), ("--minutes", "0.5")],
)
def test_what_cannot_be_played_is_named_with_its_bounds(
    capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    assert main([*SMALL, option, value]) == 2
    said = capsys.readouterr().err
    assert option in said
    assert value in said
