"""The stress pages of the risk pane: price shocks as a grid, and days that markets remember.

A price shock makes the same profit or loss whatever the columns of a grid change: those change what
may be lost next, and what leaving costs. So profit and loss stand once, and beside them the figure
that the columns are about.
"""

from collections.abc import Sequence
from itertools import accumulate

from engine.monitor import GridKind, RiskReport, StressGrid, StressResult
from tui_exchange.number_text import UNKNOWN, money_text, signed_money_text
from tui_exchange.panes.positions import profit_role
from tui_exchange.panes.risk_lines import Line, beside, cells_of, prose, table
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.risk.standings import percent_text
from tui_exchange.risk.stress_words import DAY_TITLES, fate, is_day, is_move
from tui_exchange.risk.view import RiskView

HEAT = 10
"""Per cent of equity from which a cell gets a background."""
LABEL_WIDTH = 18
ACROSS_WIDTH_MIN = 100
ACROSS_HEIGHT_MAX = 11
"""In less height, and so much width, the shocks stand side by side."""

NARROW_MAX = 60
_NARROW = {"as now": "now", "hedges fail": "no hedge", "vol x2 corr 1": "both"}
_WHAT = {
    GridKind.RISK: "columns: VaR of one more day at 99%, % of equity",
    GridKind.LIQUIDITY: "columns: cost of leaving at once; / 5: a fifth of depth and volume",
}
_UNKNOWN_WHAT = {
    GridKind.RISK: "value at risk afterwards",
    GridKind.LIQUIDITY: "cost of leaving",
}


def grid_lines(view: RiskView, kind: GridKind, width: int, height: int) -> list[Line]:
    """A grid of one kind, its shocks downwards, or side by side where height is short."""
    grid, report = view.grids.get(kind), view.report
    if grid is None or report is None:
        return prose("no stress grid yet: it comes with the first figures", width)
    if width >= ACROSS_WIDTH_MIN and height < ACROSS_HEIGHT_MAX:
        lines = _across(grid, report, width)
        if max(map(cells_of, lines)) <= width:
            return lines
    return [*_down(grid, report, width), *prose(_legend(grid, report), width, "faint")]


def day_lines(view: RiskView, width: int) -> list[Line]:
    """Named days, then what else may happen that is no price shock."""
    report = view.report
    if report is None:
        return []
    others = [result for result in report.stress if not is_move(result) and not is_day(result)]
    days = [result for result in report.stress if is_day(result)]
    wide = DAYS_WIDTH if width >= DAYS_WIDTH + OTHERS_WIDTH else width
    named = table(DAY_COLUMNS, [_day_cells(result, report) for result in days], wide)
    named.extend(prose(_LOWS, wide, "faint"))
    rest = table(OTHER_COLUMNS, [_other_cells(result, report) for result in others], wide)
    return [*named, [], *rest] if wide == width else beside([named, rest], wide)


DAYS_WIDTH, OTHERS_WIDTH = 72, 48
"""Cells of the list of days, and of the other where they stand side by side."""
_LOWS = "the lows of each asset class, as they were; before 2020 crypto moves as on 2020-03-12"
DAY_COLUMNS = (
    Column("day", left=True),
    Column("", left=True, keep=4),
    Column("P/L", keep=2),
    Column("P/L %"),
    Column("equity after", keep=3),
    Column("", left=True, if_any=True),
)
OTHER_COLUMNS = (
    Column("otherwise", left=True),
    Column("VaR 1d 99%"),
    Column("cost to leave", keep=1),
)


def _day_cells(result: StressResult, report: RiskReport) -> list[Cell]:
    return [
        Cell(result.name, "muted"),
        Cell(DAY_TITLES.get(result.name, ""), "faint"),
        Cell(signed_money_text(result.pnl_quanta, 0), profit_role(result.pnl_quanta)),
        _share_cell(result, report),
        Cell(money_text(result.equity_quanta, 0)),
        _fate_cell(result),
    ]


def _other_cells(result: StressResult, report: RiskReport) -> list[Cell]:
    return [
        Cell(result.name, "muted"),
        *_figure_cells(GridKind.RISK, [result], report),
        *_figure_cells(GridKind.LIQUIDITY, [result], report),
    ]


def _down(grid: StressGrid, report: RiskReport, width: int) -> list[Line]:
    names = _names(grid, width) if _known(grid.kind, report) else ()
    columns = (
        Column("price", left=True),
        Column("P/L", keep=9),
        Column("P/L %"),
        Column("", left=True, if_any=True),
        Column("equity after", keep=8),
        *(Column(name, keep=_keep(grid, at)) for at, name in enumerate(names)),
    )
    rows = [
        [
            Cell(_shock_text(shock), "muted"),
            Cell(signed_money_text(cells[0].pnl_quanta, 0), profit_role(cells[0].pnl_quanta)),
            _share_cell(cells[0], report),
            _fate_cell(cells[0]),
            Cell(money_text(cells[0].equity_quanta, 0), "muted"),
            *_figure_cells(grid.kind, cells, report)[: len(names)],
        ]
        for shock, cells in zip(grid.shocks, grid.cells, strict=True)
    ]
    return table(columns, rows, width)


