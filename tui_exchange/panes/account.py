"""The portfolio's money: equity, profit, what is held and what is free."""

from collections.abc import Iterator, Sequence

from textual.strip import Strip

from engine.core.fees import FeeStanding
from engine.core.margin_terms import ISOLATED
from engine.core.perps.foresight import Stake
from tui_exchange.margin_text import level_text, usage_bar, usage_role, usage_text, usage_word
from tui_exchange.number_text import money_text, share_text, signed_money_text
from tui_exchange.panes.pane import Pane
from tui_exchange.panes.positions import profit_role
from tui_exchange.read_models.margin import PoolView
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import (
    Cell,
    Column,
    fit_columns,
    header_line,
    table_line,
    text_line,
)
from tui_exchange.revisions import ACCOUNT, ORDERS
from tui_exchange.views import AccountView

BALANCE_COLUMNS = (
    Column("", left=True),
    Column("balance"),
    Column("held", keep=2),
    Column("free", keep=1),
)
BAR_WIDTH_MAX = 40


class Account(Pane):
    """One portfolio in its base currency, and its balances in their own."""

    NAME = "account"
    TITLE = "Account"
    LETTER = "m"
    HELP_TEXT = (
        "The portfolio in its base currency. Held is reserved for orders and cross positions; free "
        "pays for assets, isolated margin and withdrawals: it is what nothing holds, less what "
        "cross positions lose now. Profit is equity less what was deposited. What a portfolio is "
        "lent to trade with in other currencies is among the balances, and neither equity nor "
        "free. Maker and taker are what fills in the focused market cost, by what was traded in 30 "
        "days. A margin bar is maintenance as a share of what answers for it, of the cross "
        "positions in a currency or of one isolated position (I), marked at 80, 90 and 95%; at "
        "100% they are liquidated. Available is what new orders on cross margin may hold: free, "
        "and what cross positions win now. Margin level is equity as a share of used margin."
    )

    def topics(self) -> tuple[str, ...]:
        """The portfolio's money."""
        return (ACCOUNT, ORDERS)

    def note(self) -> str:
        """The portfolio's name."""
        return self.desk.session.portfolio_title

    def draw(self, width: int, height: int, palette: Palette) -> Sequence[Strip]:
        """Sums first, then the balances."""
        view = self.desk.session.account_view()
        top, below = _sums(view)
        pools = self.desk.session.pools()
        margin = [line for pool in pools for line in _margin(pool, width)]
        margin += [_isolated(symbol, stake, width) for symbol, stake in self._isolated_stakes()]
        fees = _fees(self.desk.session.fees(self.desk.symbol))
        sums = [*top, *margin, *below[:2], *fees, *below[2:], *map(_level, pools)]
        lines = [_sum_line(*line, width, palette) for line in sums]
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

    def _isolated_stakes(self) -> Iterator[tuple[str, Stake]]:
        """Every position that only its own margin answers for."""
        session = self.desk.session
        for held in session.positions():
            stake = session.stake(held.symbol)
            if stake is not None and stake.mode is ISOLATED:
                yield held.symbol, stake


Sum = tuple[str, str, str]
"""Label, value, role of the value."""


def _sums(view: AccountView) -> tuple[list[Sum], list[Sum]]:
    """What matters most first, as a small pane shows only that: before and after the margin."""
    equity = view.equity_quanta
    profit = None if equity is None else equity - view.started_quanta
    unrealised, realised = view.unrealised_quanta, view.realised_quanta
    killed = [("kill switch", "ENGAGED", "error")] if view.killed else []
    top = [
        *killed,
        (f"equity {view.base_currency}", money_text(equity), "text"),
        ("profit", signed_money_text(profit), profit_role(profit)),
        ("unrealised", signed_money_text(unrealised), profit_role(unrealised)),
    ]
    below = [
        ("free", money_text(view.free_quanta), "text"),
        ("held", money_text(view.held_quanta), "muted"),
        ("realised", signed_money_text(realised), profit_role(realised)),
        ("fees paid", money_text(view.fees_quanta), "muted"),
    ]
    if view.lent_quanta:
        below.append(("lent, to trade with", money_text(view.lent_quanta), "muted"))
    return top, below


def _margin(pool: PoolView, width: int) -> list[Sum]:
    """How much of a pool's equity its maintenance takes, and what is left for more."""
    standing = pool.standing
    return [
        _bar(f"margin {pool.currency}", standing.usage_ppm, width),
        ("available", money_text(standing.available_quanta), "text"),
        ("used", money_text(standing.used_quanta), "muted"),
    ]


def _isolated(symbol: str, stake: Stake, width: int) -> Sum:
    """How much of what stands behind an isolated position its maintenance takes."""
    return _bar(f"{symbol} I", stake.usage_ppm, width)


def _bar(label: str, usage_ppm: int | None, width: int) -> Sum:
    told = f" {usage_text(usage_ppm)}{usage_word(usage_ppm)}"
    bar = usage_bar(usage_ppm, min(BAR_WIDTH_MAX, max(0, width - len(label) - len(told) - 4)))
    return label, bar + told, usage_role(usage_ppm)


def _level(pool: PoolView) -> Sum:
    """How many times over the used margin is there."""
    level = level_text(pool.standing.equity_quanta, pool.standing.used_quanta)
    return f"margin level {pool.currency}", level, "muted"


def _fees(standing: FeeStanding) -> list[Sum]:
    """What fills cost, and how far the next tier is."""
    rates = f"{share_text(standing.maker_ppm)} / {share_text(standing.taker_ppm)}"
    tier = f"tier {standing.tier + 1} of {standing.tiers}"
    lines = [("maker / taker", rates, "text")]
    if standing.tiers == 1:
        lines.append(("fees", "the same at any volume", "muted"))
    elif standing.to_next_quanta is None:
        lines.append((tier, "the last", "muted"))
    else:
        lines.append((f"{tier}, next in", money_text(standing.to_next_quanta, 0), "muted"))
    lines.append(("30 days' volume", money_text(standing.volume_quanta, 0), "muted"))
    needed = standing.uptime_needed_ppm
    if needed:
        uptime = standing.uptime_ppm or 0
        told = f"{_percent(uptime)} of {_percent(needed)}"
        lines.append(("quoting uptime", told, "warning" if uptime < needed else "muted"))
    return lines


def _percent(ppm: int) -> str:
    """A share for the eye, rounded down."""
    return f"{ppm // 10_000}%"


def _sum_line(label: str, value: str, role: str, width: int, palette: Palette) -> Strip:
    gap = max(1, width - len(label) - len(value) - 2)
    cells = [Cell(f" {label}", "muted"), Cell(" " * gap), Cell(value, role)]
    return text_line(cells, width, palette)
