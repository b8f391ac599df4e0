"""The whole risk of a portfolio at one moment: what the risk pane shows.

Pure: the same book gives the same report. It advises and decides nothing; what an order may do is
decided by the core, and what is done about a breach by the session.
"""

import numpy as np

from engine.monitor.book import Book, EquityCurve
from engine.monitor.exits import exits_of
from engine.monitor.exposure import exposure_of
from engine.monitor.figures import CorrelatedPair, EquityDrawdown, RiskReport
from engine.monitor.market_model import MarketModel, market_model
from engine.monitor.shocks import stress
from engine.monitor.tails import PATHS, SEED, sigma_of, tail_risks
from engine.quant.portfolio import drawdown

CORRELATION_WARNING = 0.7


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
