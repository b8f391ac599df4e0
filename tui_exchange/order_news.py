"""Tells the trader what became of orders while nobody pressed a key: triggers, exits, ends, halts.

Fills of resting orders are told by `fill_news`, once a frame however many there were; how a
trailing stop follows the price, the panes show.
"""

from collections.abc import Callable, Sequence

from engine.core.commands import (
    AdvanceTime,
    Command,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    SetPrice,
)
from engine.core.events import MAKER, Event, MarketTraded, OrderFilled, Traded, TriggerMoved
from engine.core.exchange import Exchange
from tui_exchange.sentences import told

_FROM_OUTSIDE = (MirrorDepth, MirrorTrade, MirrorDown, SetPrice, AdvanceTime)
_TOLD_OTHERWISE = (MarketTraded, Traded, TriggerMoved)


class OrderNews:
    """A reader of the sequencer.

    Args:
        account: Whose trader is told.
        news: Takes each sentence.
    """

    def __init__(self, exchange: Exchange, account: str, news: Callable[[str], object]) -> None:
        self._exchange = exchange
        self._account = account
        self._news = news

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command; what a trader's own command did, its line tells."""
        del ts_ns
        if not events or not isinstance(command, _FROM_OUTSIDE):
            return
        fresh = [event for event in events if not isinstance(event, _TOLD_OTHERWISE)]
        if fresh:
            for sentence in told(self._exchange, _without_resting_fills(fresh), self._account):
                self._news(sentence)


def _without_resting_fills(events: Sequence[Event]) -> list[Event]:
    return [
        event
        for event in events
        if not (isinstance(event, OrderFilled) and event.liquidity is MAKER)
    ]
