"""The page of one order as something to scroll."""

from textual.message import Message
from textual.strip import Strip

from tui_exchange.actions import ORDER
from tui_exchange.bindings import bindings_of
from tui_exchange.order_life.model import OrderLife
from tui_exchange.panes.order_life import order_lines
from tui_exchange.renderables.palette import Look
from tui_exchange.widgets.page import Page


class OrderPage(Page[OrderLife]):
    """The life of an order; follows it while it is live."""

    BINDINGS = bindings_of(ORDER)

    class ReadAsked(Message):
        """The trader wants the order read again."""

    class Left(Message):
        """The trader has seen enough."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "order-page")

    def lines_of(self, shown: OrderLife, width: int) -> list[Strip]:
        """Its terms, then what happened to it."""
        return order_lines(shown, width, self._look.fresh)

    def key_of(self, shown: OrderLife) -> int:
        """The order's number."""
        return shown.order.order_id

    def action_refresh(self) -> None:
        """See it as it is now."""
        self.post_message(self.ReadAsked())

    def action_step_out(self) -> None:
        """Back to where the order was chosen."""
        self.post_message(self.Left())
