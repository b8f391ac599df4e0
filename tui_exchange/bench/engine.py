"""The whole exchange: orders checked, funded, matched, settled in the ledger, told in events."""

import time
from collections.abc import Callable

from engine.core.commands import Command
from tui_exchange.bench import crowding
from tui_exchange.bench.figures import Figure, at_least, at_most
from tui_exchange.bench.measuring import frozen_collector, median, percentile, rates
from tui_exchange.bench.order_mix import mixed_orders
from tui_exchange.bench.orders import (
    START_NS,
    crossing_orders,
    funded_exchange,
    orders_and_cancels,
)

ORDERS = 20_000
ROUNDS = 7
SEED = 1


def measure() -> list[Figure]:
    """Orders per second: with a trade for two of them, with cancels among them, of all types."""
    orders = crossing_orders(SEED, ORDERS)
    found = rates(lambda: _applying(orders), ROUNDS)
    mixed = rates(lambda: _applying(orders_and_cancels(SEED, ORDERS)), 3)
    times_ns = _single_times_ns(orders)
    all_types = mixed_orders(SEED, ORDERS)
    of_all_types = rates(lambda: _applying(all_types), ROUNDS)
    mix_times_ns = _single_times_ns(all_types)
    return [
        Figure("orders, a trade for every second, best round", max(found), "/s", at_least(100_000)),
        Figure("orders, a trade for every second, median", median(found), "/s"),
        Figure("orders and cancels, best round", max(mixed), "/s"),
        Figure("order, 50th percentile", percentile(times_ns, 0.5) / 1000, "µs"),
        Figure("order, 99th percentile", percentile(times_ns, 0.99) / 1000, "µs"),
        Figure("mix of all types, best round", max(of_all_types), "/s", at_least(60_000)),
        Figure("mix of all types, median", median(of_all_types), "/s"),
        Figure("mix of all types, 50th percentile", percentile(mix_times_ns, 0.5) / 1000, "µs"),
        Figure(
            "mix of all types, 99th percentile",
            percentile(mix_times_ns, 0.99) / 1000,
            "µs",
            at_most(60),
        ),
        *crowding.measure(),
    ]


def _applying(commands: list[Command]) -> Callable[[], int]:
    exchange = funded_exchange()

    def timed() -> int:
        apply = exchange.apply
        for command in commands:
            apply(command, START_NS)
        return len(commands)

    return timed


def _single_times_ns(commands: list[Command]) -> list[int]:
    exchange = funded_exchange()
    times_ns = []
    clock_ns = time.perf_counter_ns
    with frozen_collector():
        for command in commands:
            begin_ns = clock_ns()
            exchange.apply(command, START_NS)
            times_ns.append(clock_ns() - begin_ns)
    return times_ns
