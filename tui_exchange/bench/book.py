"""The bare order book: limit, cancel and market commands around a touch that wanders.

A command is what it is for a matching engine: a limit order first trades what it crosses and then
rests, a cancel finds its order by id, a market order sweeps. Nothing is checked, held, paid or
told. The commands are drawn beforehand, so only the book is timed.
"""

import random
import time
from collections.abc import Callable, Sequence
from enum import Enum

from engine.core.book import BookOrder, OrderBook
from engine.core.commands import BUY, SELL, Side
from tui_exchange.bench.figures import Figure, at_least, at_most
from tui_exchange.bench.measuring import frozen_collector, median, percentile, rates

COMMANDS = 200_000
ROUNDS = 7
RESTING_ORDERS = 2_000
SEED = 1


class Kind(Enum):
    """What a command does."""

    LIMIT = "limit"
    CANCEL = "cancel"
    MARKET = "market"


LIMIT, CANCEL, MARKET = Kind.LIMIT, Kind.CANCEL, Kind.MARKET
BookCommand = tuple[Kind, int, Side, int, int]
"""(kind, order_id, side, price_ticks, lots); what a kind does not need is there and unused."""


def measure() -> list[Figure]:
    """Commands per second over several rounds, and what single commands take."""
    opening, commands = drawn_commands(SEED, COMMANDS)

    def prepared() -> Callable[[], int]:
        book, orders = OrderBook(), dict[int, BookOrder]()
        play(book, orders, opening)

        def timed() -> int:
            play(book, orders, commands)
            return len(commands)

        return timed

    found = rates(prepared, ROUNDS)
    times_ns = _single_times_ns(opening, commands)
    return [
        Figure("commands, best round", max(found), "/s", at_least(800_000)),
        Figure("commands, median round", median(found), "/s"),
        Figure("command, 50th percentile", percentile(times_ns, 0.5) / 1000, "µs"),
        Figure("command, 99th percentile", percentile(times_ns, 0.99) / 1000, "µs", at_most(10)),
    ]


def play(book: OrderBook, orders: dict[int, BookOrder], commands: Sequence[BookCommand]) -> None:
    """Give commands to a book; `orders` are those that rest, by id."""
    for kind, order_id, side, price_ticks, lots in commands:
        if kind is LIMIT:
            if book.crosses(side, price_ticks):
                lots -= _trade(book, orders, side, lots, price_ticks)
            if lots:
                order = orders[order_id] = BookOrder(order_id, side, price_ticks, lots)
                book.add(order)
        elif kind is CANCEL:
            book.remove(orders.pop(order_id))
        else:
            _trade(book, orders, side, lots, None)


def drawn_commands(seed: int, count: int) -> tuple[list[BookCommand], list[BookCommand]]:
    """What fills a book, and then `count` commands, each possible when its turn comes.

    Six of 13 are limit orders, a fifth of them crossing; six are cancels of any resting order; one
    is a market order.
    """
    draw = random.Random(seed)
    book, orders = OrderBook(), dict[int, BookOrder]()
    drawn: list[BookCommand] = []
    centre = 100_000
    for order_id in range(1, RESTING_ORDERS + count + 1):
        filling = order_id <= RESTING_ORDERS
        if not filling:
            centre += draw.choice((-1, 0, 0, 0, 1))
        side = BUY if draw.random() < 0.5 else SELL
        turn = 0.0 if filling else draw.random() * 13
        if turn < 6 or len(orders) < RESTING_ORDERS // 2:
            away = 1 + int(draw.expovariate(0.05))
            if turn >= 4.8:
                away = -2
            price_ticks = centre - away if side is BUY else centre + away
            command = (LIMIT, order_id, side, price_ticks, draw.randint(1, 20))
        elif turn < 12:
            command = (CANCEL, draw.choice(tuple(orders)), side, 0, 0)
        else:
            command = (MARKET, order_id, side, 0, draw.randint(1, 40))
        play(book, orders, (command,))
        drawn.append(command)
    return drawn[:RESTING_ORDERS], drawn[RESTING_ORDERS:]


def _trade(
    book: OrderBook, orders: dict[int, BookOrder], side: Side, lots: int, limit: int | None
) -> int:
    """Match an incoming order; the lots that it got."""
    traded = 0
    for order, part in book.match(side, lots, limit):
        traded += part
        if not order.open_lots:
            del orders[order.order_id]
    return traded


def _single_times_ns(opening: list[BookCommand], commands: list[BookCommand]) -> list[int]:
    """The time of each command alone, the call around it and the reading of the clock included."""
    book, orders = OrderBook(), dict[int, BookOrder]()
    play(book, orders, opening)
    times_ns = []
    clock_ns = time.perf_counter_ns
    with frozen_collector():
        for command in commands:
            one = (command,)
            begin_ns = clock_ns()
            play(book, orders, one)
            times_ns.append(clock_ns() - begin_ns)
    return times_ns
