"""Advice on risk, outside the exchange: reports, stress, and limits that warn or hold back.

What is named here loads at once: limits, checks, and what a report consists of. What computes one
(`report`, `shocks`, `prices`, `book`) needs numerical libraries and is imported where it runs.
"""

from engine.monitor.checks import (
    WATCHED,
    Breach,
    SizeText,
    check,
    lots_text,
    passing_lots,
    present,
    watch,
)
from engine.monitor.facts import Facts, PositionFact, Proposal
from engine.monitor.figures import (
    CorrelatedPair,
    EquityDrawdown,
    Exposure,
    GridKind,
    Method,
    PositionLiquidity,
    RiskReport,
    StressGrid,
    StressResult,
    TailRisk,
)
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

__all__ = [
    "LIMITS",
    "WATCHED",
    "Action",
    "Breach",
    "CorrelatedPair",
    "EquityDrawdown",
    "Exposure",
    "Facts",
    "GridKind",
    "LimitError",
    "LimitName",
    "LimitSetting",
    "LimitSpec",
    "Limits",
    "Method",
    "PositionFact",
    "PositionLiquidity",
    "Proposal",
    "Response",
    "RiskReport",
    "SizeText",
    "StressGrid",
    "StressResult",
    "TailRisk",
    "Unit",
    "check",
    "default_limits",
    "limit_named",
    "lots_text",
    "passing_lots",
    "present",
    "watch",
]
