"""Tells the trader what became of orders while nobody pressed a key: arrivals at the venue,
triggers, exits, ends, halts.

Fills of resting orders are told by `fill_news`, once a frame however many there were, marks that
cannot be relied on by `mark_news`; how a trailing stop follows the price, the panes show.
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
    OracleChanged,
    OrderFilled,
    Traded,
    TriggerMoved,
)
from engine.core.exchange import Exchange
from tui_exchange.alarm import led
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.portfolio_sentences import title_of
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
_TOLD_OTHERWISE = (MarketTraded, Traded, TriggerMoved, CommandSent, OracleChanged)


class OrderNews:
    """A reader of the sequencer.

    Args:
        current: The portfolio on the screen; what other ones did is told with their titles.
        news: Takes each sentence.

    Attributes:
        told_elsewhere: What was sent under these numbers is told by whoever waits for it.
    """

    def __init__(
        self, exchange: Exchange, current: CurrentPortfolio, news: Callable[[str], object]
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._news = news
        self.told_elsewhere: set[int] = set()

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command; what a command that does not travel did, its line tells."""
        del ts_ns
        if not events or not isinstance(command, _FROM_OUTSIDE):
            return
        fresh = [event for event in self._open(events) if not isinstance(event, _TOLD_OTHERWISE)]
        if fresh:
            current = self._current.account
            for sentence in told(self._exchange, _without_resting_fills(fresh), current):
                self._news(sentence)
            for other in self._exchange.accounts():
                if other != current:
                    self._tell_of(other, fresh)

    def _tell_of(self, account: str, events: Sequence[Event]) -> None:
        """What happened in a portfolio that is not on the screen, resting fills included."""
        title = title_of(self._exchange, account)
        for sentence in told(self._exchange, events, account, general=False):
            self._news(led(f"{title}: ", sentence))

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
