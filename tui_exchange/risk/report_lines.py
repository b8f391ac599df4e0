"""Risk as sentences, for the command line and for a program without a screen."""

from decimal import Decimal

from engine.monitor import Method, PositionLiquidity, RiskReport
from tui_exchange.number_text import UNKNOWN, money_text, signed_money_text
from tui_exchange.read_models.greeks import GreeksView
from tui_exchange.risk.outcomes import Outcome, after_move, days_of, outcome_of
from tui_exchange.risk.standings import (
    LimitStanding,
    days_text,
    limit_standings,
    open_count,
    percent_text,
    units_text,
)
from tui_exchange.risk.stress_words import DAY_TITLES
from tui_exchange.risk.view import RiskView

PERCENT = 100
TAILS = ((1, 0.95), (1, 0.99), (10, 0.95), (10, 0.99))


def risk_lines(view: RiskView, report: RiskReport) -> list[str]:
    """One screenful."""
    lines = [
        _exposure(view, report),
        _equity(view, report),
        *_tails(view, report),
        _limits(view),
        *(breach.sentence for breach in view.breaches),
    ]
    if view.halted:
        lines.append("HALTED: nothing that opens is sent until `advise resume`")
    pairs = [f"{p.symbol} and {p.other} move together: {p.correlation:.2f}" for p in view.pairs]
    lines.extend(pairs)
    lines.extend(_way_out(way, view) for way in report.liquidity)
    if view.unvalued:
        told = ", ".join(view.unvalued)
        lines.append(f"not counted, without a price or a rate to {view.currency}: {told}")
    return lines


def summary_line(view: RiskView, report: RiskReport) -> str:
    """All of it in a line: what is held, what a bad day costs, which limits are broken."""
    exposure = report.exposure
    if not exposure.gross_quanta:
        return "nothing is held"
    tail = _bad_day(report)
    lost = UNKNOWN
    if tail is not None:
        share = percent_text(tail, report.equity_quanta)
        lost = f"{money_text(tail, 0)} {view.currency} ({share})"
    broken = [each.name.value for each in limit_standings(view) if each.broken]
    limits = f"over {', '.join(broken)}" if broken else "within every limit"
    leverage = UNKNOWN if exposure.leverage is None else f"{exposure.leverage:.2f}x"
    gross = f"gross {money_text(exposure.gross_quanta)} {view.currency} ({leverage})"
    return f"at risk: {gross}, value at risk 1d 99% {lost}, {limits}"


def _bad_day(report: RiskReport) -> int | None:
    """The largest value at risk of a day at 99% of all methods."""
    found = [t.value_at_risk_quanta for t in report.tails if (t.days, t.level) == (1, 0.99)]
    return max(found, default=None)


def worst_line(view: RiskView, report: RiskReport) -> str:
    """The day or shock of the list that costs most."""
    outcomes = _outcomes(view, report)
    worst = min(outcomes, key=lambda outcome: outcome.pnl_quanta)
    return f"worst of these is {outcome_line(worst, view, report)}"


def _exposure(view: RiskView, report: RiskReport) -> str:
    exposure, count = report.exposure, open_count(view)
    if not count:
        return "nothing is held"
    leverage = UNKNOWN if exposure.leverage is None else f"{exposure.leverage:.2f}x"
    noun = "position" if count == 1 else "positions"
    largest = f"the largest {exposure.largest_symbol} with {exposure.largest_share:.0%} of gross"
    return (
        f"gross {money_text(exposure.gross_quanta)}, net"
        f" {signed_money_text(exposure.net_quanta)} {view.currency}, leverage {leverage};"
        f" {count} {noun}, {largest}"
    )


def _equity(view: RiskView, report: RiskReport) -> str:
    equity, start, fall = report.equity_quanta, view.day_start_quanta, report.drawdown
    parts = [f"equity {money_text(equity)} {view.currency}"]
    if start is not None:
        won = equity - start
        share = percent_text(won, start, signed=True)
        parts.append(f"day {signed_money_text(won)} ({share})")
    if fall is not None:
        parts.append(f"drawdown {fall.current:.2%}, worst {fall.maximum:.2%}")
    return ", ".join(parts)


def _tails(view: RiskView, report: RiskReport) -> list[str]:
    if not report.tails:
        return [f"value at risk: {why_no_tails(view, report)}"]
    lines = [_tail_line(report, method) for method in Method]
    lines[0] += f"; {view.currency}, over {view.history or f'{report.periods} periods'}"
    if report.uncovered:
        lines.append(f"without {', '.join(report.uncovered)}: too little history")
    return lines


