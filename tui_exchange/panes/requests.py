"""What a pane asks the screen for; panes do not know one another."""

from collections.abc import Sequence

from textual.message import Message

from engine.core.commands import Side


class TicketAsked(Message):
    """Open a ticket for this side; the trader decides whether it is sent."""

    def __init__(self, side: Side, symbol: str = "", size: str = "") -> None:
        super().__init__()
        self.side = side
        self.symbol = symbol
        """The instrument; empty for the one in focus."""
        self.size = size
        """As typed; empty for the size of the desk."""


class LineAsked(Message):
    """Open the command line with this text in it; the trader decides whether it is run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class SymbolAsked(Message):
    """Put an instrument into focus."""

    def __init__(self, symbol: str) -> None:
        super().__init__()
        self.symbol = symbol


class OrderAsked(Message):
    """See the whole life of an order; its neighbours in the list can be stepped to."""

    def __init__(self, order_ids: Sequence[int], at: int) -> None:
        super().__init__()
        self.order_ids = order_ids
        self.at = at


class PositionAsked(Message):
    """See everything about an open position."""

    def __init__(self, symbol: str) -> None:
        super().__init__()
        self.symbol = symbol


class TabAsked(Message):
    """Bring a pane to the front of its tabs and go to it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.pane_name = name


class CommandEntered(Message):
    """The trader pressed enter in the command line."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class CommandLeft(Message):
    """The trader stepped out of the command line without running it."""
