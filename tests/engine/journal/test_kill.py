"""`kill -9` at any moment loses nothing that was acknowledged."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from engine.core.exchange import Exchange
from engine.core.snapshot import state_hash
from engine.journal.log_reader import LogReader
from engine.journal.recovery import apply_logged, recover

ROOT = Path(__file__).parents[3]


def run_until_killed(folder: Path, seed: int, acknowledgements: int) -> tuple[int, str]:
    """Kill a trading process after so many acknowledgements; the last it managed to print."""
    victim = subprocess.Popen(
        [sys.executable, "-m", "tests.engine.journal.crash_victim", str(folder), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert victim.stdout is not None
    with victim, victim.stdout:
        lines = [victim.stdout.readline() for _ in range(acknowledgements)]
        victim.send_signal(signal.SIGKILL)
        lines += victim.stdout.readlines()
    whole = [line.split() for line in lines if line.endswith("\n")]
    return int(whole[-1][0]), whole[-1][1]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("seed", [11, 12])
def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(2):
        seq, digest = run_until_killed(tmp_path, seed, chance.randint(1, 150))
        assert state_hash(replayed_to(tmp_path, seq)) == digest
        recovered = recover(tmp_path).exchange
        assert recovered.seq >= seq
        assert state_hash(recovered) == state_hash(replayed_to(tmp_path, recovered.seq))


def replayed_to(folder: Path, seq: int) -> Exchange:
    """The exchange after `seq` commands, from the log alone."""
    exchange = Exchange()
    for logged in LogReader(folder):
        if exchange.seq == seq:
            break
        apply_logged(exchange, logged)
    assert exchange.seq == seq
    return exchange
