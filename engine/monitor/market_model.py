"""How the holdings move together, estimated from their past returns.

A holding counts when its key has at least 30 returns; the others are named and left out of every
tail, since a made-up volatility would look like knowledge. Daily returns are weighted as
RiskMetrics does; returns of minutes, which reach back one day, count alike. Variance grows with
time, so that of a minute times 1,440 is that of a day. Drift is taken as zero throughout.
"""

from dataclasses import dataclass

import numpy as np

from engine.monitor.book import PAIR_ROWS_MIN, Book, Returns
from engine.quant.portfolio import (
    FloatArray,
    correlations,
    covariance_of,
    ewma_covariance,
    past_pnl,
    sample_covariance,
    volatilities,
)

ROWS_MIN = PAIR_ROWS_MIN


@dataclass(frozen=True, slots=True)
class MarketModel:
    """The covered holdings as numbers; arrays are in their order.

    Attributes:
        symbols: Of the covered holdings.
        indexes: Their places among the book's holdings.
        exposures: Signed values in quanta.
        volatility: Of each, per day.
        correlation: A valid matrix.
        past_quanta: What today's exposures would have made in each complete past period, brought to
            the size of a day by root time; oldest first.
        uncovered: Symbols without enough history, in the book's order.
    """

    symbols: tuple[str, ...]
    indexes: tuple[int, ...]
    exposures: FloatArray
    volatility: FloatArray
    correlation: FloatArray
    past_quanta: FloatArray
    uncovered: tuple[str, ...]

    @property
    def covariance(self) -> FloatArray:
        """Of daily returns."""
        return covariance_of(self.volatility, self.correlation)


def market_model(book: Book) -> MarketModel:
    """The model of a book; without any history it covers nothing."""
    long_enough = _long_enough(book.returns)
    indexes = tuple(
        at for at, holding in enumerate(book.holdings) if holding.returns_key in long_enough
    )
    covered = [book.holdings[at] for at in indexes]
    exposures = np.array([float(holding.signed_value_quanta) for holding in covered])
    rows = book.returns.select(holding.returns_key for holding in covered)
    volatility, correlation = _moments(rows, book.returns.rows_per_day)
    per_day = float(np.sqrt(book.returns.rows_per_day))
    return MarketModel(
        symbols=tuple(holding.symbol for holding in covered),
        indexes=indexes,
        exposures=exposures,
        volatility=volatility,
        correlation=correlation,
        past_quanta=past_pnl(exposures, rows) * per_day if covered else np.empty(0),
        uncovered=tuple(
            holding.symbol
            for holding in book.holdings
            if holding.returns_key not in long_enough and holding.signed_value_quanta
        ),
    )


def _long_enough(returns: Returns) -> frozenset[str]:
    counts = (~np.isnan(returns.table)).sum(axis=0)
    return frozenset(
        key for key, count in zip(returns.keys, counts, strict=True) if count >= ROWS_MIN
    )


def _moments(rows: FloatArray, rows_per_day: float) -> tuple[FloatArray, FloatArray]:
    if not rows.shape[1]:
        return np.empty(0), np.empty((0, 0))
    estimate = ewma_covariance if rows_per_day <= 1.0 else sample_covariance
    matrix = estimate(rows) * rows_per_day
    return volatilities(matrix), correlations(matrix)
