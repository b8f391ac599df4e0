"""What the monitor finds, as plain values: a report and what stands in it.

They are apart from what computes them, since a screen reads them before anything was computed, and
numerical libraries take their time to load. Money is in quanta of the base currency.
"""

from enum import Enum

import msgspec


class Exposure(msgspec.Struct, frozen=True):
    """Sums over the holdings, by symbol for the concentration.

    Attributes:
        gross_quanta: Long and short added.
        net_quanta: Long less short.
        leverage: Gross over equity; None without positive equity.
        largest_share: Of gross, the largest symbol's; 0 when nothing is held.
        herfindahl: Sum of the squared shares of gross: 1 is all in one symbol, 1/n is n equal ones.
            (A. Hirschman, "The paternity of an index", 1964.)
    """

    long_quanta: int
    short_quanta: int
    gross_quanta: int
    net_quanta: int
    leverage: float | None
    largest_symbol: str | None
    largest_share: float
    herfindahl: float


class PositionLiquidity(msgspec.Struct, frozen=True):
    """What is known of the way out of one position.

    Attributes:
        days: Trading a tenth of the daily volume; None when the volume is unknown.
        depths: The position in multiples of the visible depth; None when no book is known.
        book_cost_quanta: Of taking the visible depth at once, against the mid.
        left_quanta: Value that the visible depth does not take.
        impact_quanta: What the left part is expected to cost; None when that cannot be estimated.
    """

    symbol: str
    days: float | None
    depths: float | None
    book_cost_quanta: int
    left_quanta: int
    impact_quanta: int | None

    @property
    def cost_quanta(self) -> int:
        """What is known of the cost; a lower bound when the impact is unknown."""
        return self.book_cost_quanta + (self.impact_quanta or 0)


class Method(Enum):
    """Where a tail comes from."""

    HISTORICAL = "historical"
    PARAMETRIC = "parametric"
    MONTE_CARLO = "monte carlo"


class TailRisk(msgspec.Struct, frozen=True):
    """One figure of the table; losses positive, in quanta, never below 0."""

    method: Method
    level: float
    days: int
    value_at_risk_quanta: int
    expected_shortfall_quanta: int


class EquityDrawdown(msgspec.Struct, frozen=True):
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


class CorrelatedPair(msgspec.Struct, frozen=True):
    """Two positions that gain and lose together, so that they are nearly one.

    Attributes:
        correlation: Of the two positions: that of the prices, turned round when one is short.
    """

    symbol: str
    other: str
    correlation: float


class StressResult(msgspec.Struct, frozen=True):
    """A book after a scenario.

    Attributes:
        pnl_quanta: What the move of prices makes; losses negative.
        maintenance_quanta: The margin needed afterwards; None without margin.
        value_at_risk_quanta: Of one more day at 99%; of the holdings with a history.
        exit_cost_quanta: Of leaving everything at once afterwards, as far as it is known.
        liquidated: Equity is at or below maintenance; None when no maintenance was given.
        ruined: Equity is gone.
    """

    name: str
    pnl_quanta: int
    equity_quanta: int
    maintenance_quanta: int | None
    value_at_risk_quanta: int
    exit_cost_quanta: int
    liquidated: bool | None
    ruined: bool


class GridKind(Enum):
    """What the columns of a grid change; the rows are always price shocks."""

    RISK = "volatility and correlation"
    LIQUIDITY = "liquidity"


class StressGrid(msgspec.Struct, frozen=True):
    """Results by row (price shock) and column.

    Attributes:
        columns: Their headings.
        cells: One tuple a row.
    """

    kind: GridKind
    shocks: tuple[float, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[StressResult, ...], ...]


class RiskReport(msgspec.Struct, frozen=True):
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
