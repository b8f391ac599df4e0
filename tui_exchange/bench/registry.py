"""The benchmarks by name, one line each."""

from collections.abc import Callable
from functools import partial
from importlib import import_module

from tui_exchange.bench.figures import Figure

BENCHMARKS: dict[str, str] = {
    "book": "bare matching: limit, cancel and market commands",
    "engine": "checked orders with ledger and events",
    "log": "the same behind the input log, until written",
    "risk": "margin accounts under a moving mark, and their orders",
    "feed": "Binance frames to the mirrored book; each venue's mapper",
    "feed-memory": "memory while market messages of all venues come",
    "frame": "redrawing the ladder, 40 rows changed, 160 by 45",
    "start": "cold start to the first picture",
    "memory": "10,000 resting orders",
}
"""In the order in which they run; each is the module of that name, loaded when it is run."""


SIZED = ("feed-memory",)
"""Those that can be told how many messages to take."""


def measurement(name: str, messages: int | None = None) -> Callable[[], list[Figure]]:
    """What runs a benchmark; `name` is a key of `BENCHMARKS`.

    Args:
        messages: How many messages a benchmark of `SIZED` takes; None for as many as it likes.
    """
    module = import_module(f"tui_exchange.bench.{name.replace('-', '_')}")
    measure: Callable[[], list[Figure]] = module.measure
    return partial(module.measure, messages) if messages and name in SIZED else measure
