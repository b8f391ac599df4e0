"""The risk pane's pages of ways out, and of Greeks and carry."""

from decimal import Decimal

from engine.monitor import PositionLiquidity, RiskReport
from engine.monitor.greeks import UnderlyingGreeks
from tui_exchange.number_text import UNKNOWN, money_text, signed_money_text
from tui_exchange.panes.positions import profit_role
from tui_exchange.panes.risk_lines import Line, pair, prose, table
from tui_exchange.read_models.greeks import GreeksView
from tui_exchange.renderables.table import Cell, Column
from tui_exchange.risk.standings import days_text, percent_text, units_text

EXIT_COLUMNS = (
    Column("to leave", left=True),
    Column("days"),
    Column("depth", keep=1),
    Column("cost"),
    Column("of equity", keep=2),
)
GREEK_COLUMNS = (
    Column("underlying", left=True),
    Column("delta"),
    Column("in money", keep=1),
    Column("gamma 1%", keep=2, if_any=True),
)


def exit_lines(report: RiskReport, width: int) -> list[Line]:
    """How long each position takes to leave, and what leaving at once costs."""
    if not report.liquidity:
        return prose("nothing is held: there is nothing to leave", width)
    rows = [_exit_cells(way, report) for way in report.liquidity]
    lines = table(EXIT_COLUMNS, rows, width)
    told = (
        "days: at a tenth of the daily volume; depth: in multiples of what the book shows; cost: of"
        " leaving at once"
    )
    lines.extend(prose(told, width, "faint"))
    lines.extend(prose(_unknown(report), width, "warning"))
    return lines


def _exit_cells(way: PositionLiquidity, report: RiskReport) -> list[Cell]:
    days = UNKNOWN if way.days is None else days_text(way.days)
    depth = UNKNOWN if way.depths is None else f"{way.depths:.2f}x"
    known = way.depths is not None or way.impact_quanta is not None
    cost = f"{'≥' if _partly(way) else ''}{money_text(way.cost_quanta)}" if known else UNKNOWN
    share = percent_text(way.cost_quanta, report.equity_quanta) if known else UNKNOWN
    return [
        Cell(way.symbol),
        Cell(days, "faint" if way.days is None else "text"),
        Cell(depth, "faint" if way.depths is None else "text"),
        Cell(cost, "text" if known else "faint"),
        Cell(share, "muted"),
    ]


def _partly(way: PositionLiquidity) -> bool:
    """Something is left behind the visible book, and nothing says what it costs."""
    return way.left_quanta > 0 and way.impact_quanta is None


def _unknown(report: RiskReport) -> str:
    """Why there are dashes."""
    ways = report.liquidity
    volumes = [way.symbol for way in ways if way.days is None]
    books = [way.symbol for way in ways if way.depths is None]
    parts = []
    if volumes:
        parts.append(f"{UNKNOWN} days: no daily volume of {', '.join(volumes)} is known")
    if books:
        parts.append(f"{UNKNOWN} depth: no book of {', '.join(books)}")
    if any(way.depths is not None and _partly(way) for way in ways):
        parts.append("≥: the visible book does not take all, and the rest is not estimated")
    return "; ".join(parts)


def greek_lines(view: GreeksView, equity_quanta: int | None, width: int) -> list[Line]:
    """Delta and gamma by underlying, and what a day of holding costs."""
    if not view.rows:
        return prose("nothing is held whose price moves", width)
    lines = table(GREEK_COLUMNS, [_greek_cells(row) for row in view.rows], width)
    lines.append([])
    lines.extend(_carry_lines(view, equity_quanta, width))
    if any(row.gamma is not None for row in view.rows):
        told = "gamma: how many units more delta is after a rise by 1%; inverse contracts only"
        lines.extend(prose(told, width, "faint"))
    if any(row.value_quanta is None for row in view.rows):
        lines.extend(prose(f"{UNKNOWN} in money: no rate to {view.currency}", width, "warning"))
    return lines


def _greek_cells(row: UnderlyingGreeks) -> list[Cell]:
    curved = row.gamma is not None
    return [
        Cell(row.underlying),
        Cell(units_text(row.delta), _side_role(row.delta)),
        Cell(signed_money_text(row.value_quanta), "muted"),
        Cell(units_text(row.gamma) if curved or row.delta is None else "", "muted"),
    ]


def _carry_lines(view: GreeksView, equity_quanta: int | None, width: int) -> list[Line]:
    """Nothing where nothing is paid; a sum only where there are two parts."""
    parts = [("funding a day", view.funding_quanta), ("borrow fees a day", view.borrow_quanta)]
    known = [(label, quanta) for label, quanta in parts if quanta is not None]
    if len(known) == len(parts):
        known.append(("carry a day", sum(quanta for _, quanta in known)))
    lines = [_carry_line(label, quanta, equity_quanta, width) for label, quanta in known]
    if view.unknown:
        told = f"{UNKNOWN} carry of {', '.join(view.unknown)}: no rate or mark yet"
        lines.extend(prose(told, width, "warning"))
    if known:
        told = f"expected at the rates of now, in {view.currency}; minus is paid"
        lines.extend(prose(told, width, "faint"))
    return lines


def _carry_line(label: str, quanta: int, equity_quanta: int | None, width: int) -> Line:
    share = "" if equity_quanta is None else percent_text(quanta, equity_quanta, signed=True)
    value = [Cell(signed_money_text(quanta), profit_role(quanta)), Cell(f"  {share}", "muted")]
    return pair(label, value, min(width, 60))


def _side_role(delta: Decimal | None) -> str:
    return "text" if not delta else "bid" if delta > 0 else "ask"
