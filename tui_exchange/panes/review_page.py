"""The page of one trade as something to scroll."""

from textual.message import Message
from textual.strip import Strip

from tui_exchange.actions import TRADE
from tui_exchange.bindings import bindings_of
from tui_exchange.panes.review_life import life_lines
from tui_exchange.renderables.palette import Look
from tui_exchange.review.model import TradeLife
from tui_exchange.widgets.page import Page


class TradePage(Page[TradeLife]):
    """The life of a round trip."""

    BINDINGS = bindings_of(TRADE)

    class OrdersAsked(Message):
        """The trader wants to see the life of the trade's orders."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "review-life")

    def lines_of(self, shown: TradeLife, width: int) -> list[Strip]:
        """Its sums, then what happened in it."""
        return life_lines(shown, width, self._look.fresh)

    def key_of(self, shown: TradeLife) -> int:
        """The trade's number."""
        return shown.trade.trade

    def action_orders(self) -> None:
        """See the life of its orders."""
        self.post_message(self.OrdersAsked())
