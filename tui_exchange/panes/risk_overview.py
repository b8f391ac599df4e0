"""The first page of the risk pane: what is held, what it may lose, and the limits."""

from decimal import Decimal

from engine.monitor import Method, RiskReport, TailRisk
from tui_exchange.number_text import UNKNOWN, money_text, signed_money_text
from tui_exchange.panes.positions import profit_role
from tui_exchange.panes.risk_lines import Block, Line, heading, pair, prose
from tui_exchange.renderables.table import Cell
from tui_exchange.risk.report_lines import why_no_tails
from tui_exchange.risk.standings import LimitStanding, limit_standings, open_count, percent_text
from tui_exchange.risk.view import RiskView

TAIL_COLUMNS = ((1, 0.95), (1, 0.99), (10, 0.95), (10, 0.99))
"""(days, level) of the columns."""
METHOD_WIDTH = 12
BAR_MIN, MIDDLE_MAX = 4, 32
NAME_WIDTH = 16
FIGURES_WIDTH = 10
WORD_WIDTH = 7
HUNDRED = 100


def exposure_block(view: RiskView, report: RiskReport, width: int) -> Block:
    """What is held, in how few things, and what has become of the equity."""
    exposure, equity = report.exposure, report.equity_quanta
    leverage = UNKNOWN if exposure.leverage is None else f"{exposure.leverage:.2f}x"
    way = "long" if exposure.net_quanta > 0 else "short" if exposure.net_quanta < 0 else "flat"
    largest = exposure.largest_symbol
    share = "" if largest is None else f"  {exposure.largest_share:.0%} of gross"
    role = "muted" if equity > 0 else "error"
    lines = [
        pair(f"equity {view.currency}", [Cell(money_text(equity), role)], width),
        _figure("gross", money_text(exposure.gross_quanta), f"  leverage {leverage}", width),
        _figure("net", signed_money_text(exposure.net_quanta), f"  {way}", width),
        _figure("largest", largest or "none", share, width),
        pair("positions", [Cell(str(open_count(view)))], width),
        _day(view, equity, width),
        _drawdown(report, width),
    ]
    if view.unvalued:
        told = (
            f"not counted, without a price or a rate to {view.currency}: {', '.join(view.unvalued)}"
        )
        lines.extend(prose(told, width, "warning"))
    return Block(lines)


def _figure(label: str, value: str, other: str, width: int) -> Line:
    return pair(label, [Cell(value), Cell(other, "muted")], width)


def _day(view: RiskView, equity: int, width: int) -> Line:
    start = view.day_start_quanta
    if start is None:
        return pair("day", [Cell(f"{UNKNOWN} its start is not known", "faint")], width)
    won = equity - start
    text = f"{signed_money_text(won)}  {percent_text(won, start, signed=True)}"
    return pair("day", [Cell(text, profit_role(won))], width)


def _drawdown(report: RiskReport, width: int) -> Line:
    fall = report.drawdown
    if fall is None:
        return pair("drawdown", [Cell(f"{UNKNOWN} no equity curve yet", "faint")], width)
    text = f"now {fall.current:.2%}, worst {fall.maximum:.2%}"
    return pair("drawdown", [Cell(text, "loss" if fall.current > 0 else "text")], width)


def limits_block(view: RiskView, width: int) -> Block:
    """Each advisory limit as a bar, those that are broken marked by a word."""
    lines = [heading("limits", "`advise` sets them")]
    if view.halted:
        lines.extend(prose("HALTED: nothing that opens is sent; `advise resume`", width, "error"))
    lines.extend(_limit(standing, width) for standing in limit_standings(view))
    lines.extend(
        [Cell(f"   {each.symbol} {each.other} {each.correlation:.2f}", "warning")]
        for each in view.pairs[:3]
    )
    return Block(lines)


