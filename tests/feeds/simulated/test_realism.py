"""What a chart of the simulated market must show whatever the seed: the usual facts of returns.

R. Cont, "Empirical properties of asset returns" (2001): heavy tails, clusters of volatility.
F. Lillo, J. D. Farmer, "The long memory of the efficient market" (2004): order signs remember.
"""

import math
import statistics
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import pytest

from engine.core.commands import Side
from feeds.messages import BookDelta, BookSnapshot, Trade
from feeds.simulated import LISTINGS, SimulatedMarket
from tests.feeds.simulated.displayed_book import DisplayedBook

SECOND_NS = 10**9
MINUTES = 8
SEEDS = (1, 2, 3)


@cache
def returns_and_signs(seed: int) -> tuple[list[float], list[float]]:
    """Log returns of the mid of BTC-USDT over one second, and the sides of its trades (+1 buys)."""
    market = SimulatedMarket(seed, 0, listings=LISTINGS[:1])
    (snapshot,) = market.advance(0)
    assert isinstance(snapshot, BookSnapshot)
    book = DisplayedBook(snapshot)
    mids: list[float] = []
    signs: list[float] = []
    for second in range(1, MINUTES * 60 + 1):
        for message in market.advance(second * SECOND_NS):
            if isinstance(message, BookDelta):
                book.change(message)
            elif isinstance(message, Trade):
                signs.append(1.0 if message.side is Side.BUY else -1.0)
        mids.append(float(max(book.bids) + min(book.asks)) / 2.0)
    return log_returns(mids), signs


def log_returns(prices: Sequence[float]) -> list[float]:
    return [math.log(later / earlier) for earlier, later in pairwise(prices)]


def autocorrelation(values: Sequence[float], lag: int) -> float:
    return statistics.correlation(values[lag:], values[:-lag])


def excess_kurtosis(values: Sequence[float]) -> float:
    mean, variance = statistics.fmean(values), statistics.pvariance(values)
    return statistics.fmean((value - mean) ** 4 for value in values) / variance**2 - 3.0


@pytest.mark.parametrize("seed", SEEDS)
def test_returns_have_heavier_tails_than_a_normal_law(seed: int) -> None:
    returns, _ = returns_and_signs(seed)
    assert excess_kurtosis(returns) > 1.0


@pytest.mark.parametrize("seed", SEEDS)
def test_volatility_comes_in_clusters(seed: int) -> None:
    returns, _ = returns_and_signs(seed)
    assert autocorrelation([abs(value) for value in returns], 1) > 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sides_of_trades_remember(seed: int) -> None:
    _, signs = returns_and_signs(seed)
    assert autocorrelation(signs, 1) > 0.1
    assert autocorrelation(signs, 3) > 0.05


def test_the_spot_market_and_its_perpetual_move_together() -> None:
    market = SimulatedMarket(6, 0, listings=(LISTINGS[0], LISTINGS[2]))
    books: dict[str, DisplayedBook] = {}
    mids: dict[str, list[float]] = {}
    for second in range(180):
        for message in market.advance(second * SECOND_NS):
            if isinstance(message, BookSnapshot):
                books[message.symbol] = DisplayedBook(message)
            elif isinstance(message, BookDelta):
                books[message.symbol].change(message)
        for symbol, book in books.items():
            mids.setdefault(symbol, []).append(float(max(book.bids) + min(book.asks)))
    spot, perpetual = (log_returns(path[::5]) for path in mids.values())
    assert statistics.correlation(spot, perpetual) > 0.7
