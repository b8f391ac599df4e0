"""What one scenario would make of a portfolio: a move of all prices, or a day that was."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from engine.monitor import RiskReport, StressResult
from tui_exchange.risk.stress_words import is_day
from tui_exchange.risk.view import RiskView


@dataclass(frozen=True, slots=True)
class Outcome:
    """A portfolio after a scenario; money in quanta of its base currency.

    Attributes:
        maintenance_quanta: The margin needed afterwards; None without positions on margin.
        liquidated: Equity would be at or below it; None without margin.
    """

    name: str
    pnl_quanta: int
    equity_quanta: int
    maintenance_quanta: int | None
    liquidated: bool | None
    ruined: bool


def after_move(view: RiskView, report: RiskReport, share: Decimal) -> Outcome:
    """All prices move by the same share, such as -0.2; as the grid counts it."""
    exposure = report.exposure
    pnl = _rounded(exposure.net_quanta * share)
    equity = report.equity_quanta + pnl
    maintenance = maintenance_now(view)
    if maintenance is not None:
        maintenance = _rounded(maintenance * (1 + share))
    return Outcome(
        name=f"prices {share * 100:+f}".rstrip("0").rstrip(".") + "%",
        pnl_quanta=pnl,
        equity_quanta=equity,
        maintenance_quanta=maintenance,
        liquidated=None if maintenance is None else equity <= maintenance,
        ruined=equity <= 0,
    )


def outcome_of(result: StressResult) -> Outcome:
    """What the monitor found for a scenario."""
    return Outcome(
        name=result.name,
        pnl_quanta=result.pnl_quanta,
        equity_quanta=result.equity_quanta,
        maintenance_quanta=result.maintenance_quanta,
        liquidated=result.liquidated,
        ruined=result.ruined,
    )


def days_of(report: RiskReport) -> Sequence[StressResult]:
    """The days that were, oldest first."""
    return [result for result in report.stress if is_day(result)]


def maintenance_now(view: RiskView) -> int | None:
    """The maintenance margin as things are; None without positions on margin."""
    for grid in view.grids.values():
        for shock, cells in zip(grid.shocks, grid.cells, strict=True):
            if not shock and cells:
                return cells[0].maintenance_quanta
    return None


def _rounded(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_HALF_EVEN))
