"""Working orders, with the exact quantity ahead of each in its queue."""

from collections.abc import Sequence

from engine.core.commands import Side
from tui_exchange.number_text import age_text, plain_price, price_text, size_text
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.requests import LineAsked
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import ORDERS
from tui_exchange.views import OrderView


class Orders(ListPane[OrderView]):
    """Every live order of the portfolio, oldest first."""

    NAME = "orders"
    TITLE = "Orders"
    LETTER = "o"
    HELP_TEXT = (
        "Your working orders. Ahead is the quantity in front of yours at its price. Enter prepares "
        "a move in the command line, x a cancel; nothing is sent before the next enter."
    )
    EMPTY = ("no working orders: press b to buy, s to sell, : for a command",)
    COLUMNS = (
        Column("id", keep=4),
        Column("symbol", left=True, keep=5),
        Column("side", left=True),
        Column("open"),
        Column("price"),
        Column("ahead"),
        Column("filled", keep=7),
        Column("tif", left=True, keep=8),
        Column("age", keep=6),
        Column("tag", left=True, keep=9),
    )

    def topics(self) -> tuple[str, ...]:
        """Working orders."""
        return (ORDERS,)

    def state(self) -> tuple[object, ...]:
        """The age of orders counts in seconds."""
        return (*super().state(), self.desk.now_ns() // 1_000_000_000 if self._rows else 0)

    def note(self) -> str:
        """How many there are."""
        return str(len(self.rows()) or "")

    def rows(self) -> Sequence[OrderView]:
        """Oldest first."""
        return self.desk.session.working_orders()

    def identity(self, row: OrderView) -> object:
        """The order's number."""
        return row.order_id

    def cells(self, row: OrderView) -> Sequence[Cell]:
        """One order."""
        scale = self.desk.session.scale(row.symbol)
        role = "bid" if row.side is Side.BUY else "ask"
        force = row.time_in_force.value.upper() + (" po" if row.post_only else "")
        age_ms = max(0, self.desk.now_ns() - row.accepted_ns) // 1_000_000
        return (
            Cell(f"#{row.order_id}", "muted"),
            Cell(row.symbol),
            Cell(row.side.name, role),
            Cell(size_text(scale, row.open_lots), "own"),
            Cell(price_text(scale, row.price_ticks), role),
            Cell(size_text(scale, row.ahead_lots)),
            Cell(size_text(scale, row.filled_lots), "muted"),
            Cell(force, "muted"),
            Cell(age_text(age_ms // 1000 * 1000).replace(".0", ""), "muted"),
            Cell(row.tag, "muted"),
        )

    def open_row(self, row: OrderView) -> None:
        """Prepare a move."""
        price = plain_price(self.desk.session.scale(row.symbol), row.price_ticks)
        self.post_message(LineAsked(f"move #{row.order_id} to {price}"))

    def drop_row(self, row: OrderView) -> None:
        """Prepare a cancel."""
        self.post_message(LineAsked(f"cancel #{row.order_id}"))
