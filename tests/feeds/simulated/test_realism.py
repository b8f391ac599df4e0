"""What a chart of the simulated market must show whatever the seed: the usual facts of returns.

R. Cont, "Empirical properties of asset returns" (2001): heavy tails, clusters of volatility.
F. Lillo, J. D. Farmer, "The long memory of the efficient market" (2004): order signs remember.
"""

from functools import cache

import numpy as np
import pytest

from engine.core.commands import Side
from feeds.messages import BookDelta, BookSnapshot, Trade
from feeds.simulated import LISTINGS, SimulatedMarket
from tests.feeds.simulated.displayed_book import DisplayedBook

SECOND_NS = 10**9
MINUTES = 8
SEEDS = (1, 2, 3)
FLOATS = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


@cache
def returns_and_signs(seed: int) -> tuple[FLOATS, FLOATS]:
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
    return np.diff(np.log(mids)), np.array(signs)


def autocorrelation(values: FLOATS, lag: int) -> float:
    centred = values - values.mean()
    return float((centred[lag:] * centred[:-lag]).mean() / (centred**2).mean())


@pytest.mark.parametrize("seed", SEEDS)
def test_returns_have_heavier_tails_than_a_normal_law(seed: int) -> None:
    returns, _ = returns_and_signs(seed)
    centred = returns - returns.mean()
    assert (centred**4).mean() / (centred**2).mean() ** 2 - 3.0 > 1.0


@pytest.mark.parametrize("seed", SEEDS)
def test_volatility_comes_in_clusters(seed: int) -> None:
    returns, _ = returns_and_signs(seed)
    assert autocorrelation(np.abs(returns), 1) > 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_the_sides_of_trades_remember(seed: int) -> None:
    _, signs = returns_and_signs(seed)
    assert autocorrelation(signs, 1) > 0.1
    assert autocorrelation(signs, 3) > 0.05


def test_the_spot_market_and_its_perpetual_move_together() -> None:
    market = SimulatedMarket(6, 0, listings=(LISTINGS[0], LISTINGS[2]))
    books: dict[str, DisplayedBook] = {}
    mids: list[tuple[float, ...]] = []
    for second in range(180):
        for message in market.advance(second * SECOND_NS):
            if isinstance(message, BookSnapshot):
                books[message.symbol] = DisplayedBook(message)
            elif isinstance(message, BookDelta):
                books[message.symbol].change(message)
        mids.append(tuple(float(max(b.bids) + min(b.asks)) for b in books.values()))
    returns = np.diff(np.log(np.array(mids)[::5]), axis=0)
    assert np.corrcoef(returns.T)[0, 1] > 0.7
