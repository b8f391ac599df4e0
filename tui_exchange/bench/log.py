"""The exchange behind the sequencer and the input log: until the last order is written to disk."""

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from engine.clock import SystemClock
from engine.core.commands import Command
from engine.core.exchange import Exchange
from engine.journal.log import InputLog
from engine.sequencer import Sequencer
from tui_exchange.bench.figures import BenchmarkFailed, Figure, at_least
from tui_exchange.bench.measuring import median, rates
from tui_exchange.bench.orders import crossing_orders, opening_commands

ORDERS = 20_000
ROUNDS = 5
SEED = 1
WRITE_TIMEOUT_S = 30.0


def measure() -> list[Figure]:
    """Orders per second from the first submission until the log has written the last."""
    orders = crossing_orders(SEED, ORDERS)
    with ExitStack() as cleaning:
        found = rates(lambda: _submitting(orders, cleaning), ROUNDS, time.perf_counter)
    return [
        Figure("orders until written, best round", max(found), "/s", at_least(80_000)),
        Figure("orders until written, median round", median(found), "/s"),
    ]


def _submitting(orders: list[Command], cleaning: ExitStack) -> Callable[[], int]:
    folder = Path(cleaning.enter_context(tempfile.TemporaryDirectory(prefix="tui-exchange-")))
    log = InputLog(folder)
    cleaning.callback(log.close)
    sequencer = Sequencer(Exchange(), SystemClock(), log)
    for command in opening_commands():
        sequencer.submit(command)

    def timed() -> int:
        submit = sequencer.submit
        for command in orders:
            submit(command)
        if not log.wait_written(sequencer.seq, WRITE_TIMEOUT_S):
            raise BenchmarkFailed(
                f"The log in {folder} was not written within {WRITE_TIMEOUT_S:.0f} s:"
                f" {log.error or 'free that disk of other work and try again'}"
            )
        return len(orders)

    return timed
