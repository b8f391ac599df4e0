"""Advice on risk, outside the exchange: reports, stress, and limits that warn or hold back."""

from engine.monitor.book import (
    Book,
    Depth,
    EquityCurve,
    Holding,
    Returns,
    pair_correlations,
)
from engine.monitor.checks import Breach, check, passing_lots, watch
from engine.monitor.exits import PositionLiquidity
from engine.monitor.exposure import Exposure
from engine.monitor.facts import Facts, PositionFact, Proposal
from engine.monitor.limits import (
    LIMITS,
    Action,
    LimitError,
    LimitName,
    Limits,
    LimitSetting,
    LimitSpec,
    Response,
    Unit,
    default_limits,
    limit_named,
)
from engine.monitor.prices import Grid, PriceSamples
from engine.monitor.report import CorrelatedPair, EquityDrawdown, RiskReport, assess
from engine.monitor.shocks import GridKind, StressGrid, StressResult, stress_grid
from engine.monitor.tails import Method, TailRisk

__all__ = [
    "LIMITS",
    "Action",
    "Book",
    "Breach",
    "CorrelatedPair",
    "Depth",
    "EquityCurve",
    "EquityDrawdown",
    "Exposure",
    "Facts",
    "Grid",
    "GridKind",
    "Holding",
    "LimitError",
    "LimitName",
    "LimitSetting",
    "LimitSpec",
    "Limits",
    "Method",
    "PositionFact",
    "PositionLiquidity",
    "PriceSamples",
    "Proposal",
    "Response",
    "Returns",
    "RiskReport",
    "StressGrid",
    "StressResult",
    "TailRisk",
    "Unit",
    "assess",
    "check",
    "default_limits",
    "limit_named",
    "pair_correlations",
    "passing_lots",
    "stress_grid",
    "watch",
]
