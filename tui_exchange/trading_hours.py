"""Keeps the exchange told of the sessions of instruments that do not trade around the clock.

The core has no dates: it is given sessions as intervals, some months ahead, and again before they
run out.
"""

from collections.abc import Callable

from engine.calendars import ALWAYS, CalendarError, sessions
from engine.core.commands import Command, ListInstrument, SetSessions
from engine.core.events import Event
from engine.core.exchange import Exchange

DAY_NS = 86_400 * 10**9
STATED_DAYS = 120
"""How far ahead sessions are stated."""
LEFT_DAYS_MIN = 60
"""When less than so many days are stated ahead, they are stated again."""


class TradingHours:
    """A reader of the sequencer that posts `SetSessions`: on listing, at the start, and later anew.

    Args:
        post: Takes each command after the one that is being applied.
        news: Is told what a trader should read once.
    """

    def __init__(
        self,
        exchange: Exchange,
        post: Callable[[Command], object],
        news: Callable[[str], object],
    ) -> None:
        self._exchange = exchange
        self._post = post
        self._news = news
        self._stated: dict[str, str] = {}
        """The calendar by which sessions were stated lately, by symbol."""
        self._due_ns = 0

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del events
        if ts_ns >= self._due_ns:
            self._stated.clear()
            self._due_ns = ts_ns + (STATED_DAYS - LEFT_DAYS_MIN) * DAY_NS
            for symbol in self._exchange.symbols():
                self._state(symbol, ts_ns)
        elif isinstance(command, ListInstrument):
            symbol = command.instrument.symbol
            if symbol in self._exchange.symbols():
                self._state(symbol, ts_ns)

    def _state(self, symbol: str, now_ns: int) -> None:
        calendar = self._exchange.instrument(symbol).calendar
        if self._stated.get(symbol, ALWAYS) == calendar:
            return
        self._stated[symbol] = calendar
        try:
            found = sessions(calendar, now_ns, STATED_DAYS)
        except CalendarError as error:
            self._news(f"{symbol} is taken to trade at all times: {error}")
            found = ()
        self._post(SetSessions(symbol=symbol, sessions=found))
