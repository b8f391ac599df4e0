"""Cold start: from launching the program in a terminal until the first picture of a market.

The program runs as a user runs it, in a pseudo-terminal, on the simulated market, with folders of
its own that are empty. The first picture is there when a symbol of the market has been written.
"""

import os
import select
import signal
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_most
from tui_exchange.bench.measuring import median

STARTS = 5
TIMEOUT_S = 30.0
ROWS, COLUMNS = 45, 160
PAINTED = b"BTC-USDT"


def measure() -> list[Figure]:
    """Seconds to the first picture.

    Raises:
        BenchmarkFailed: No pseudo-terminals here, or the program ends or stays silent.
    """
    if sys.platform == "win32":
        raise BenchmarkFailed("This system has no pseudo-terminals: run it on Linux or macOS.")
    found, busy = [], []
    for _ in range(STARTS):
        before_s = _children_busy_s()
        with tempfile.TemporaryDirectory(prefix="tui-exchange-") as folder:
            found.append(_first_picture_s(Path(folder)))
        busy.append(_children_busy_s() - before_s)
    return [
        Figure("first picture, median", median(found), "s", at_most(1.0)),
        Figure("first picture, fastest", min(found), "s"),
        Figure("processor time of a start, median", median(busy), "s"),
    ]


def _children_busy_s() -> float:
    """Processor time of all processes that were started here and have ended."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _first_picture_s(folder: Path) -> float:
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    begin_s = time.perf_counter()
    program = subprocess.Popen(
        [sys.executable, "-m", "tui_exchange"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=_own_folders(folder),
        start_new_session=True,
    )
    os.close(theirs)
    try:
        _wait_for_picture(ours, begin_s)
        return time.perf_counter() - begin_s
    finally:
        program.send_signal(signal.SIGKILL)
        program.wait()
        os.close(ours)


def _wait_for_picture(terminal: int, begin_s: float) -> None:
    seen = b""
    while PAINTED not in seen:
        left_s = begin_s + TIMEOUT_S - time.perf_counter()
        readable, _, _ = select.select([terminal], [], [], max(0.0, left_s))
        if not readable:
            raise BenchmarkFailed(f"The program showed no market within {TIMEOUT_S:.0f} s.")
        try:
            seen += os.read(terminal, 65_536)
        except OSError:
            last = seen.decode(errors="replace").strip().rpartition("\n")[2]
            raise BenchmarkFailed(f"The program ended before its first picture: {last}") from None


def _own_folders(folder: Path) -> dict[str, str]:
    """The environment with every file of the program moved into this folder."""
    return {
        **os.environ,
        "TERM": "xterm-256color",
        "TUI_EXCHANGE_CONFIG": str(folder / "config.toml"),
        "TUI_EXCHANGE_DATA_DIR": str(folder / "data"),
        "TUI_EXCHANGE_LOG_DIR": str(folder / "log"),
    }
