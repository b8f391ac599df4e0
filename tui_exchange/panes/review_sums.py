"""The numbers that sum up the trades shown: two lines where space is short, else with formulas."""

from collections.abc import Iterator, Sequence

from textual.strip import Strip

from tui_exchange.panes.pane import wrapped
from tui_exchange.renderables.palette import Palette
from tui_exchange.renderables.table import Cell, text_line
from tui_exchange.renderables.title import Title, title_line
from tui_exchange.review.figures import (
    fixed_text,
    money_text,
    percent_text,
    sign_role,
    signed_money_text,
)
from tui_exchange.review.model import History, Trade
from tui_exchange.review.summary import FORMULAS, Drawdown, Summary, summaries, worst_drawdown

Figure = tuple[str, str, Cell]
"""(key of its formula, its name, its value)."""
NAME_WIDTH = 15
SHORT = (
    "net",
    "fees",
    "closed",
    "win_rate",
    "average_win",
    "average_loss",
    "profit_factor",
    "expectancy",
)


def sums_short(
    history: History, shown: Sequence[Trade], width: int, height: int, palette: Palette
) -> list[Strip]:
    """The most important numbers in as many lines as asked for."""
    lines: list[list[Cell]] = [[]]
    used = 0
    for _, name, value in _figures(history, shown, SHORT):
        length = len(name) + len(value.text) + 4
        if used and used + length > width:
            lines.append([])
            used = 0
        lines[-1] += [Cell(f" {name} ", "muted"), value, Cell("  ")]
        used += length
    lines.extend([] for _ in range(height - len(lines)))
    return [text_line(line, width, palette) for line in lines[:height]]


def sums_block(
    history: History, shown: Sequence[Trade], width: int, height: int, palette: Palette
) -> list[Strip]:
    """Every number on a line with its formula, as far as the formula fits."""
    note = "of the trades shown" if len(shown) != len(history.trades) else ""
    lines = [title_line((Title("sums", "Summary", "s"),), "sums", False, note, width, palette)]
    figures = list(_figures(history, shown, tuple(FORMULAS)))
    wide = max((len(value.text) for _, _, value in figures), default=0)
    room = width - NAME_WIDTH - wide - 4
    for key, name, value in figures:
        formula = FORMULAS[key] if len(FORMULAS[key]) <= room else ""
        cells = [
            Cell(f" {name.ljust(NAME_WIDTH)} ", "muted"),
            value._replace(text=value.text.rjust(wide)),
            Cell(f"  {formula}", "faint"),
        ]
        lines.append(text_line(cells, width, palette))
    lines.extend(text_line([], width, palette) for _ in range(height - len(lines)))
    return lines[:height]


def formula_lines(width: int) -> Iterator[str]:
    """Every formula, for the help page."""
    for key, formula in FORMULAS.items():
        yield from wrapped(f"{NAMES[key]}: {formula}", width)


NAMES = {
    "net": "net",
    "gross": "gross",
    "fees": "fees",
    "funding": "funding",
    "closed": "closed",
    "open": "open",
    "wins": "wins",
    "losses": "losses",
    "win_rate": "win rate",
    "average_win": "average win",
    "average_loss": "average loss",
    "expectancy": "expectancy",
    "profit_factor": "profit factor",
    "max_drawdown": "max drawdown",
    "max_drawdown_percent": "drawdown %",
}


def _figures(history: History, shown: Sequence[Trade], keys: tuple[str, ...]) -> Iterator[Figure]:
    """The main currency's numbers, then what the others earned, then the drawdown."""
    sums = summaries(shown)
    for summary in sums[:1]:
        values = _values(summary)
        yield from ((key, NAMES[key], values[key]) for key in keys if key in values)
    for summary in sums[1:]:
        text = f"{signed_money_text(summary.net, summary.currency)} {summary.currency}"
        yield ("net", "net", Cell(text, sign_role(summary.net)))
    yield from _worst(worst_drawdown(history.equity), history.currency)


def _values(summary: Summary) -> dict[str, Cell]:
    currency = summary.currency

    def gain(key: str, unit: str = "") -> Cell:
        value = getattr(summary, key)
        return Cell(signed_money_text(value, currency) + unit, sign_role(value))

    counts = ("closed", "open", "wins", "losses")
    gains = ("gross", "average_win", "average_loss", "expectancy")
    factor = summary.profit_factor
    return {
        "net": gain("net", f" {currency}"),
        "fees": Cell(money_text(summary.fees, currency)),
        "funding": Cell(signed_money_text(summary.funding, currency)),
        "win_rate": Cell(percent_text(summary.win_rate)),
        "profit_factor": Cell(fixed_text(factor, 2)),
        **{key: Cell(str(getattr(summary, key))) for key in counts},
        **{key: gain(key) for key in gains},
    }


def _worst(worst: Drawdown, currency: str) -> Iterator[Figure]:
    if worst.amount is not None:
        text = f"{money_text(worst.amount, currency)} ({percent_text(worst.percent)})"
        yield (
            "max_drawdown",
            NAMES["max_drawdown"],
            Cell(text, "loss" if worst.amount else "muted"),
        )
