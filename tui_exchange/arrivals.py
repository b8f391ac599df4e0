"""What became of commands that were on their way, for whoever waits for them."""

from engine.core.commands import Command
from engine.core.events import CommandArrived, CommandSent, Event


class Arrivals:
    """A reader of the sequencer.

    Attributes:
        events: By the number under which a command was sent: what its arrival led to.
    """

    def __init__(self) -> None:
        self.events: dict[int, list[Event]] = {}

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command, ts_ns
        arrived: list[Event] | None = None
        for event in events:
            if isinstance(event, CommandArrived):
                arrived = self.events.setdefault(event.sent_id, [])
            elif isinstance(event, CommandSent):
                arrived = None
            if arrived is not None:
                arrived.append(event)
