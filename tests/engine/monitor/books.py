"""Books for the tests of the monitor."""

import numpy as np

from engine.monitor.book import Book, Depth, Holding, Returns
from engine.quant.portfolio import AssetClass

UNIT = 10**12
"""One dollar in quanta."""
CLASSES = (AssetClass.BTC, AssetClass.ETH, AssetClass.CRYPTO, AssetClass.EQUITY)


def returns(columns: int = 4, rows: int = 250, seed: int = 1) -> Returns:
    """Daily returns with a common part, for the keys K0, K1, …"""
    random = np.random.default_rng(seed)
    own = random.standard_normal((rows, columns)) * 0.02
    common = random.standard_normal((rows, 1)) * 0.02
    return Returns(tuple(f"K{at}" for at in range(columns)), own + common)


def holding(
    at: int, dollars: int, depth: Depth | None = None, volume: int | None = None
) -> Holding:
    """A position in the symbol S<at>, moving with K<at>."""
    kind = CLASSES[at % len(CLASSES)]
    daily = None if volume is None else volume * UNIT
    return Holding(f"S{at}", dollars * UNIT, kind, f"K{at}", daily, depth)


def book(*dollars: int, equity: int = 100_000, maintenance: int | None = None) -> Book:
    """Positions of these signed values."""
    holdings = tuple(holding(at, value) for at, value in enumerate(dollars))
    needed = None if maintenance is None else maintenance * UNIT
    return Book(holdings, equity * UNIT, needed, returns(max(1, len(dollars))))
