"""What a command costs among many orders that it does not touch, and a sweep among many levels."""

import time

from engine.core.commands import BUY, SELL, Command, OrderType, PlaceOrder
from engine.core.exchange import Exchange
from tui_exchange.bench.figures import Figure, at_most
from tui_exchange.bench.measuring import frozen_collector
from tui_exchange.bench.order_mix import crowd
from tui_exchange.bench.orders import CENTRE_TICKS, OWNERS, START_NS, SYMBOL, funded_exchange

RESTING = 100_000
WAITING = 10_000
PAIRS = 4_000
ROUNDS = 5
LEVELS_FEW = 100
LEVELS_MANY = 1_000


def measure() -> list[Figure]:
    """Ratios within one run, so that the machine does not matter."""
    alone, crowded = funded_exchange(), funded_exchange()
    crowd(crowded, RESTING, WAITING)
    cheap, dear = _at_the_touch_s(alone, crowded)
    few = min(_sweep_s(LEVELS_FEW) for _ in range(ROUNDS)) / LEVELS_FEW
    many = min(_sweep_s(LEVELS_MANY) for _ in range(ROUNDS)) / LEVELS_MANY
    return [
        Figure(
            "a trade at the touch among 100,000 resting and 10,000 stops, to alone",
            dear / cheap,
            "x",
            at_most(2),
        ),
        Figure("a fill in a sweep of 1,000 levels, to one of 100", many / few, "x", at_most(1.5)),
    ]


def _at_the_touch_s(alone: Exchange, crowded: Exchange) -> tuple[float, float]:
    """The best time of the same trades in both, measured in turns."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for index, exchange in enumerate((alone, crowded)):
            best[index] = min(best[index], _timed_s(exchange, _trades()))
    return best[0], best[1]


def _trades() -> list[Command]:
    """An offer and a buyer who takes it, again and again."""
    return [
        PlaceOrder(
            account=OWNERS[side],
            symbol=SYMBOL,
            side=side,
            order_type=OrderType.LIMIT,
            lots=1,
            price_ticks=CENTRE_TICKS,
        )
        for _ in range(PAIRS)
        for side in (SELL, BUY)
    ]


def _sweep_s(levels: int) -> float:
    exchange = funded_exchange()
    for index in range(levels):
        offer = PlaceOrder(
            account=OWNERS[SELL],
            symbol=SYMBOL,
            side=SELL,
            order_type=OrderType.LIMIT,
            lots=1,
            price_ticks=CENTRE_TICKS + index,
        )
        exchange.apply(offer, START_NS)
    sweep = PlaceOrder(
        account=OWNERS[BUY], symbol=SYMBOL, side=BUY, order_type=OrderType.MARKET, lots=levels
    )
    return _timed_s(exchange, [sweep])


def _timed_s(exchange: Exchange, commands: list[Command]) -> float:
    apply = exchange.apply
    with frozen_collector():
        begin_s = time.thread_time()
        for command in commands:
            apply(command, START_NS)
        return time.thread_time() - begin_s
