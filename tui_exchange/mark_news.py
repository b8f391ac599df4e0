"""Tells the trader when the mark of a market in which something is at stake cannot be relied on.

A market that is listed, or taken up again after the program was away, has no fresh mark for a
moment; so what has not lasted is not told, nor what concerns nobody's margin.
"""

from collections.abc import Callable

from engine.core.commands import Command
from engine.core.events import Event, OracleChanged, OracleStatus
from engine.core.exchange import Exchange
from engine.core.instruments import SECOND_NS
from engine.core.margin_terms import CASH
from tui_exchange.sentences import told

LASTING_NS = 5 * SECOND_NS
"""A mark that is worse for less long is not told."""


class MarkNews:
    """A reader of the sequencer.

    Args:
        news: Takes each sentence.
    """

    def __init__(self, exchange: Exchange, news: Callable[[str], object]) -> None:
        self._exchange = exchange
        self._news = news
        self._doubtful: dict[str, OracleChanged] = {}
        self._told: dict[str, OracleChanged] = {}

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command
        for event in events:
            if isinstance(event, OracleChanged):
                self._changed(event)
        if self._doubtful:
            self._look(ts_ns)

    def _changed(self, event: OracleChanged) -> None:
        symbol = event.symbol
        self._doubtful.pop(symbol, None)
        if event.status is not OracleStatus.OK:
            self._doubtful[symbol] = event
        elif self._told.pop(symbol, None) is not None:
            self._tell(event)

    def _look(self, now_ns: int) -> None:
        for symbol, event in tuple(self._doubtful.items()):
            before = self._told.get(symbol)
            known = before is not None and before.status is event.status
            if known or now_ns - event.ts_ns < LASTING_NS or not self._at_stake(symbol):
                continue
            self._told[symbol] = event
            self._tell(event)

    def _tell(self, event: OracleChanged) -> None:
        for sentence in told(self._exchange, (event,), ""):
            self._news(sentence)

    def _at_stake(self, symbol: str) -> bool:
        """Whether a portfolio has a position or an order on margin there."""
        exchange = self._exchange
        for account in exchange.accounts():
            position = exchange.position(account, symbol)
            held = position is not None and position.lots
            margined = exchange.margin_mode(account, symbol) is not CASH
            if margined and (held or exchange.open_orders(account, symbol)):
                return True
        return False
