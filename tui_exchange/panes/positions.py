"""Open positions, with entry, mark and profit."""

from collections.abc import Sequence

from engine.core.commands import Side
from engine.core.perps.foresight import Stake
from engine.core.units import Scale
from tui_exchange.amount_text import precise_text, signed_precise_text
from tui_exchange.margin_text import leverage_text, lights_text, usage_role
from tui_exchange.number_text import (
    UNKNOWN,
    clock_text,
    day_text,
    entry_text,
    plain_size,
    price_text,
    signed_size_text,
    size_text,
)
from tui_exchange.panes.list_pane import ListPane
from tui_exchange.panes.requests import LineAsked, PositionAsked, TicketAsked
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
        "x prepares its close at market in the command line, i shows everything about it. tp and "
        "sl are the exits attached to it, which `protect tp 65000 sl 61000` sets. On margin: x10 C "
        "is leverage 10 in cross, I is isolated; liq is the mark that liquidates it, margin what "
        "stands behind it. The five lights of adl are its place in the queue of deleveraging: when "
        "somebody opposite is liquidated and neither the book nor the insurance fund can take it, "
        "those with the most lights, by profit times leverage, are closed first. worst and best "
        "are the extremes of its unrealised profit since it was opened, funding what it paid."
    )
    EMPTY = ("no open positions: press b to buy, s to sell, : for a command",)
    COLUMNS = (
        Column("symbol", left=True),
        Column("size"),
        Column("mode", left=True, keep=3, if_any=True),
        Column("entry", keep=4),
        Column("mark", keep=5),
        Column("liq", keep=2, if_any=True),
        Column("value", keep=8),
        Column("unrealised"),
        Column("worst", keep=14, if_any=True),
        Column("best", keep=13, if_any=True),
        Column("margin", keep=7, if_any=True),
        Column("adl", keep=11, if_any=True),
        Column("realised", keep=6),
        Column("fees", keep=12),
        Column("funding", keep=15, if_any=True),
        Column("tp", keep=9),
        Column("sl", keep=10),
        Column("largest", keep=16),
        Column("opened UTC", keep=17),
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
        currency = self.desk.session.instrument(row.symbol).settlement
        stake = self.desk.session.stake(row.symbol)
        mode, liquidation, margin, lights = _margin(stake, scale, currency)

        def gain(quanta: int | None) -> Cell:
            text = UNKNOWN if quanta is None else signed_precise_text(quanta, currency)
            return Cell(text, profit_role(quanta))

        def extreme(quanta: int | None) -> Cell:
            return Cell("") if quanta is None else gain(quanta)

        def money(quanta: int | None) -> Cell:
            text = UNKNOWN if quanta is None else precise_text(quanta, currency)
            return Cell(text, "muted")

        return (
            Cell(row.symbol),
            Cell(signed_size_text(scale, row.lots), "bid" if row.lots > 0 else "ask"),
            mode,
            Cell(entry_text(row.entry, scale.price_decimals)),
            Cell(price_text(scale, row.mark_ticks)),
            liquidation,
            money(row.value_quanta),
            gain(row.unrealised_quanta),
            extreme(row.worst_quanta),
            extreme(row.best_quanta),
            margin,
            lights,
            gain(row.realised_quanta),
            money(row.fees_quanta),
            money(row.funding_quanta) if row.funding_quanta else Cell(""),
            Cell(_exit_text(scale, row.take_profit_ticks), "warning"),
            Cell(_exit_text(scale, row.stop_loss_ticks), "warning"),
            Cell(size_text(scale, row.largest_lots), "muted"),
            Cell(_moment(row.opened_ns), "muted"),
        )

    def action_life(self) -> None:
        """See everything about the position at the cursor."""
        row = self.current_row
        if row is not None:
            self.post_message(PositionAsked(row.symbol))

    def open_row(self, row: PositionView) -> None:
        """A ticket of the other side over the whole position."""
        side = Side.SELL if row.lots > 0 else Side.BUY
        size = plain_size(self.desk.session.scale(row.symbol), abs(row.lots))
        self.post_message(TicketAsked(side, row.symbol, size))

    def drop_row(self, row: PositionView) -> None:
        """Prepare a close at market."""
        self.post_message(LineAsked(f"close {row.symbol}"))


def _margin(stake: Stake | None, scale: Scale, currency: str) -> tuple[Cell, Cell, Cell, Cell]:
    """Mode, liquidation price, margin and lights; empty where the whole price was paid."""
    if stake is None:
        return Cell(""), Cell(""), Cell(""), Cell("")
    return (
        Cell(leverage_text(stake.leverage_ppm, stake.mode)),
        Cell(price_text(scale, stake.liquidation_ticks), usage_role(stake.usage_ppm)),
        Cell(precise_text(stake.margin_quanta, currency), "muted"),
        Cell(lights_text(stake.adl_lights), "warning" if stake.adl_lights >= 4 else "muted"),
    )


def _moment(ts_ns: int) -> str:
    """Day, hour and minute; empty when it is not known."""
    return f"{day_text(ts_ns)[5:]} {clock_text(ts_ns)[:5]}" if ts_ns else ""


def _exit_text(scale: Scale, trigger_ticks: int | None) -> str:
    return "" if trigger_ticks is None else price_text(scale, trigger_ticks)


def profit_role(quanta: int | None) -> str:
    """Profit, loss, or neither."""
    if not quanta:
        return "muted"
    return "profit" if quanta > 0 else "loss"
