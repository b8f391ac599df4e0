"""Open positions, with entry, mark and profit."""

from collections.abc import Sequence

from engine.core.commands import Side
from engine.core.units import Scale
from tui_exchange.number_text import (
    entry_text,
    money_text,
    plain_size,
    price_text,
    signed_money_text,
    signed_size_text,
)
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.requests import LineAsked, TicketAsked
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.revisions import ORDERS, POSITIONS
from tui_exchange.views import PositionView


class Positions(ListPane[PositionView]):
    """What is held, long or short."""

    NAME = "positions"
    TITLE = "Positions"
    LETTER = "p"
    HELP_TEXT = (
        "Open positions of the portfolio. Enter opens a ticket that would close the position, "
        "x prepares its close at market in the command line. tp and sl are the exits attached to "
        "it, which `protect tp 65000 sl 61000` sets."
    )
    EMPTY = ("no open positions: press b to buy, s to sell, : for a command",)
    COLUMNS = (
        Column("symbol", left=True),
        Column("size"),
        Column("entry", keep=3),
        Column("mark", keep=4),
        Column("value", keep=6),
        Column("unrealised"),
        Column("realised", keep=5),
        Column("fees", keep=9),
        Column("tp", keep=7),
        Column("sl", keep=8),
    )

    def topics(self) -> tuple[str, ...]:
        """Positions, their marks and their exits."""
        return (POSITIONS, ORDERS)

    def note(self) -> str:
        """How many there are."""
        return str(len(self.rows()) or "")

    def rows(self) -> Sequence[PositionView]:
        """In listing order."""
        return self.desk.session.positions()

    def identity(self, row: PositionView) -> object:
        """One position an instrument."""
        return row.symbol

    def cells(self, row: PositionView) -> Sequence[Cell]:
        """One position."""
        scale = self.desk.session.scale(row.symbol)
        return (
            Cell(row.symbol),
            Cell(signed_size_text(scale, row.lots), "bid" if row.lots > 0 else "ask"),
            Cell(entry_text(row.entry, scale.price_decimals)),
            Cell(price_text(scale, row.mark_ticks)),
            Cell(money_text(row.value_quanta), "muted"),
            Cell(signed_money_text(row.unrealised_quanta), profit_role(row.unrealised_quanta)),
            Cell(signed_money_text(row.realised_quanta), profit_role(row.realised_quanta)),
            Cell(money_text(row.fees_quanta), "muted"),
            Cell(_exit_text(scale, row.take_profit_ticks), "warning"),
            Cell(_exit_text(scale, row.stop_loss_ticks), "warning"),
        )

    def open_row(self, row: PositionView) -> None:
        """A ticket of the other side over the whole position."""
        side = Side.SELL if row.lots > 0 else Side.BUY
        size = plain_size(self.desk.session.scale(row.symbol), abs(row.lots))
        self.post_message(TicketAsked(side, row.symbol, size))

    def drop_row(self, row: PositionView) -> None:
        """Prepare a close at market."""
        self.post_message(LineAsked(f"close {row.symbol}"))


def _exit_text(scale: Scale, trigger_ticks: int | None) -> str:
    return "" if trigger_ticks is None else price_text(scale, trigger_ticks)


def profit_role(quanta: int | None) -> str:
    """Profit, loss, or neither."""
    if not quanta:
        return "muted"
    return "profit" if quanta > 0 else "loss"
