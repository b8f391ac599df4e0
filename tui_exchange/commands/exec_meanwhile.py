"""What became of orders while market time passed, besides their fills."""

from engine.core.commands import Command
from engine.core.events import Event, OracleChanged, OrderFilled, OrderRefilled, TriggerMoved
from tui_exchange.mark_news import MarkNews
from tui_exchange.sentences import told
from tui_exchange.session import Session

_TOLD_OTHERWISE = OrderFilled | OrderRefilled | TriggerMoved | OracleChanged
"""Fills are told together at the end; slices and trailing triggers, as the orders stand then; marks
where they matter."""


class Meanwhile:
    """A reader of the sequencer that collects sentences from now on.

    Attributes:
        sentences: Oldest first.
    """

    def __init__(self, session: Session) -> None:
        self._exchange = session.exchange
        self._session = session
        self.sentences: list[str] = []
        session.sequencer.subscribe(self)
        session.sequencer.subscribe(MarkNews(session.exchange, self.sentences.append))

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command, ts_ns
        kept = [event for event in events if not isinstance(event, _TOLD_OTHERWISE)]
        if kept:
            self.sentences.extend(told(self._exchange, kept, self._session.account))
