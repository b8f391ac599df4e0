"""Risk of a portfolio: tails, drawdown, covariance, stress scenarios and liquidity."""

from engine.quant.portfolio.covariance import (
    DAILY_DECAY,
    correlations,
    covariance_of,
    ewma_covariance,
    fully_correlated,
    nearest_correlation,
    sample_covariance,
    square_root,
    volatilities,
)
from engine.quant.portfolio.crash_days import CRASH_DAYS, AssetClass, Moves
from engine.quant.portfolio.drawdown import Drawdown, drawdown
from engine.quant.portfolio.historical import historical_tail, past_pnl
from engine.quant.portfolio.inputs import FloatArray, RiskInputError
from engine.quant.portfolio.liquidity import (
    PARTICIPATION,
    BookExit,
    days_to_exit,
    exit_through_book,
    impact_cost,
)
from engine.quant.portfolio.monte_carlo import simulated_pnl
from engine.quant.portfolio.parametric import cornish_fisher_tail, normal_tail
from engine.quant.portfolio.stress import (
    PRICE_SHOCKS,
    SCENARIOS,
    Correlation,
    Scenario,
    parallel,
)
from engine.quant.portfolio.tail import Tail, sample_tail

__all__ = [
    "CRASH_DAYS",
    "DAILY_DECAY",
    "PARTICIPATION",
    "PRICE_SHOCKS",
    "SCENARIOS",
    "AssetClass",
    "BookExit",
    "Correlation",
    "Drawdown",
    "FloatArray",
    "Moves",
    "RiskInputError",
    "Scenario",
    "Tail",
    "cornish_fisher_tail",
    "correlations",
    "covariance_of",
    "days_to_exit",
    "drawdown",
    "ewma_covariance",
    "exit_through_book",
    "fully_correlated",
    "historical_tail",
    "impact_cost",
    "nearest_correlation",
    "normal_tail",
    "parallel",
    "past_pnl",
    "sample_covariance",
    "sample_tail",
    "simulated_pnl",
    "square_root",
    "volatilities",
]
