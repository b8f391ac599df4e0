"""The latest fills of the portfolio."""

from collections.abc import Sequence

from engine.core.commands import Side
from tui_exchange.number_text import (
    clock_text,
    money_text,
    price_text,
    signed_money_text,
    size_text,
)
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.positions import profit_role
from tui_exchange.panes.requests import SymbolAsked
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import FILLS
from tui_exchange.views import FillView

FILLS_MAX = 200


class Fills(ListPane[FillView]):
    """Newest first."""

    NAME = "fills"
    TITLE = "Fills"
    LETTER = "f"
    HELP_TEXT = "Your latest fills, newest first. Enter puts the fill's instrument into focus."
    EMPTY = ("no fills yet: press b to buy at market or at a price",)
    COLUMNS = (
        Column("time", left=True, keep=3),
        Column("symbol", left=True, keep=4),
        Column("side", left=True),
        Column("size"),
        Column("price"),
        Column("liquidity", left=True, keep=8),
        Column("fee", keep=5),
        Column("realised", keep=6),
        Column("order", keep=9),
    )

    def topics(self) -> tuple[str, ...]:
        """Fills."""
        return (FILLS,)

    def rows(self) -> Sequence[FillView]:
        """Newest first, no more than a screenful or two."""
        return self.desk.session.fills(FILLS_MAX)

    def order_of(self, row: FillView) -> int:
        """The order that had this share in a trade."""
        return row.order_id

    def identity(self, row: FillView) -> object:
        """A trade may fill two of our orders."""
        return (row.trade_id, row.order_id)

    def cells(self, row: FillView) -> Sequence[Cell]:
        """One fill."""
        scale = self.desk.session.scale(row.symbol)
        role = "bid" if row.side is Side.BUY else "ask"
        return (
            Cell(clock_text(row.ts_ns), "muted"),
            Cell(row.symbol),
            Cell(row.side.name, role),
            Cell(size_text(scale, row.lots), "own"),
            Cell(price_text(scale, row.price_ticks), role),
            Cell(row.liquidity.value, "muted"),
            Cell(money_text(row.fee_quanta), "muted"),
            Cell(signed_money_text(row.realised_quanta), profit_role(row.realised_quanta)),
            Cell(f"#{row.order_id}", "muted"),
        )

    def open_row(self, row: FillView) -> None:
        """Look at its market."""
        self.post_message(SymbolAsked(row.symbol))
