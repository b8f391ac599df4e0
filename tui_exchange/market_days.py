"""Begins each UTC day of the market-wide breaker where the instrument that it watches stands."""

from collections.abc import Callable

from engine.core.commands import Command, ConfigureMarketBreaker, TriggerSource
from engine.core.events import Event
from engine.core.exchange import Exchange

DAY_NS = 86_400 * 10**9


class MarketDays:
    """A reader of the sequencer that posts `ConfigureMarketBreaker`, once a day.

    A day that had begun when the session was left goes on: levels that were reached stay reached.

    Args:
        symbol: The instrument that stands for the market.
        post: Takes each command after the one that is being applied.
    """

    def __init__(self, exchange: Exchange, symbol: str, post: Callable[[Command], object]) -> None:
        self._exchange = exchange
        self._symbol = symbol
        self._post = post
        self._due_ns = 0
        if exchange.market_breaker() == symbol:
            self._due_ns = _next_midnight_ns(exchange.now_ns)

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command; without a price the day begins with the first one."""
        del command, events
        if ts_ns < self._due_ns or self._symbol not in self._exchange.symbols():
            return
        price_ticks = self._exchange.price(self._symbol, TriggerSource.INDEX)
        if price_ticks is not None:
            self._due_ns = _next_midnight_ns(ts_ns)
            self._post(ConfigureMarketBreaker(symbol=self._symbol, reference_ticks=price_ticks))


def _next_midnight_ns(now_ns: int) -> int:
    return (now_ns // DAY_NS + 1) * DAY_NS
