"""How long each position takes to leave, and what leaving at once costs."""

import math

import numpy as np

from engine.monitor.book import Book, Holding
from engine.monitor.figures import PositionLiquidity
from engine.monitor.market_model import MarketModel
from engine.quant.portfolio import (
    PARTICIPATION,
    BookExit,
    days_to_exit,
    exit_through_book,
    impact_cost,
)


def exits_of(
    book: Book, model: MarketModel, liquidity: float = 1.0, volatility: float = 1.0
) -> tuple[PositionLiquidity, ...]:
    """The way out of each position that is not nothing, in the book's order.

    Args:
        liquidity: Share of depth and volume that is there; 0.2 is divided by five.
        volatility: Factor on the volatilities of the model.
    """
    daily = dict(zip(model.indexes, model.volatility, strict=True))
    return tuple(
        _exit(holding, liquidity, float(daily[at]) * volatility if at in daily else None)
        for at, holding in enumerate(book.holdings)
        if holding.signed_value_quanta
    )


def _exit(holding: Holding, liquidity: float, volatility: float | None) -> PositionLiquidity:
    value = float(abs(holding.signed_value_quanta))
    volume = holding.daily_volume_quanta
    taken = _through_book(holding, value, liquidity)
    left = value if taken is None else taken.left
    known = volume is not None and volume > 0 and volatility is not None
    impact = impact_cost(left, float(volume or 0), volatility or 0.0, liquidity) if known else None
    return PositionLiquidity(
        symbol=holding.symbol,
        days=None if volume is None else days_to_exit(value, volume, PARTICIPATION, liquidity),
        depths=None if taken is None else taken.depths,
        book_cost_quanta=0 if taken is None else math.ceil(taken.cost),
        left_quanta=round(left),
        impact_quanta=None if impact is None else math.ceil(impact),
    )


def _through_book(holding: Holding, value: float, liquidity: float) -> BookExit | None:
    """The visible levels with quantities as values at the mid, and prices relative to it."""
    depth = holding.depth
    if depth is None or not depth.mid > 0.0:
        return None
    levels = depth.bids if holding.signed_value_quanta > 0 else depth.asks
    table = np.array(levels, dtype=np.float64).reshape(-1, 2)
    values = table[:, 1] * float(depth.unit_value_quanta)
    return exit_through_book(value, 1.0, table[:, 0] / depth.mid, values, liquidity)
