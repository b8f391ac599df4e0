"""Value at risk and expected shortfall of a book: three methods, two levels, two horizons.

historical     today's exposures on the past periods; ten days by root time
parametric     normal, from the covariance; ten days by root time
Monte Carlo    Student t with 4 degrees of freedom on the same covariance, ten days simulated

The random numbers start from the same seed at every call, so a figure on the screen changes because
the book or the market did and never because other numbers were drawn.
"""

import numpy as np

from engine.monitor.figures import Method, TailRisk
from engine.monitor.market_model import ROWS_MIN, MarketModel
from engine.quant.portfolio import (
    FloatArray,
    Tail,
    historical_tail,
    normal_tail,
    sample_tail,
    simulated_pnl,
)

LEVELS = (0.95, 0.99)
HORIZONS_DAYS = (1, 10)
PATHS = 10_000
DEGREES = 4.0
SEED = 20_260_101


def sigma_of(model: MarketModel) -> float:
    """The standard deviation of a day's profit or loss, in quanta."""
    variance = float(model.exposures @ model.covariance @ model.exposures)
    return float(np.sqrt(max(variance, 0.0)))


def tail_risks(model: MarketModel, paths: int = PATHS, seed: int = SEED) -> tuple[TailRisk, ...]:
    """The table, method by method; empty when no holding has a history.

    The historical method is missing when fewer than 30 periods are complete.
    """
    if not model.symbols:
        return ()
    random = np.random.default_rng(seed)
    sigma = sigma_of(model)
    found = []
    for days in HORIZONS_DAYS:
        drawn = simulated_pnl(model.exposures, model.covariance, days, paths, random, DEGREES)
        for level in LEVELS:
            found += _tails(model.past_quanta, sigma, drawn, level, days)
    return tuple(sorted(found, key=lambda risk: _ORDER[risk.method]))


_ORDER = {method: at for at, method in enumerate(Method)}


def _tails(
    past: FloatArray, sigma: float, drawn: FloatArray, level: float, days: int
) -> list[TailRisk]:
    tails = {
        Method.PARAMETRIC: normal_tail(sigma, level, days),
        Method.MONTE_CARLO: sample_tail(drawn, level),
    }
    if past.size >= ROWS_MIN:
        tails[Method.HISTORICAL] = historical_tail(past, level, days)
    return [_risk(method, level, days, tail) for method, tail in tails.items()]


def _risk(method: Method, level: float, days: int, tail: Tail) -> TailRisk:
    return TailRisk(
        method=method,
        level=level,
        days=days,
        value_at_risk_quanta=max(0, round(tail.value_at_risk)),
        expected_shortfall_quanta=max(0, round(tail.expected_shortfall)),
    )
