"""Lets a market that only exists here see what we show in it, as others see any quote."""

from typing import Protocol, runtime_checkable

from engine.core.commands import Command, Side
from engine.core.events import (
    Event,
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
)
from engine.core.exchange import Exchange
from feeds.feed import Feed
from feeds.group import FeedGroup

_CHANGES = (
    OrderAccepted,
    OrderAmended,
    OrderDone,
    OrderFilled,
    OrderRefilled,
    OrderResized,
    OrderTriggered,
)
"""After these, what an order shows may be another quantity or at another price."""
Place = tuple[Side, int]
"""(side, price in ticks) of a level."""


@runtime_checkable
class Seeing(Protocol):
    """A feed whose makers and takers see orders that rest here."""

    def rest(self, symbol: str, side: Side, price_ticks: int, lots: int) -> None:
        """We show so much at a price from now on; 0 lots: nothing any more."""


class OurDepth:
    """Reads along, and tells the feed what all portfolios show at each price.

    Orders that were resting when the session began, or when the feed was taken in, are told with
    the first change of any order of their instrument.
    """

    def __init__(self, exchange: Exchange, feeds: FeedGroup) -> None:
        self._exchange = exchange
        self._feeds = feeds
        self._told: dict[str, tuple[Feed, dict[Place, int]]] = {}

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command, ts_ns
        for symbol in dict.fromkeys(each.symbol for each in events if isinstance(each, _CHANGES)):
            self._tell(symbol)

    def _tell(self, name: str) -> None:
        feed = self._feeds.owner(name)
        if not isinstance(feed, Seeing):
            return
        told_to, told = self._told.get(name, (feed, {}))
        if told_to is not feed:
            told = {}
        shown = self._shown(name)
        symbol = next(one for one in feed.symbols if self._feeds.name_in(feed, one) == name)
        for place in dict.fromkeys((*told, *shown)):
            if told.get(place) != shown.get(place):
                feed.rest(symbol, *place, shown.get(place, 0))
        self._told[name] = (feed, shown)

    def _shown(self, symbol: str) -> dict[Place, int]:
        shown: dict[Place, int] = {}
        for account in self._exchange.accounts():
            for order in self._exchange.open_orders(account, symbol):
                if order.level is not None:
                    place = order.side, abs(order.level.rank)
                    shown[place] = shown.get(place, 0) + order.open_lots
        return shown
