"""Why an order has or has not filled: its queue, what traded, what left, and what it waits for."""

from dataclasses import dataclass

from engine.core.commands import Command, Side, TriggerSource
from engine.core.events import Event, OrderAccepted
from engine.core.exchange import Exchange
from engine.core.mirror.mirror import MirrorState
from engine.core.mirror.queue_position import QueuePosition
from engine.core.orders.order import Order
from tui_exchange.amount_text import plain_price_text, plain_size_text
from tui_exchange.number_text import clock_ms_text

SEEN_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Seen:
    """An order's queue when it was last looked at."""

    at_ns: int
    symbol: str
    price_ticks: int
    queue: QueuePosition


class FillReports:
    """Follows the queues of all portfolios' orders, so that it can tell of those that have ended.

    Attributes:
        seen: The last look at each order, the latest orders last.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self.seen: dict[int, Seen] = {}

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command: an order is looked at once it rests, however soon it fills."""
        del command, ts_ns
        if any(isinstance(event, OrderAccepted) for event in events):
            self.look()

    def look(self) -> None:
        """Note where every resting order stands."""
        exchange = self._exchange
        for account in exchange.accounts():
            for order in exchange.open_orders(account):
                queue = exchange.queue(order.order_id)
                if queue is not None:
                    seen = Seen(exchange.now_ns, order.symbol, order.price_ticks, queue)
                    self.seen.pop(order.order_id, None)
                    self.seen[order.order_id] = seen
        while len(self.seen) > SEEN_MAX:
            del self.seen[next(iter(self.seen))]

    def told(self, order_id: int) -> tuple[str, ...]:
        """Sentences on an order; none for one that never rested while anybody looked."""
        self.look()
        seen = self.seen.get(order_id)
        order = self._exchange.order(order_id)
        if order is not None and order.waiting:
            return (self._waiting(order),)
        if seen is None:
            return ()
        sentences = [self._queue(seen, order is None), self._printed(seen, order is None)]
        if order is not None:
            sentences.append(self._needs(order, seen))
        return tuple(sentences)

    def _queue(self, seen: Seen, ended: bool) -> str:
        queue, size = seen.queue, self._size
        then = f" at {clock_ms_text(seen.at_ns)}" if ended else " now"
        return (
            f"queue: {size(seen, queue.ahead_at_rest_lots)} ahead when it joined at"
            f" {clock_ms_text(queue.rested_ns)}; since then {size(seen, queue.traded_ahead_lots)}"
            f" traded and {size(seen, queue.cancelled_ahead_lots)} was cancelled ahead of it;"
            f"{then} {size(seen, queue.ahead_lots)} ahead, {size(seen, queue.behind_lots)} behind"
        )

    def _printed(self, seen: Seen, ended: bool) -> str:
        price = plain_price_text(self._exchange, seen.symbol, seen.price_ticks)
        until = "until that look" if ended else "since then"
        return f"traded at its price {price} {until}: {self._size(seen, seen.queue.printed_lots)}"

    def _needs(self, order: Order, seen: Seen) -> str:
        exchange, symbol = self._exchange, order.symbol
        if exchange.mirror_state(symbol) is MirrorState.DOWN:
            return f"{symbol} has no live prices now: nothing fills until its feed is back"
        if exchange.halt(symbol) is not None or not exchange.is_open(symbol):
            return f"{symbol} does not trade now: nothing fills until it does"
        buys = order.side is Side.BUY
        best = exchange.best_bid(symbol) if buys else exchange.best_ask(symbol)
        touch = order.price_ticks if best is None else best[0]
        away = touch - order.price_ticks if buys else order.price_ticks - touch
        if away > 0:
            price = plain_price_text(exchange, symbol, touch)
            side = "bid" if buys else "ask"
            return (
                f"it is {away} ticks behind the best {side}, {price}: the market has to come to it"
            )
        ahead = self._size(seen, seen.queue.ahead_lots)
        sellers = "sellers" if buys else "buyers"
        if not seen.queue.ahead_lots:
            return f"it is first in its queue: the next {sellers} at its price fill it"
        return (
            f"it fills once {sellers} have taken {ahead} at its price, or that has been cancelled"
        )

    def _waiting(self, order: Order) -> str:
        exchange, symbol = self._exchange, order.symbol
        source = order.source or TriggerSource.LAST
        price = exchange.price(symbol, source)
        now = "not known" if price is None else plain_price_text(exchange, symbol, price)
        trigger = order.trigger_ticks
        at = "its trigger" if trigger is None else plain_price_text(exchange, symbol, trigger)
        return f"it waits for the {source.value} price to reach {at}; that is {now} now"

    def _size(self, seen: Seen, lots: int) -> str:
        return plain_size_text(self._exchange, seen.symbol, lots)
