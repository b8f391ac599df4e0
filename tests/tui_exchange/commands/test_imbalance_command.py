"""`tui-exchange imbalance`: the figures of the pane without a screen."""

import json
from pathlib import Path

import pytest

from tests.tui_exchange.recordings import write_recording
from tui_exchange.cli import main


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setenv("TUI_EXCHANGE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TUI_EXCHANGE_LOG_DIR", str(tmp_path / "log"))


def test_a_recording_is_measured_to_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    recording = str(write_recording(tmp_path))
    words = ["imbalance", "btc-usdt", "--replay", recording, "--venue", "binance"]
    assert main([*words, "--wait", "end", "--json", "--history", "2"]) == 0
    found = json.loads(capsys.readouterr().out)
    # At the end 6 and 1 are wanted at 99.99 and 99.98, 4 and 3 are offered at 100.01 and 100.02.
    assert (found["bid_size"], found["ask_size"]) == ("7", "7")
    assert (found["balance"], found["ratio"]) == (0.0, 1.0)
    near, far = 6 + 1 / 2, 4 + 3 / 2
    assert found["weighted_ratio"] == round(near / far, 6)
    # The bid fell by what stood at 100, 2 in the end; the ask grew by 3; then the bid grew by 1.
    assert found["flow"] == {"size": "-4", "seconds": 60}
    assert found["toxicity"]["vpin"] is None
    assert [sample["flow"] for sample in found["history"]] == ["-5", "-4"]


def test_without_json_it_prints_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["imbalance", "BTC-USDT", "--wait", "1s"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("BTC-USDT, best 5 levels, ")
    assert said.count("\n") == 7


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("DOGE-USDT",), "no DOGE-USDT; it carries BTC-USDT"),
        (("BTC-USDT", "--history", "-1"), "--history is a number of changes from 0"),
        (("BTC-USDT", "--wait", "end"), "--replay FILE"),
        (("BTC-USDT", "--wait", "soon"), "write it as 90s"),
        (("BTC-USDT", "--timeout", "x"), "write it as 90s"),
    ],
)
def test_what_cannot_be_measured_is_refused_with_what_can(
    words: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["imbalance", *words]) == 2
    assert told in capsys.readouterr().err
