"""`tui-exchange orders`: what became of orders, for people and for programs."""

import json
from pathlib import Path

import duckdb
import pytest

from engine.journal.profile import HISTORY_NAME
from tests.engine.journal.test_old_files import old_store
from tests.tui_exchange.review.histories import RunningProfile, profile
from tui_exchange.cli import main
from tui_exchange.failures import ExitCode

Captured = pytest.CaptureFixture[str]


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


def test_the_life_of_an_order_is_one_object(profiles: Path, capsys: Captured) -> None:
    profile(profiles)
    assert main(["orders", "show", "5", "--profile", "paper", "--json"]) == ExitCode.DONE
    found = json.loads(capsys.readouterr().out)
    kinds = [(event["kind"], event["state"]) for event in found["events"]]
    assert kinds == [
        ("accepted", "accepted"),
        ("amended", "accepted"),
        ("amended", "accepted"),
        ("fill", "partially_filled"),
        ("filled", "filled"),
    ]
    assert (found["order"]["order_id"], found["order"]["amendments"]) == (5, 2)
    assert found["order"]["position_id"] == 3


def test_the_life_of_an_order_reads_line_by_line(profiles: Path, capsys: Captured) -> None:
    profile(profiles)
    assert main(["orders", "show", "#5", "--profile", "paper"]) == ExitCode.DONE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "order 5: buy 0.04 BTC-USDT-PERP limit 115.5, gtc"
    assert lines[1].startswith("  filled, 0.04 of 0.04 filled at 115.5")
    assert [line.split()[2] for line in lines[2:]] == [
        "accepted",
        "amended",
        "amended",
        "fill",
        "filled",
    ]


def test_beside_a_session_the_newest_order_is_shown_too(profiles: Path, capsys: Captured) -> None:
    running = RunningProfile(profiles)
    running.written()
    try:
        assert main(["orders", "--profile", "paper", "--limit", "1", "--json"]) == ExitCode.DONE
        found = json.loads(capsys.readouterr().out)
        assert main(["orders", "show", "5", "--profile", "paper"]) == ExitCode.DONE
    finally:
        running.close()
    assert [order["order_id"] for order in found["orders"]] == [5]
    assert "rebuilt from the log" in found["notice"]
    assert "rebuilt from the log" in capsys.readouterr().err


def test_the_list_says_when_there_is_nothing(profiles: Path, capsys: Captured) -> None:
    profile(profiles)
    assert main(["orders", "list", "--profile", "paper", "--live"]) == ExitCode.DONE
    assert capsys.readouterr().out == "no order lives\n"
    assert main(["orders", "--profile", "paper"]) == ExitCode.DONE
    assert len(capsys.readouterr().out.splitlines()) == 5


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["show", "99"], ExitCode.REFUSED, "there is no order 99: there are 5, from 1 to 5"),
        (["show", "9" * 30], ExitCode.REFUSED, "there is no order 999"),
        (["show"], ExitCode.USAGE, "which order? give its number"),
        (["show", "mine"], ExitCode.USAGE, "'mine' is no order"),
        (["show", "1", "--live"], ExitCode.USAGE, "go with `orders list`"),
        (["list", "7"], ExitCode.USAGE, "`orders show 7` shows it"),
        (["--limit", "-1"], ExitCode.USAGE, "give 0 or more"),
        (["all"], ExitCode.USAGE, "'all'"),
    ],
)
def test_what_cannot_be_shown_is_a_sentence_and_an_exit_code(
    profiles: Path, capsys: Captured, words: list[str], code: ExitCode, sentence: str
) -> None:
    profile(profiles)
    assert main(["orders", *words, "--profile", "paper"]) == code
    out, said = capsys.readouterr()
    assert out == ""
    assert sentence in said


def test_a_profile_without_history_says_how_to_get_one(profiles: Path, capsys: Captured) -> None:
    assert main(["orders", "--profile", "never"]) == ExitCode.JOURNAL
    assert "no history yet" in capsys.readouterr().err


def test_an_old_history_without_its_log_is_left_as_it_is(profiles: Path, capsys: Captured) -> None:
    folder = profiles / "paper"
    folder.mkdir()
    old_store(folder / HISTORY_NAME)
    assert main(["orders", "--profile", "paper"]) == ExitCode.JOURNAL
    assert "written by an older tui-exchange, without the change" in capsys.readouterr().err
    with duckdb.connect(str(folder / HISTORY_NAME), read_only=True) as database:
        assert database.execute("SELECT account FROM deposits").fetchall() == [("me",)]