def _shock_text(shock: float) -> str:
    return f"{shock:+.0%}" if shock else "0%"


def _names(grid: StressGrid, width: int) -> tuple[str, ...]:
    if width > NARROW_MAX:
        return grid.columns
    return tuple(_NARROW.get(name, name) for name in grid.columns)


def _keep(grid: StressGrid, at: int) -> int:
    """What is as now stays longest, then what is worst."""
    return 1 if grid.columns[at] == "as now" else 2 + len(grid.columns) - at


def _across(grid: StressGrid, report: RiskReport, width: int) -> list[Line]:
    """One shock a column."""
    first = [cells[0] for cells in grid.cells]
    wide = min(14, (width - LABEL_WIDTH) // max(1, len(first)))
    heads = [Cell(_shock_text(shock), "muted") for shock in grid.shocks]
    money = [Cell(signed_money_text(r.pnl_quanta, 0), profit_role(r.pnl_quanta)) for r in first]
    shares = [_with_fate(result, report) for result in first]
    rows = [("price", heads), ("P/L", money), ("P/L %", shares)]
    lines: list[Line] = []
    if _known(grid.kind, report):
        figures = [_figure_cells(grid.kind, cells, report) for cells in grid.cells]
        for at, name in enumerate(grid.columns):
            rows.append((_short_name(grid.kind, name), [row[at] for row in figures]))
    if not _known(grid.kind, report) or grid.kind is GridKind.LIQUIDITY:
        after = [Cell(money_text(result.equity_quanta, 0), "muted") for result in first]
        rows.insert(3, ("equity after", after))
        lines = prose(_legend(grid, report), width, "faint")
    return [*(_across_line(label, cells, wide) for label, cells in rows), *lines]


def _short_name(kind: GridKind, name: str) -> str:
    return f"{'VaR' if kind is GridKind.RISK else 'leave'} {name}".replace(" corr 1", " corr1")


def _across_line(label: str, cells: Sequence[Cell], wide: int) -> Line:
    line = [Cell(f" {label}"[:LABEL_WIDTH].ljust(LABEL_WIDTH), "muted")]
    for cell in cells:
        line.append(Cell(" " * max(1, wide - len(cell.text))))
        line.append(cell)
    return line


def _with_fate(result: StressResult, report: RiskReport) -> Cell:
    cell, word = _share_cell(result, report), fate(result)
    return cell._replace(text=f"{word} {cell.text}", role="error") if word else cell


def _share_cell(result: StressResult, report: RiskReport) -> Cell:
    text = percent_text(result.pnl_quanta, report.equity_quanta, signed=True)
    return Cell(text, profit_role(result.pnl_quanta), _heat(result.pnl_quanta, report))


def _heat(quanta: int, report: RiskReport) -> str:
    if abs(quanta) * 100 < HEAT * max(0, report.equity_quanta) or not quanta:
        return ""
    return "bid-bar" if quanta > 0 else "ask-bar"


def _fate_cell(result: StressResult) -> Cell:
    return Cell(fate(result), "error")


def _known(kind: GridKind, report: RiskReport) -> bool:
    """Whether anything is known of what a grid's columns are about."""
    if kind is GridKind.RISK:
        return bool(report.tails)
    ways = report.liquidity
    return any(way.depths is not None or way.impact_quanta is not None for way in ways)


def _figure_cells(
    kind: GridKind, results: Sequence[StressResult], report: RiskReport
) -> list[Cell]:
    """One row of a grid: value at risk, or what leaving costs.

    Where the cost of a part is not known, the sum is the least that it costs; with less depth it
    costs no less than with more.
    """
    if not _known(kind, report):
        return [Cell(UNKNOWN, "faint") for _ in results]
    equity = report.equity_quanta
    if kind is GridKind.RISK:
        amounts = [result.value_at_risk_quanta for result in results]
        texts = [percent_text(quanta, equity) for quanta in amounts]
    else:
        amounts = [result.exit_cost_quanta for result in results]
        whole = all(way.impact_quanta is not None for way in report.liquidity)
        amounts = amounts if whole else list(accumulate(amounts, max))
        texts = [f"{'' if whole else '≥'}{money_text(quanta, 0)}" for quanta in amounts]
    return [
        Cell(text, on=_heat(-quanta, report)) for text, quanta in zip(texts, amounts, strict=True)
    ]


def _legend(grid: StressGrid, report: RiskReport) -> str:
    told = _WHAT[grid.kind]
    if not _known(grid.kind, report):
        why = "past returns" if grid.kind is GridKind.RISK else "books or volumes"
        return f"{_UNKNOWN_WHAT[grid.kind]} {UNKNOWN}: it takes {why}, and there are none yet"
    missing = [way.symbol for way in report.liquidity if way.impact_quanta is None]
    if grid.kind is GridKind.RISK or not missing:
        return told
    return f"{told}; ≥: no daily volume or past returns of {', '.join(missing)}"
