"""What the monitor is told: positions, equity and past returns, as plain values.

It knows no exchange: whoever runs it (a worker thread, once a second) copies these from there. All
money is in quanta of the portfolio's base currency (10**12 a unit), as ints, so that the figures
agree with the ledger; only statistics are floats.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.quant.portfolio import AssetClass, FloatArray, RiskInputError, correlations
from engine.quant.portfolio import sample_covariance as covariance

Level = tuple[float, float]
"""A price and the quantity there, in any units as long as a book keeps to them."""

PAIR_ROWS_MIN = 30
"""Fewer returns in common say nothing about a correlation."""


@dataclass(frozen=True, slots=True)
class Depth:
    """The visible book of one instrument.

    Attributes:
        mid: Between the best bid and ask, or the mark; in the unit of the levels (ticks).
        bids: Best first.
        asks: Best first.
        unit_value_quanta: What one unit of quantity (a lot) is worth at the mid, positive.
    """

    mid: float
    bids: tuple[Level, ...]
    asks: tuple[Level, ...]
    unit_value_quanta: int


@dataclass(frozen=True, slots=True)
class Holding:
    """One position, or an asset held outright, such as the coins of a spot purchase.

    Attributes:
        signed_value_quanta: Exposure at the mark, negative when short.
        returns_key: Which column of the returns it moves with; several may share one.
        daily_volume_quanta: Value traded in the market per day; None when unknown.
    """

    symbol: str
    signed_value_quanta: int
    asset_class: AssetClass
    returns_key: str
    daily_volume_quanta: int | None = None
    depth: Depth | None = None


@dataclass(frozen=True, slots=True)
class Returns:
    """Past simple returns on one grid of time, as `PriceSamples.returns` gives them.

    Attributes:
        keys: One a column.
        table: Shape (rows, keys), oldest first, NaN where there was none.
        rows_per_day: 1 for daily returns, 1,440 for those of minutes.
    """

    keys: tuple[str, ...]
    table: FloatArray
    rows_per_day: float = 1.0

    def __post_init__(self) -> None:
        if self.table.ndim != 2 or self.table.shape[1] != len(self.keys):
            raise RiskInputError(
                f"a table of shape {self.table.shape} does not have {len(self.keys)} columns"
            )

    @staticmethod
    def none() -> "Returns":
        """No history yet."""
        return Returns((), np.empty((0, 0)))

    def column(self, key: str) -> FloatArray | None:
        """The returns of one key, or None when there are none."""
        return self.table[:, self.keys.index(key)] if key in self.keys else None

    def select(self, keys: Iterable[str]) -> FloatArray:
        """The columns of these keys, in their order; a key may come twice."""
        columns: FloatArray = self.table[:, [self.keys.index(key) for key in keys]]
        return columns


@dataclass(frozen=True, slots=True)
class EquityCurve:
    """Equity over time, oldest first, without what was paid in or out.

    Attributes:
        ts_ns: When, ascending.
        quanta: How much, as floats; a statistic.
    """

    ts_ns: tuple[int, ...]
    quanta: FloatArray


@dataclass(frozen=True, slots=True)
class Book:
    """A portfolio at one moment.

    Attributes:
        equity_quanta: Cash and unrealised profit.
        maintenance_quanta: The margin below which it is liquidated; None without margin.
        curve: For the drawdown; None when there is none yet.
    """

    holdings: tuple[Holding, ...]
    equity_quanta: int
    maintenance_quanta: int | None = None
    returns: Returns = field(default_factory=Returns.none)
    curve: EquityCurve | None = None


def pair_correlations(
    returns: Returns, key_by_symbol: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """The correlation of every two symbols that have enough history, each pair in sorted order.

    This is what `Facts.correlations` takes; a pair that is missing is not known.
    """
    symbols = sorted(
        symbol
        for symbol, key in key_by_symbol.items()
        if key in returns.keys and _rows(returns, key) >= PAIR_ROWS_MIN
    )
    if len(symbols) < 2:
        return {}
    columns = returns.select(key_by_symbol[symbol] for symbol in symbols)
    matrix = correlations(covariance(columns))
    present = (~np.isnan(columns)).astype(np.float64)
    common = present.T @ present
    return {
        (one, other): float(matrix[i, j])
        for i, one in enumerate(symbols)
        for j, other in enumerate(symbols)
        if i < j and common[i, j] >= PAIR_ROWS_MIN
    }


def _rows(returns: Returns, key: str) -> int:
    column = returns.column(key)
    return 0 if column is None else int((~np.isnan(column)).sum())
