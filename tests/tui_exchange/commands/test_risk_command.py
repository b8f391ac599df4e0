"""`tui-exchange risk`: the figures of the pane for a kept portfolio, without a screen."""

import json
from pathlib import Path

import msgspec
import pytest

from tests.tui_exchange.instant import INSTANT
from tests.tui_exchange.paper import Paper, eager
from tui_exchange.cli import main
from tui_exchange.failures import ExitCode


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))
    monkeypatch.setenv("TUI_EXCHANGE_CONFIG", str(tmp_path / "config.toml"))


def test_the_risk_of_a_kept_portfolio_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = msgspec.structs.replace(INSTANT, journal=eager().journal)
    paper = Paper(tmp_path / "profiles" / "default", settings)
    paper.run()
    paper.line("b 2")
    paper.session.close()
    assert main(["risk", "--json", "--wait", "100ms"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    assert (found["account"], found["currency"], found["problem"]) == ("main", "USDT", None)
    report = found["report"]
    assert (report["positions"], report["largest"], report["largest_share"]) == (1, "BTC-USDT", 1.0)
    assert report["gross"] == report["net"]
    assert len(report["stress"]) == 18
    assert [len(grid["rows"]) for grid in report["grids"]] == [9, 9]
    (under,) = found["greeks"]["underlyings"]
    assert (under["underlying"], under["delta"], under["gamma_1_percent"]) == ("BTC", "2", None)
    assert [limit["name"] for limit in found["limits"]][:2] == ["position-size", "daily-loss"]
    assert main(["risk", "--portfolio", "nope", "--wait", "0s"]) == ExitCode.USAGE


def test_a_profile_that_is_not_there_is_not_begun(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["risk", "--profile", "nope"]) == ExitCode.JOURNAL
    assert "there is no profile 'nope'" in capsys.readouterr().err
    assert not (tmp_path / "profiles" / "nope").exists()
