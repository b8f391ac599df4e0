"""The portfolio's money: equity, profit, what is held and what is free."""

from collections.abc import Sequence

from textual.strip import Strip

from tui_exchange.number_text import money_text, signed_money_text
from tui_exchange.panes.pane import Pane
from tui_exchange.panes.positions import profit_role
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import (
    Cell,
    Column,
    fit_columns,
    header_line,
    table_line,
    text_line,
)
from tui_exchange.revisions import ACCOUNT
from tui_exchange.views import AccountView

BALANCE_COLUMNS = (
    Column("", left=True),
    Column("balance"),
    Column("held", keep=2),
    Column("free", keep=1),
)


class Account(Pane):
    """One portfolio in its base currency, and its balances in their own."""

    NAME = "account"
    TITLE = "Account"
    LETTER = "m"
    HELP_TEXT = (
        "The portfolio in its base currency. Held is reserved for orders and perpetual positions, "
        "free is buying power, profit is equity less what was deposited."
    )

    def topics(self) -> tuple[str, ...]:
        """The portfolio's money."""
        return (ACCOUNT,)

    def note(self) -> str:
        """The portfolio's name."""
        return self.desk.session.account

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """Sums first, then the balances."""
        view = self.desk.session.account_view()
        lines = [_sum_line(*line, width, palette) for line in _sums(view)]
        cells = [
            (
                Cell(balance.currency, "muted"),
                Cell(money_text(balance.balance_quanta)),
                Cell(money_text(balance.held_quanta), "muted"),
                Cell(money_text(balance.free_quanta)),
            )
            for balance in view.balances
        ]
        fitted = fit_columns(BALANCE_COLUMNS, cells, width - 1)
        lines.append(Strip.blank(width, palette.style("text")))
        lines.append(header_line(BALANCE_COLUMNS, fitted, width, palette))
        lines.extend(table_line(BALANCE_COLUMNS, fitted, row, width, palette) for row in cells)
        return lines[:height]


def _sums(view: AccountView) -> tuple[tuple[str, str, str], ...]:
    equity = view.equity_quanta
    profit = None if equity is None else equity - view.started_quanta
    return (
        (f"equity {view.base_currency}", money_text(equity), "text"),
        ("profit", signed_money_text(profit), profit_role(profit)),
        (
            "unrealised",
            signed_money_text(view.unrealised_quanta),
            profit_role(view.unrealised_quanta),
        ),
        ("realised", signed_money_text(view.realised_quanta), profit_role(view.realised_quanta)),
        ("fees", money_text(view.fees_quanta), "muted"),
        ("held", money_text(view.held_quanta), "muted"),
        ("free", money_text(view.free_quanta), "text"),
    )


def _sum_line(label: str, value: str, role: str, width: int, palette: Palette) -> Strip:
    gap = max(1, width - len(label) - len(value) - 2)
    cells = [Cell(f" {label}", "muted"), Cell(" " * gap), Cell(value, role)]
    return text_line(cells, width, palette)
