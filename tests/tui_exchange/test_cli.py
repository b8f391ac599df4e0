"""The command `tui-exchange` as a process: sentences, exit codes, and what `--help` costs."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tui_exchange import __version__
from tui_exchange.cli import build_parser, main
from tui_exchange.cli_options import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("textual", "duckdb", "numpy", "httpx", "websockets", "rich", "asyncio", "msgspec")
LINE = "b 0.002 BTC-USDT at ask; s 0.001 at +20 po"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: text for name, text in os.environ.items() if "TUI_EXCHANGE" not in name}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "TUI_EXCHANGE_CONFIG": str(tmp_path / "config.toml"),
        "TUI_EXCHANGE_DATA_DIR": str(tmp_path / "data"),
        "TUI_EXCHANGE_LOG_DIR": str(tmp_path / "log"),
    }


@pytest.fixture
def run(environment: dict[str, str], tmp_path: Path) -> Run:
    def call(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tui_exchange", *words],
            cwd=tmp_path,
            env={**environment, **more},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )

    return call


@pytest.fixture
def in_process(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in environment.items():
        if name.startswith("TUI_EXCHANGE"):
            monkeypatch.setenv(name, text)


def refusal(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Exit code and the one sentence on the error stream."""
    code = main(words)
    said = capsys.readouterr()
    assert said.err.startswith("tui-exchange: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
    return code, said.err


@pytest.mark.parametrize("word", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(word: str) -> None:
    program = (
        "import sys\nfrom tui_exchange.cli import main\n"
        f"try: main(['{word}'])\n"
        "except SystemExit: pass\n"
        f"raise SystemExit([name for name in {HEAVY} if name in sys.modules] or 0)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert found.stdout


def test_the_version_is_the_packages() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__


def test_help_names_every_command_and_exit_code() -> None:
    text = build_parser().format_help()
    for name, _, _ in COMMANDS:
        assert f"    {name} " in text
    for code in (0, 1, 2, 3, 4, 5, 70):
        assert f"\n {code:2d}  " in text


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["exce", "b 1"], "did you mean exec?"),
        (["--sed", "1"], "did you mean --seed?"),
        (["exec", "b 1", "--sede", "1"], "did you mean --seed?"),
        (["exec"], "required: LINE"),
        (["exec", "b 1", "--seed", "x"], "market.seed"),
        (["exec", "b 1", "--wait", "soon"], "90s"),
        (["exec", "b 1", "--profile", "../x"], "profile name"),
        (["exec", "b 1", "--config", "nowhere.toml"], "no config file nowhere.toml"),
        (["exec", "b 1", "--feed", "binanc", "BTC-USDT"], "did you mean binance?"),
        (["exec", "b 1", "--feed", "binance"], "needs instruments"),
        (["record", "--feed", "binance", "-o", "x"], "needs instruments"),
        (["bench", "nothing"], "nothing"),
    ],
)
@pytest.mark.usefixtures("in_process")
def test_wrong_words_get_a_sentence_that_says_what_is_right(
    words: list[str], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if words[0] == "bench":
        assert main(words) == 2
        assert part in capsys.readouterr().err
        return
    code, sentence = refusal(words, capsys)
    assert code == 2
    assert part in sentence


@pytest.mark.usefixtures("in_process")
def test_exec_is_the_same_every_time_for_the_same_seed(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["exec", LINE, "--seed", "5", "--wait", "20s", "--json"]
    assert main(words) == 0
    first = capsys.readouterr().out
    assert main(words) == 0
    assert capsys.readouterr().out == first


@pytest.mark.usefixtures("in_process")
def test_the_example_of_the_documentation_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exec", "b 0.5 BTC-USDT at ask; s 0.5 at +20 po"]) == 0
    bought, works = capsys.readouterr().out.splitlines()
    assert bought.startswith("bought 0.5 BTC-USDT at ")
    assert works.startswith("order #2 works: sell 0.5 BTC-USDT at ")


@pytest.mark.usefixtures("in_process")
def test_exec_reports_exact_decimals_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exec", LINE, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"]
    (line,) = report["lines"]
    assert line["line"] == "buy BTC-USDT 0.002 at ask; sell 0.001 at +20 po"
    assert [event["type"] for event in line["events"]][:2] == ["OrderAccepted", "Traded"]
    (position,) = report["positions"]
    assert (position["symbol"], position["size"]) == ("BTC-USDT", "0.002")
    (order,) = report["orders"]
    assert (order["side"], order["size"]) == ("sell", "0.001")


@pytest.mark.parametrize("line", ["b 0.1 BTC-USDT 3", "s 1 BTC-USDT", "b 1 NOPE-USDT"])
@pytest.mark.usefixtures("in_process")
def test_exec_ends_with_1_when_a_line_is_refused(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["exec", line]) == 1
    assert capsys.readouterr().out


@pytest.mark.usefixtures("in_process")
def test_lines_run_one_after_another_in_one_account(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["exec", "b 0.1 BTC-USDT", "close BTC-USDT"]) == 0
    bought, sold = capsys.readouterr().out.splitlines()
    assert bought.startswith("bought 0.1 BTC-USDT at ")
    assert sold.startswith("sold 0.1 BTC-USDT at ")


def test_a_venue_that_cannot_be_reached_is_told_in_words(run: Run) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    urls = {
        "TUI_EXCHANGE_FEED_REST_URL": f"http://127.0.0.1:{port}",
        "TUI_EXCHANGE_FEED_WS_URL": f"ws://127.0.0.1:{port}",
    }
    done = run("exec", "b 1", "--feed", "binance", "BTC-USDT", "--timeout", "4s", **urls)
    assert done.returncode == 3
    assert "cannot reach 127.0.0.1 (connection refused)" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_recorded_leaves_no_file(run: Run, tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    done = run(
        *("record", "--feed", "binance", "BTC-USDT", "-o", "out.zst", "--duration", "3s"),
        TUI_EXCHANGE_FEED_REST_URL=f"http://127.0.0.1:{port}",
        TUI_EXCHANGE_FEED_WS_URL=f"ws://127.0.0.1:{port}",
    )
    assert done.returncode == 3
    assert not (tmp_path / "out.zst").exists()


def test_the_workstation_refuses_what_is_not_a_terminal(run: Run) -> None:
    done = run()
    assert done.returncode == 5
    assert "needs a terminal" in done.stderr


def test_a_kept_profile_remembers_what_an_ephemeral_one_forgets(run: Run) -> None:
    assert run("exec", "b 0.1 BTC-USDT at bid-90t", "--profile", "p").returncode == 0
    assert "1 order cancelled" in run("exec", "x all", "--profile", "p").stdout
    assert "no working order" in run("exec", "x all").stdout


@pytest.fixture
def staying(environment: dict[str, str], tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "tui_exchange", "exec"),
            *("b 0.1 BTC-USDT; s 0.1 BTC-USDT at 67000 tag=keep", "--profile", "p", "--stay"),
        ],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def acknowledged(process: "subprocess.Popen[str]") -> None:
    """Wait until the process has told that both orders are done."""
    assert process.stdout is not None
    assert process.stdout.readline().startswith("bought 0.1 BTC-USDT")
    assert process.stdout.readline().startswith("order #")


def test_what_was_acknowledged_survives_kill_9(staying: "subprocess.Popen[str]", run: Run) -> None:
    acknowledged(staying)
    staying.kill()
    staying.wait()
    done = run("exec", "x all", "--profile", "p", "--json")
    report = json.loads(done.stdout)
    (position,) = report["positions"]
    assert (position["symbol"], position["size"]) == ("BTC-USDT", "0.1")
    assert "1 order cancelled" in report["lines"][0]["messages"]
    assert any("main: 1 working order" in sentence for sentence in report["news"])


def test_a_profile_in_use_is_refused_with_its_process(
    staying: "subprocess.Popen[str]", run: Run
) -> None:
    acknowledged(staying)
    done = run("exec", "x all", "--profile", "p")
    assert done.returncode == 4
    assert f"process {staying.pid}" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_a_session_in_good_order(
    staying: "subprocess.Popen[str]", run: Run, number: signal.Signals
) -> None:
    acknowledged(staying)
    staying.send_signal(number)
    assert staying.wait(30) == 0
    assert "1 order cancelled" in run("exec", "x all", "--profile", "p").stdout


def test_a_torn_log_is_cut_and_told(
    staying: "subprocess.Popen[str]", run: Run, tmp_path: Path
) -> None:
    acknowledged(staying)
    staying.kill()
    staying.wait()
    log = max((tmp_path / "data" / "profiles" / "p").glob("*.log"))
    with log.open("ab") as file:
        file.write(b"\x50\x00\x00\x00half a frame")
    report = json.loads(run("exec", "x all", "--profile", "p", "--json").stdout)
    assert any("half written" in sentence for sentence in report["news"])


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = run("exec", "x all", "--profile", "p")
    assert done.returncode == 4
    assert "--data-dir" in done.stderr


def test_a_file_in_the_place_of_the_data_folder_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    done = run("exec", "x all", "--profile", "p")
    assert done.returncode == 4
    assert str(tmp_path / "data") in done.stderr


def test_a_defect_is_one_sentence_and_the_log_has_the_rest(
    environment: dict[str, str], tmp_path: Path
) -> None:
    program = (
        "import sys\nfrom tui_exchange import cli\nfrom tui_exchange.commands import keys_command\n"
        "def broken(arguments): raise KeyError('gone')\n"
        "keys_command.run = broken\n"
        "sys.exit(cli.main(['keys']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "defect of the program" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Traceback" in (tmp_path / "log" / "tui-exchange.log").read_text("utf-8")


def test_output_that_nobody_reads_is_no_error(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui_exchange", "keys"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(30) == 0


@pytest.mark.usefixtures("in_process")
def test_config_shows_where_each_setting_came_from(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_MARKET_SEED", "3")
    assert main(["config", "--profile", "x", "--json"]) == 0
    settings = json.loads(capsys.readouterr().out)["settings"]
    assert settings["market.seed"] == {"value": 3, "from": "environment"}
    assert settings["journal.profile"] == {"value": "x", "from": "flag"}
    assert settings["journal.fsync"] == {"value": "interval", "from": "default"}


@pytest.mark.parametrize(
    "words",
    [
        ("--config", "{file}", "exec", "b 0.1 BTC-USDT"),
        ("exec", "--config", "{file}", "b 0.1 BTC-USDT"),
    ],
)
def test_an_option_means_the_same_before_and_behind_the_command(
    words: tuple[str, ...], tmp_path: Path, run: Run
) -> None:
    file = tmp_path / "other.toml"
    file.write_text('[account]\nstarting_balnce = "5"\n', "utf-8")
    done = run(*(word.format(file=file) for word in words))
    assert done.returncode == 2
    assert "starting_balnce is not a setting" in done.stderr


def test_an_option_that_the_command_does_not_take_is_refused_before_it_too(run: Run) -> None:
    done = run("--theme", "dark", "exec", "b 0.1 BTC-USDT")
    assert done.returncode == 2
    assert "--theme is not an option of `tui-exchange exec`" in done.stderr
