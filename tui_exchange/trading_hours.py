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
        self._followed = {name: exchange.instrument(name).calendar for name in exchange.symbols()}
        """The calendar by which an instrument's sessions were stated last, here or before."""
        self._due_ns = 0

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del events
        listed = self._exchange.symbols
        if ts_ns >= self._due_ns:
            self._due_ns = ts_ns + (STATED_DAYS - LEFT_DAYS_MIN) * DAY_NS
            for symbol in listed():
                self._follow(symbol, ts_ns, again=True)
        elif isinstance(command, ListInstrument) and command.instrument.symbol in listed():
            self._follow(command.instrument.symbol, ts_ns, again=False)

    def _follow(self, symbol: str, now_ns: int, again: bool) -> None:
        """State the sessions of an instrument if its calendar has changed, or if it is time."""
        calendar = self._exchange.instrument(symbol).calendar
        changed = self._followed.get(symbol, ALWAYS) != calendar
        if changed or (again and calendar != ALWAYS):
            self._followed[symbol] = calendar
            self._state(symbol, calendar, now_ns)

    def _state(self, symbol: str, calendar: str, now_ns: int) -> None:
        try:
            found = sessions(calendar, now_ns, STATED_DAYS)
        except CalendarError as error:
            self._news(f"{symbol} is taken to trade at all times: {error}")
            found = ()
        self._post(SetSessions(symbol=symbol, sessions=found))
