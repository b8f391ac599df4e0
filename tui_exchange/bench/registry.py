"""The benchmarks by name, one line each."""

from collections.abc import Callable
from importlib import import_module

from tui_exchange.bench.figures import Figure

BENCHMARKS: dict[str, str] = {
    "book": "bare matching: limit, cancel and market commands",
    "engine": "checked orders with ledger and events",
    "log": "the same behind the input log, until written",
    "feed": "Binance frames to the mirrored book",
    "frame": "redrawing the ladder, 40 rows changed, 160 by 45",
    "start": "cold start to the first picture",
    "memory": "10,000 resting orders",
}
"""In the order in which they run; each is the module of that name, loaded when it is run."""


def measurement(name: str) -> Callable[[], list[Figure]]:
    """What runs a benchmark; `name` is a key of `BENCHMARKS`."""
    measure: Callable[[], list[Figure]] = import_module(f"tui_exchange.bench.{name}").measure
    return measure
