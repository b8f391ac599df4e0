"""Tells the trader what became of orders while nobody pressed a key: arrivals at the venue,
triggers, exits, ends, halts.

Fills of resting orders are told by `fill_news`, once a frame however many there were; how a
trailing stop follows the price, the panes show.
"""

from collections.abc import Callable, Iterator, Sequence

from engine.core.commands import (
    AdvanceTime,
    Command,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
    SendCommand,
    SetPrice,
)
from engine.core.events import (
    MAKER,
    CommandArrived,
    CommandSent,
    Event,
    MarketTraded,
    OrderFilled,
    Traded,
    TriggerMoved,
)
from engine.core.exchange import Exchange
from tui_exchange.sentences import told

_FROM_OUTSIDE = (
    MirrorDepth,
    MirrorQuote,
    MirrorTrade,
    MirrorDown,
    SetPrice,
    AdvanceTime,
    SendCommand,
)
_TOLD_OTHERWISE = (MarketTraded, Traded, TriggerMoved, CommandSent)


class OrderNews:
    """A reader of the sequencer.

    Args:
        account: Whose trader is told.
        news: Takes each sentence.

    Attributes:
        told_elsewhere: What was sent under these numbers is told by whoever waits for it.
    """

    def __init__(self, exchange: Exchange, account: str, news: Callable[[str], object]) -> None:
        self._exchange = exchange
        self._account = account
        self._news = news
        self.told_elsewhere: set[int] = set()

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command; what a command that does not travel did, its line tells."""
        del ts_ns
        if not events or not isinstance(command, _FROM_OUTSIDE):
            return
        fresh = [event for event in self._open(events) if not isinstance(event, _TOLD_OTHERWISE)]
        if fresh:
            for sentence in told(self._exchange, _without_resting_fills(fresh), self._account):
                self._news(sentence)

    def _open(self, events: tuple[Event, ...]) -> Iterator[Event]:
        """The events, without those of arrivals that are told elsewhere."""
        left_out = False
        for event in events:
            if isinstance(event, CommandArrived):
                left_out = event.sent_id in self.told_elsewhere
            elif isinstance(event, CommandSent):
                left_out = False
            if not left_out:
                yield event


def _without_resting_fills(events: Sequence[Event]) -> list[Event]:
    return [
        event
        for event in events
        if not (isinstance(event, OrderFilled) and event.liquidity is MAKER)
    ]
