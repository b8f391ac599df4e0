"""`tui-exchange calendar`: when markets trade, for people, programs and scenario scripts."""

import json
from pathlib import Path

import pytest

from engine.calendars import sessions
from tui_exchange.cli import main
from tui_exchange.scenario import run_script

THANKSGIVING = ["calendar", "us-equities", "--from", "2026-11-25", "--days", "4"]
INSTRUMENT = "> instrument ACME spot tick 0.01 lot 1 quote USD calendar us-equities\n"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))


def test_people_read_days_and_times(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(THANKSGIVING) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Wed 2026-11-25 14:30 to 21:00 UTC",
        "Fri 2026-11-27 14:30 to 18:00 UTC",
    ]
    assert main(["calendar", "fx", "--from", "2026-11-22", "--days", "1"]) == 0
    assert capsys.readouterr().out == "Sun 2026-11-22 22:00 to Mon 2026-11-23 22:00 UTC\n"


def test_programs_read_nanoseconds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*THANKSGIVING, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    stated = tuple(tuple(session) for session in found["sessions"])
    assert stated == sessions("us-equities", stated[0][0], 4)


def test_a_scenario_script_takes_the_line_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*THANKSGIVING, "--scenario", "ACME"]) == 0
    line = capsys.readouterr().out
    outcome = run_script(INSTRUMENT + line)
    assert outcome.commands == 2
    assert "< sessions-set ACME 2 until 20784d18:00:00" in outcome.rewritten


def test_no_session_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", "24/7"]) == 0
    assert main(["calendar", "us-equities", "--from", "2026-11-28", "--days", "1"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "it trades at all times",
        "no session within 1 x 24 hours from then",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nyse"], "24/7, us-equities, fx"),
        (["fx", "--from", "tomorrow"], "write it as 2026-11-27"),
        (["fx", "--from", "1900-01-01"], "1993 to 2099"),
        (["fx", "--days", "0"], "1 to 3,660"),
    ],
)
def test_what_no_calendar_knows_is_refused_with_what_can_be_asked(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calendar", *words]) == 2
    assert told in capsys.readouterr().err
