"""Lets a market that only exists here feel what we take from it."""

from engine.core.commands import Command
from engine.core.events import Event, Traded
from feeds.group import Reacting


class Impact:
    """Reads along and reports our aggressive trades to the feed."""

    def __init__(self, feed: Reacting) -> None:
        self._feed = feed

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command; what the market's own participant takes is no news to it."""
        del command, ts_ns
        for event in events:
            if isinstance(event, Traded) and event.incoming_order_id > 0:
                self._feed.react(event.symbol, event.aggressor, event.lots)