def _tail_line(report: RiskReport, method: Method) -> str:
    found = {(t.days, t.level): t for t in report.tails if t.method is method}
    if not found:
        return f"{method.value}: {UNKNOWN} it takes 30 complete periods, so far {report.periods}"
    parts = [
        f"{days}d {level * PERCENT:.0f}% {money_text(found[days, level].value_at_risk_quanta, 0)} /"
        f" {money_text(found[days, level].expected_shortfall_quanta, 0)}"
        for days, level in TAILS
        if (days, level) in found
    ]
    return f"{method.value}, value at risk / shortfall: {', '.join(parts)}"


def why_no_tails(view: RiskView, report: RiskReport) -> str:
    """Why value at risk is not known."""
    if not report.exposure.gross_quanta:
        return "nothing is held that could lose"
    seen = view.history or "no prices yet"
    return f"{UNKNOWN} not known: it takes 30 past returns of a position; so far {seen}"


def _limits(view: RiskView) -> str:
    return f"limits: {', '.join(_limit(each) for each in limit_standings(view))}"


def _limit(standing: LimitStanding) -> str:
    name, word = standing.name.value, standing.word
    if standing.value is None:
        return f"{name} at most {standing.limit_text} {word}"
    return f"{name} {standing.value_text} of {standing.limit_text} {word}"


def _way_out(way: PositionLiquidity, view: RiskView) -> str:
    days = "its daily volume is not known" if way.days is None else f"{days_text(way.days)} days"
    if way.depths is None and way.impact_quanta is None:
        return f"leaving {way.symbol}: {days}; the cost is not known"
    depth = "" if way.depths is None else f", {way.depths:.2f}x the visible depth"
    least = "at least " if way.left_quanta and way.impact_quanta is None else ""
    cost = f"{least}{money_text(way.cost_quanta)} {view.currency}"
    return f"leaving {way.symbol}: {days}{depth}, at once {cost}"


def stress_lines(view: RiskView, report: RiskReport) -> list[str]:
    """Each price shock of the grid, then each day."""
    return [outcome_line(outcome, view, report) for outcome in _outcomes(view, report)]


def _outcomes(view: RiskView, report: RiskReport) -> list[Outcome]:
    grid = next(iter(view.grids.values()), None)
    shocks = [] if grid is None else [shock for shock in grid.shocks if shock]
    moves = [after_move(view, report, Decimal(f"{shock:.4f}")) for shock in shocks]
    return [*moves, *(outcome_of(result) for result in days_of(report))]


def outcome_line(outcome: Outcome, view: RiskView, report: RiskReport) -> str:
    """`prices -20%: -9,624.00 USDT (-9.62%), equity 90,376.00; liquidated`."""
    title = DAY_TITLES.get(outcome.name, "")
    name = f"{outcome.name} ({title})" if title else outcome.name
    share = percent_text(outcome.pnl_quanta, report.equity_quanta, signed=True)
    return (
        f"{name}: {signed_money_text(outcome.pnl_quanta)} {view.currency} ({share}), equity"
        f" {money_text(outcome.equity_quanta)}{_fate(outcome)}"
    )


def _fate(outcome: Outcome) -> str:
    """Nothing where nothing is on margin: then nothing can be liquidated."""
    if outcome.ruined:
        return "; RUINED: equity is gone"
    if outcome.maintenance_quanta is None:
        return ""
    needs = f"maintenance {money_text(outcome.maintenance_quanta)}"
    return f"; LIQUIDATED: {needs}" if outcome.liquidated else f"; not liquidated, {needs}"


def greek_lines(view: GreeksView) -> list[str]:
    """Delta and gamma by underlying, and what a day of holding costs."""
    lines = []
    for row in view.rows:
        value = signed_money_text(row.value_quanta)
        gamma = "" if row.gamma is None else f", gamma {units_text(row.gamma)} for a rise by 1%"
        lines.append(
            f"delta {units_text(row.delta)} {row.underlying}, {value} {view.currency}{gamma}"
        )
    for label, quanta in (("funding", view.funding_quanta), ("borrow fees", view.borrow_quanta)):
        if quanta is not None:
            verb = "cost" if quanta < 0 else "brings in"
            lines.append(f"{label} {verb} {money_text(abs(quanta))} {view.currency} a day")
    if view.unknown:
        lines.append(f"carry of {', '.join(view.unknown)}: not known, no rate or mark yet")
    return lines
