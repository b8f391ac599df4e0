"""What a screen over the trading screen provides when it has panes and keys of its own."""

from typing import Protocol, runtime_checkable

from textual.screen import Screen
from textual.widget import Widget


@runtime_checkable
class GuestScreen(Protocol):
    """Explained, served and repainted like the trading screen, without being known by name."""

    def help(self) -> Screen[None]:
        """The help of this screen."""

    def performer(self, scope: str) -> Widget:
        """Whose actions a scope of the table names."""

    def redraw(self) -> None:
        """Draw everything in the colours of now."""