def _limit(standing: LimitStanding, width: int) -> Line:
    """Name, bar, `12.5%/25%`, word; where there is no value, why in the place of the bar."""
    broken, off = standing.broken, standing.word == "off"
    role = "error" if broken else "faint" if off else "text"
    figures = f" {standing.value_text}/{standing.limit_text}"
    middle = min(MIDDLE_MAX, width - NAME_WIDTH - WORD_WIDTH)
    room = middle - max(FIGURES_WIDTH, len(figures))
    if standing.used is None:
        drawn = standing.why.rjust(middle - len(figures))
    else:
        drawn = bar(standing.used, room).ljust(middle - len(figures)) if room >= BAR_MIN else ""
    return [
        Cell(f" {standing.name.value}".ljust(NAME_WIDTH), role if broken else "muted"),
        Cell(drawn, "error" if broken else "faint" if standing.used is None else "accent"),
        Cell(figures if drawn else figures.rjust(middle), role),
        Cell(f" {standing.word}", role if broken or off else "muted"),
    ]


def bar(used: Decimal | None, width: int) -> str:
    """How much of a limit is used; empty where that is not known."""
    filled = 0 if used is None else min(width, -(-int(used * width * HUNDRED) // HUNDRED))
    return "█" * filled + "░" * (width - filled)


def tails_block(view: RiskView, report: RiskReport, width: int) -> Block:
    """Value at risk and expected shortfall: three methods, two levels, two horizons."""
    if not report.tails:
        return Block([heading("VaR"), *prose(history_text(view, report), width)])
    lines: list[Line] = []
    for title, shortfall in (("VaR", False), ("shortfall", True)):
        lines.append(_tail_header(title, width))
        lines.extend(_tail_cells(report, method, shortfall, width) for method in Method)
    lines.extend(prose(_unit_text(view, report, width), width, "faint"))
    return Block(lines)


COLUMN_WIDE = 46
"""From here on amounts stand in the table where they fit; else shares of equity."""


def _unit_text(view: RiskView, report: RiskReport, width: int) -> str:
    unit = view.currency if _in_money(report, width) else "% of equity"
    return f"{unit}; {history_text(view, report)}"


def _in_money(report: RiskReport, width: int) -> bool:
    """Whether amounts fit into the table."""
    largest = max((tail.expected_shortfall_quanta for tail in report.tails), default=0)
    return width >= COLUMN_WIDE and len(money_text(largest, 0)) < _tail_width(width)


def _tail_header(name: str, width: int) -> Line:
    wide = _tail_width(width)
    gap, sign = (" ", "%") if width >= COLUMN_WIDE else ("", "")
    titles = [
        f"{days}d{gap}{level * HUNDRED:.0f}{sign}".rjust(wide) for days, level in TAIL_COLUMNS
    ]
    return [Cell(f" {name}".ljust(METHOD_WIDTH), "accent"), Cell("".join(titles), "muted")]


def _tail_cells(report: RiskReport, method: Method, shortfall: bool, width: int) -> Line:
    wide = _tail_width(width)
    row: Line = [Cell(f" {method.value}".ljust(METHOD_WIDTH), "muted")]
    found = {(t.days, t.level): t for t in report.tails if t.method is method}
    for key in TAIL_COLUMNS:
        tail = found.get(key)
        text = UNKNOWN if tail is None else _tail_text(tail, shortfall, report, width)
        row.append(Cell(text.rjust(wide), "faint" if tail is None else "text"))
    return row


def _tail_width(width: int) -> int:
    return (width - METHOD_WIDTH - 1) // len(TAIL_COLUMNS)


def _tail_text(tail: TailRisk, shortfall: bool, report: RiskReport, width: int) -> str:
    quanta = tail.expected_shortfall_quanta if shortfall else tail.value_at_risk_quanta
    if _in_money(report, width):
        return money_text(quanta, 0)
    return percent_text(quanta, report.equity_quanta)


def history_text(view: RiskView, report: RiskReport) -> str:
    """What the tails rest on, and why those that are missing are."""
    if not report.tails:
        return why_no_tails(view, report)
    parts = [f"over {view.history or f'{report.periods} periods'}"]
    if all(tail.method is not Method.HISTORICAL for tail in report.tails):
        parts.append(f"historical {UNKNOWN}: {report.periods} of 30 complete periods")
    if report.uncovered:
        parts.append(f"without {', '.join(report.uncovered)}: too little history")
    return "; ".join(parts)
