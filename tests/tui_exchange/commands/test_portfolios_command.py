"""`tui-exchange portfolios` says what a profile has, without a session."""

import json
from pathlib import Path

import pytest

from tests.tui_exchange.paper import Paper, eager
from tui_exchange.cli import main
from tui_exchange.failures import ExitCode


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("TUI_EXCHANGE_CONFIG", str(tmp_path / "config.toml"))


def test_the_portfolios_of_a_profile_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "profiles" / "default"
    paper = Paper(folder, eager())
    paper.line("portfolio new swing start=1000 lots=fifo; portfolio use swing")
    paper.session.close()
    assert main(["portfolios", "--json"]) == ExitCode.DONE
    main_one, swing = json.loads(capsys.readouterr().out)["portfolios"]
    assert (main_one["account"], main_one["current"]) == ("main", False)
    assert (swing["title"], swing["current"], swing["equity"]) == ("swing", True, "1000")
    assert swing["lots"] == "fifo"
    assert swing["deposited"] == [{"currency": "USDT", "kind": "start", "amount": "1000"}]
    assert main(["portfolios"]) == ExitCode.DONE
    assert "* swing: equity 1,000.00 USDT" in capsys.readouterr().out


def test_a_profile_that_is_not_there_is_said() -> None:
    code = main(["portfolios", "--profile", "nope"])
    assert code not in (ExitCode.DONE, ExitCode.INTERNAL)
