"""How much memory resting orders take: the growth of a fresh process by 10,000 of them.

Fresh, because a process that has been busy serves them from memory that it holds already.
"""

import gc
import random
import resource
import subprocess
import sys
from pathlib import Path

from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_most
from tui_exchange.bench.orders import CENTRE_TICKS, START_NS, funded_exchange, limit_order

ORDERS = 10_000
SEED = 1
_PROCESS_PAGES = Path("/proc/self/statm")


def measure() -> list[Figure]:
    """Growth of resident memory, in megabytes of 10^6 bytes.

    Raises:
        BenchmarkFailed: The process ended with an error; the sentence holds its last line.
    """
    program = "from tui_exchange.bench.memory import grown_bytes; print(grown_bytes())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    if done.returncode != 0:
        last_line = done.stderr.strip().rpartition("\n")[2]
        raise BenchmarkFailed(f"The process to be measured failed: {last_line}")
    what = f"growth by {ORDERS:,} resting orders"
    return [Figure(what, int(done.stdout) / 1e6, "MB", at_most(100))]


def grown_bytes() -> int:
    """By how much this process grows when an exchange takes the orders."""
    draw = random.Random(SEED)
    exchange = funded_exchange()
    gc.collect()
    before = resident_bytes()
    for _ in range(ORDERS):
        exchange.apply(limit_order(draw, CENTRE_TICKS, draw.randint(1, 500)), START_NS)
    return resident_bytes() - before


def resident_bytes() -> int:
    """Memory of this process that is in RAM; where only the peak is known, the peak."""
    if _PROCESS_PAGES.exists():
        return int(_PROCESS_PAGES.read_text().split()[1]) * resource.getpagesize()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
