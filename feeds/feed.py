"""What every source of markets looks like to the session: live, replayed or simulated."""

from collections.abc import Callable
from typing import Protocol

from feeds.health import Health
from feeds.messages import Message

Sink = Callable[[Message], None]
"""Receives each normalised message, in order, on the event loop; it must not block."""


class Feed(Protocol):
    """A running source of markets.

    The sink that the feed was made with receives, per symbol, what `feeds.messages` describes.
    """

    @property
    def name(self) -> str:
        """The venue, as the status line shows it."""
        ...

    @property
    def symbols(self) -> tuple[str, ...]:
        """What it carries now, in listing order."""
        ...

    def health(self, symbol: str) -> Health:
        """How one subscription stands; KeyError for a symbol it does not carry."""
        ...

    def now_ns(self) -> int:
        """The feed's own time: the wall clock when live, the recording's time in a replay."""
        ...

    async def run(self) -> None:
        """Deliver until cancelled, or until a replay ends. Problems become messages, not
        exceptions."""
        ...
