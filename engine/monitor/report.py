"""The whole risk of a portfolio at one moment: what the risk pane shows.

Pure: the same book gives the same report. It advises and decides nothing; what an order may do is
decided by the core, and what is done about a breach by the session.
"""

from dataclasses import dataclass

import numpy as np

from engine.monitor.book import Book, EquityCurve
from engine.monitor.exits import PositionLiquidity, exits_of
from engine.monitor.exposure import Exposure, exposure_of
from engine.monitor.market_model import MarketModel, market_model
from engine.monitor.shocks import StressResult, stress
from engine.monitor.tails import PATHS, SEED, TailRisk, sigma_of, tail_risks
from engine.quant.portfolio import drawdown

CORRELATION_WARNING = 0.7


@dataclass(frozen=True, slots=True)
class EquityDrawdown:
    """Shares of the peak, positive; 0.25 is a quarter below.

    Attributes:
        since_ns: When equity last stood at the peak that `current` is measured from.
        peak_ns: Where the worst fall began, `trough_ns` where it ended.
    """

    current: float
    since_ns: int
    maximum: float
    peak_ns: int
    trough_ns: int


@dataclass(frozen=True, slots=True)
class CorrelatedPair:
    """Two positions that gain and lose together, so that they are nearly one.

    Attributes:
        correlation: Of the two positions: that of the prices, turned round when one is short.
    """

    symbol: str
    other: str
    correlation: float


@dataclass(frozen=True, slots=True)
class RiskReport:
    """All figures of one moment; money in quanta of the base currency, losses as stated.

    Attributes:
        sigma_quanta: Standard deviation of a day's profit or loss.
        periods: Complete past periods that the historical method could use.
        uncovered: Symbols without enough history: no tail counts them.
        tails: Method by method, then horizon, then level.
        drawdown: None before there is a curve.
        correlated: The strongest first.
    """

    equity_quanta: int
    exposure: Exposure
    liquidity: tuple[PositionLiquidity, ...]
    sigma_quanta: int
    tails: tuple[TailRisk, ...]
    periods: int
    uncovered: tuple[str, ...]
    drawdown: EquityDrawdown | None
    stress: tuple[StressResult, ...]
    correlated: tuple[CorrelatedPair, ...]


def assess(
    book: Book,
    correlation_warning: float = CORRELATION_WARNING,
    paths: int = PATHS,
    seed: int = SEED,
) -> RiskReport:
    """The report of a book.

    Raises:
        RiskInputError: Numbers from which no risk follows, such as a curve that starts at nothing.
    """
    model = market_model(book)
    return RiskReport(
        equity_quanta=book.equity_quanta,
        exposure=exposure_of(book.holdings, book.equity_quanta),
        liquidity=exits_of(book, model),
        sigma_quanta=round(sigma_of(model)),
        tails=tail_risks(model, paths, seed),
        periods=model.past_quanta.size,
        uncovered=model.uncovered,
        drawdown=None if book.curve is None else _drawdown(book.curve),
        stress=stress(book, model),
        correlated=correlated_pairs(model, correlation_warning),
    )


def correlated_pairs(model: MarketModel, threshold: float) -> tuple[CorrelatedPair, ...]:
    """Pairs of positions whose correlation is over the threshold, the strongest first."""
    signs = np.sign(model.exposures)
    signed = model.correlation * np.outer(signs, signs)
    count = len(model.symbols)
    pairs = [
        CorrelatedPair(model.symbols[i], model.symbols[j], float(signed[i, j]))
        for i in range(count)
        for j in range(i + 1, count)
        if signed[i, j] > threshold and model.symbols[i] != model.symbols[j]
    ]
    return tuple(sorted(pairs, key=lambda pair: -pair.correlation))


def _drawdown(curve: EquityCurve) -> EquityDrawdown:
    found = drawdown(curve.quanta)
    return EquityDrawdown(
        current=found.current,
        since_ns=curve.ts_ns[found.since],
        maximum=found.maximum,
        peak_ns=curve.ts_ns[found.peak],
        trough_ns=curve.ts_ns[found.trough],
    )
