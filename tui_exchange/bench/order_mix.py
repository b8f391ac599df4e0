"""A day's mix of all order types, drawn so that each command is possible in its turn.

Of a hundred commands about 50 are limit orders (a fifth of them crossing), 20 cancels, 10 amends,
5 wait for a trigger (stops, take-profits, trailing stops), 5 are icebergs, 5 market orders, 3
brackets and 2 pairs of which one fills.
"""

import random
from collections.abc import Callable

import msgspec

from engine.core.commands import (
    BUY,
    SELL,
    AmendOrder,
    CancelOrder,
    Command,
    Exits,
    OrderType,
    PlaceOco,
    PlaceOrder,
    Side,
)
from engine.core.events import OrderAccepted, OrderDone, OrderRejected
from engine.core.exchange import Exchange
from tui_exchange.bench.orders import (
    CENTRE_TICKS,
    OWNERS,
    START_NS,
    SYMBOL,
    funded_exchange,
    limit_order,
)

AWAY_TICKS = 60
"""How far from the last trade waiting orders are placed, at least."""


class OrderMix:
    """Draws commands against an exchange of its own, which says what is possible."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._exchange = funded_exchange()
        self._live: list[int] = []
        self._owners: dict[int, str] = {}

    def commands(self, count: int) -> list[Command]:
        """The next `count` commands."""
        drawn: list[Command] = []
        while len(drawn) < count:
            command = self._next()
            events = self._exchange.apply(command, START_NS)
            if any(isinstance(event, OrderRejected) for event in events):
                continue
            drawn.append(command)
            for event in events:
                match event:
                    case OrderAccepted(order_id=order_id, account=account):
                        self._live.append(order_id)
                        self._owners[order_id] = account
                    case OrderDone(order_id=order_id):
                        self._owners.pop(order_id, None)
        return drawn

    def _next(self) -> Command:
        turn = self._draw.random() * 100
        for share, make in SHARES:
            turn -= share
            if turn < 0:
                return make(self)
        return self._limit()

    def _limit(self) -> PlaceOrder:
        away_ticks = -1 if self._draw.random() < 0.2 else self._draw.randint(1, 40)
        return limit_order(self._draw, self._centre(), away_ticks)

    def _cancel(self) -> Command:
        order_id = self._some_live()
        if order_id is None:
            return self._limit()
        return CancelOrder(account=self._owners[order_id], order_id=order_id)

    def _amend(self) -> Command:
        order_id = self._some_live()
        order = None if order_id is None else self._exchange.order(order_id)
        if order is None or order.parent_id is not None:
            return self._limit()
        lots = max(1, order.lots + self._draw.choice((-2, -1, 1)))
        if lots <= order.filled_lots or lots == order.lots:
            return self._limit()
        return AmendOrder(account=order.account, order_id=order.order_id, lots=lots)

    def _market(self) -> PlaceOrder:
        side = self._side()
        return PlaceOrder(
            account=OWNERS[side],
            symbol=SYMBOL,
            side=side,
            order_type=OrderType.MARKET,
            lots=self._draw.randint(1, 20),
        )

    def _iceberg(self) -> PlaceOrder:
        order = limit_order(self._draw, self._centre(), self._draw.randint(1, 10))
        return msgspec.structs.replace(order, order_type=OrderType.ICEBERG, lots=20, display_lots=5)

    def _waiting(self) -> PlaceOrder:
        side = self._side()
        away = self._draw.randint(AWAY_TICKS, 2 * AWAY_TICKS)
        kind = self._draw.choice(WAITING_TYPES)
        order = PlaceOrder(
            account=OWNERS[side],
            symbol=SYMBOL,
            side=side,
            order_type=kind,
            lots=self._draw.randint(1, 10),
        )
        if kind is OrderType.TRAILING_STOP:
            return msgspec.structs.replace(order, trail_ticks=away)
        above = (side is BUY) is (kind is OrderType.STOP)
        return msgspec.structs.replace(
            order, trigger_ticks=self._centre() + (away if above else -away)
        )

    def _bracket(self) -> PlaceOrder:
        order = self._limit()
        price_ticks = order.price_ticks
        assert price_ticks is not None, "a limit order has a price"
        return msgspec.structs.replace(
            order,
            account=OWNERS[BUY],
            side=BUY,
            exits=Exits(
                take_profit_ticks=price_ticks + AWAY_TICKS, stop_loss_ticks=price_ticks - AWAY_TICKS
            ),
        )

    def _pair(self) -> PlaceOco:
        first = limit_order(self._draw, self._centre(), self._draw.randint(5, 40))
        away = self._draw.randint(AWAY_TICKS, 2 * AWAY_TICKS)
        second = msgspec.structs.replace(
            first,
            order_type=OrderType.STOP,
            price_ticks=None,
            trigger_ticks=self._centre() + (away if first.side is BUY else -away),
        )
        return PlaceOco(account=first.account, first=first, second=second)

    def _side(self) -> Side:
        return BUY if self._draw.random() < 0.5 else SELL

    def _centre(self) -> int:
        last = self._exchange.last_trade(SYMBOL)
        return CENTRE_TICKS if last is None else last[0]

    def _some_live(self) -> int | None:
        """A live order, or None; those that have ended are dropped on the way."""
        live = self._live
        while live:
            at = self._draw.randrange(len(live))
            order_id = live[at]
            if order_id in self._owners:
                return order_id
            live[at] = live[-1]
            live.pop()
        return None


WAITING_TYPES = (OrderType.STOP, OrderType.TAKE_PROFIT, OrderType.TRAILING_STOP)
SHARES: tuple[tuple[float, Callable[[OrderMix], Command]], ...] = (
    (20, OrderMix._cancel),
    (10, OrderMix._amend),
    (5, OrderMix._waiting),
    (5, OrderMix._iceberg),
    (5, OrderMix._market),
    (3, OrderMix._bracket),
    (2, OrderMix._pair),
)
"""In a hundred; the rest are limit orders."""


def mixed_orders(seed: int, count: int) -> list[Command]:
    """Commands of all types, each possible when its turn comes in a funded exchange."""
    return OrderMix(seed).commands(count)


def crowd(exchange: Exchange, resting: int, waiting: int) -> None:
    """Fill an exchange with orders that nothing at the touch concerns."""
    for index in range(resting):
        side = BUY if index % 2 else SELL
        away = 1_000 + index // 20
        exchange.apply(
            PlaceOrder(
                account=OWNERS[side],
                symbol=SYMBOL,
                side=side,
                order_type=OrderType.LIMIT,
                lots=1,
                price_ticks=CENTRE_TICKS + (away if side is SELL else -away),
            ),
            START_NS,
        )
    for index in range(waiting):
        side = BUY if index % 2 else SELL
        away = 10_000 + index // 4
        exchange.apply(
            PlaceOrder(
                account=OWNERS[side],
                symbol=SYMBOL,
                side=side,
                order_type=OrderType.STOP,
                lots=1,
                trigger_ticks=CENTRE_TICKS + (away if side is BUY else -away),
            ),
            START_NS,
        )
