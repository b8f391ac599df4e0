"""The commands of the book benchmark, and how our book plays them.

A limit order first trades what it crosses and then rests, a cancel finds its order by id, a market
order sweeps. Nothing is checked, held, paid or told.
"""

import random
from collections.abc import Sequence
from enum import Enum

from engine.core.book import BookOrder, OrderBook
from engine.core.commands import BUY, SELL, Side

RESTING_ORDERS = 2_000


class Kind(Enum):
    """What a command does."""

    LIMIT = "limit"
    CANCEL = "cancel"
    MARKET = "market"


LIMIT, CANCEL, MARKET = Kind.LIMIT, Kind.CANCEL, Kind.MARKET
BookCommand = tuple[Kind, int, Side, int, int]
"""(kind, order_id, side, price_ticks, lots); what a kind does not need is there and unused."""


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
