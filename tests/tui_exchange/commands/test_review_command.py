"""`tui-exchange review` without a screen."""

import json
from pathlib import Path

import pytest

from tests.tui_exchange.review.histories import RunningProfile, profile
from tui_exchange.cli import main
from tui_exchange.failures import ExitCode


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("TUI_EXCHANGE_CONFIG", str(tmp_path / "config.toml"))


@pytest.fixture
def profiles(tmp_path: Path) -> Path:
    folder = tmp_path / "profiles"
    folder.mkdir()
    return folder


def test_a_profile_is_printed_as_one_object(
    profiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    profile(profiles)
    assert main(["review", "--profile", "paper", "--json"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    assert [trade["trade"] for trade in found["trades"]] == [3, 2, 1]
    assert found["equity"]
    assert found["notice"] == ""


def test_filter_sort_and_limit_work_without_a_screen(
    profiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = profile(profiles)
    words = ["review", str(folder), "--json", "--filter", "state:closed", "--sort=-net", "--limit"]
    assert main([*words, "1"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    assert [trade["trade"] for trade in found["trades"]] == [1]
    assert found["passed"] == 2


def test_beside_a_session_the_object_says_that_it_was_rebuilt(
    profiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running = RunningProfile(profiles)
    running.written()
    try:
        assert main(["review", "--profile", "paper", "--json"]) == ExitCode.DONE
    finally:
        running.close()
    found = json.loads(capsys.readouterr().out)
    assert "rebuilt from the log" in found["notice"]
    assert len(found["trades"]) == 3


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--profile", "never"], ExitCode.JOURNAL, "no history yet"),
        (["nothing.duckdb"], ExitCode.JOURNAL, "no history at nothing.duckdb"),
        (["--filter", "nett>0"], ExitCode.USAGE, "did you mean net"),
        (["--sort", "profit"], ExitCode.USAGE, "cannot be sorted by 'profit'"),
        (["--limit", "-1"], ExitCode.USAGE, "0 or more"),
    ],
)
def test_what_cannot_be_shown_is_a_sentence_and_an_exit_code(
    profiles: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    code: ExitCode,
    sentence: str,
) -> None:
    assert main(["review", "--json", *words]) == code
    out, said = capsys.readouterr()
    assert out == ""
    assert sentence in said


def test_without_a_terminal_the_screen_is_refused_with_what_works(
    profiles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["review"]) == ExitCode.TERMINAL
    assert "--json" in capsys.readouterr().err
