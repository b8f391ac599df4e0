"""Risk as one object: money as exact text in the base currency, shares as numbers, null unknown."""

from typing import Any

from engine.core.units import decimal_text, quanta_decimal
from engine.monitor import (
    Breach,
    PositionLiquidity,
    RiskReport,
    StressGrid,
    StressResult,
    TailRisk,
)
from engine.monitor.greeks import UnderlyingGreeks
from tui_exchange.read_models.greeks import GreeksView
from tui_exchange.review.figures import iso_text
from tui_exchange.risk.standings import LimitStanding, limit_standings, open_count
from tui_exchange.risk.view import RiskView

DIGITS = 6
"""Decimal places of a share."""


def risk_document(view: RiskView, greeks: GreeksView) -> dict[str, Any]:
    """Everything that the risk pane shows."""
    report = view.report
    document: dict[str, Any] = {
        "account": view.account,
        "currency": view.currency,
        "made": None if view.made_ns is None else iso_text(view.made_ns),
        "problem": view.problem or None,
        "halted": view.halted,
        "history": view.history or None,
        "unvalued": list(view.unvalued),
        "limits": [_limit(standing) for standing in limit_standings(view)],
        "breaches": [_breach(breach) for breach in view.breaches],
        "greeks": _greeks(greeks),
        "report": None,
    }
    if report is not None:
        document["report"] = _report(view, report)
    return document


def _report(view: RiskView, report: RiskReport) -> dict[str, Any]:
    exposure, fall = report.exposure, report.drawdown
    return {
        "equity": _money(report.equity_quanta),
        "day_start": _money(view.day_start_quanta),
        "peak": _money(view.peak_quanta),
        "gross": _money(exposure.gross_quanta),
        "net": _money(exposure.net_quanta),
        "leverage": _share(exposure.leverage),
        "positions": open_count(view),
        "largest": exposure.largest_symbol,
        "largest_share": _share(exposure.largest_share) if exposure.largest_symbol else None,
        "herfindahl": _share(exposure.herfindahl) if exposure.largest_symbol else None,
        "drawdown": None if fall is None else _share(fall.current),
        "drawdown_worst": None if fall is None else _share(fall.maximum),
        "tails": [_tail(tail) for tail in report.tails],
        "periods": report.periods,
        "uncovered": list(report.uncovered),
        "liquidity": [_way_out(way) for way in report.liquidity],
        "correlated": [
            {"symbols": [pair.symbol, pair.other], "correlation": _share(pair.correlation)}
            for pair in view.pairs
        ],
        "stress": [_result(result, report) for result in report.stress],
        "grids": [_grid(grid, report) for grid in view.grids.values()],
    }


def _limit(standing: LimitStanding) -> dict[str, Any]:
    return {
        "name": standing.name.value,
        "value": None if standing.value is None else decimal_text(standing.value),
        "limit": decimal_text(standing.limit),
        "response": standing.response.value,
        "broken": standing.broken,
        "about": standing.about or None,
    }


def _breach(breach: Breach) -> dict[str, Any]:
    return {
        "name": breach.name.value,
        "symbol": breach.symbol,
        "action": breach.action.value,
        "sentence": breach.sentence,
    }


def _tail(tail: TailRisk) -> dict[str, Any]:
    return {
        "method": tail.method.value,
        "level": tail.level,
        "days": tail.days,
        "value_at_risk": _money(tail.value_at_risk_quanta),
        "expected_shortfall": _money(tail.expected_shortfall_quanta),
    }


def _way_out(way: PositionLiquidity) -> dict[str, Any]:
    known = way.depths is not None or way.impact_quanta is not None
    return {
        "symbol": way.symbol,
        "days": _share(way.days),
        "depths": _share(way.depths),
        "cost": _money(way.cost_quanta) if known else None,
        "cost_is_whole": known and not (way.left_quanta and way.impact_quanta is None),
    }


def _grid(grid: StressGrid, report: RiskReport) -> dict[str, Any]:
    return {
        "kind": grid.kind.value,
        "columns": list(grid.columns),
        "rows": [
            {"shock": shock, "cells": [_result(cell, report) for cell in cells]}
            for shock, cells in zip(grid.shocks, grid.cells, strict=True)
        ],
    }


def _result(result: StressResult, report: RiskReport) -> dict[str, Any]:
    ways = report.liquidity
    estimated = any(way.depths is not None or way.impact_quanta is not None for way in ways)
    return {
        "name": result.name,
        "pnl": _money(result.pnl_quanta),
        "equity": _money(result.equity_quanta),
        "maintenance": _money(result.maintenance_quanta),
        "value_at_risk": _money(result.value_at_risk_quanta) if report.tails else None,
        "exit_cost": _money(result.exit_cost_quanta) if estimated else None,
        "liquidated": result.liquidated,
        "ruined": result.ruined,
    }


def _greeks(greeks: GreeksView) -> dict[str, Any]:
    return {
        "underlyings": [_underlying(row) for row in greeks.rows],
        "funding_a_day": _money(greeks.funding_quanta),
        "borrow_fees_a_day": _money(greeks.borrow_quanta),
        "carry_unknown": list(greeks.unknown),
    }


def _underlying(row: UnderlyingGreeks) -> dict[str, Any]:
    return {
        "underlying": row.underlying,
        "delta": None if row.delta is None else decimal_text(row.delta),
        "delta_value": _money(row.value_quanta),
        "gamma_1_percent": None if row.gamma is None else decimal_text(row.gamma),
    }


def _money(quanta: int | None) -> str | None:
    return None if quanta is None else decimal_text(quanta_decimal(quanta))


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
