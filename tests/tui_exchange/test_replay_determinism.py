"""The same recording, seed and orders give the same fills, byte for byte."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui_exchange.recordings import write_recording
from tui_exchange.cli import main

LINES = ("b 0.3 at 100.00 po", "b 2 at 100.02; s 0.1 at 100.05", "s 0.4", "cancel all")


def replayed(recording: Path, seed: int, hash_seed: int) -> bytes:
    """What a program of its own prints, with orders that take time to reach the venue."""
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONHASHSEED": str(hash_seed),
        "TUI_EXCHANGE_MARKET_LATENCY": "50-200ms",
        "HOME": str(recording.parent),
    }
    command = [sys.executable, "-m", "tui_exchange", "exec", *LINES, "--json", "--wait", "end"]
    replay = ["--replay", str(recording), "--venue", "binance", "--seed", str(seed)]
    done = subprocess.run([*command, *replay], env=environment, capture_output=True, check=True)
    return done.stdout


def test_a_replay_repeats_itself_whatever_the_hash_seed(tmp_path: Path) -> None:
    recording = write_recording(tmp_path)
    first, again = (replayed(recording, 7, hash_seed) for hash_seed in (1, 2))
    assert first == again
    filled = json.loads(first)
    assert any(
        event["type"] == "OrderFilled" for line in filled["lines"] for event in line["events"]
    )
    assert replayed(recording, 8, 1) != first, "another seed draws other delays"


def test_a_recorded_market_repeats_its_fills(
    shared_data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_EXCHANGE_MARKET_LATENCY", "50-200ms")
    recording = shared_data / "ws/binance_spot/multi_20211012.jsonl.gz"

    def run() -> str:
        lines = ("b 20 at bid", "s 10 at ask", "b 50")
        command = ["exec", *lines, "--json", "--wait", "end", "--venue", "binance"]
        main([*command, "--replay", str(recording), "--seed", "3"])
        return capsys.readouterr().out

    first = run()
    assert run() == first
    assert '"OrderFilled"' in first
