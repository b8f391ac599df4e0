"""Makes the report of a portfolio, in a worker thread, from a copy.

Numerical libraries are imported here, when the first report is made: the first picture of a market
does not wait for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from engine.monitor import CorrelatedPair, GridKind, RiskReport, StressGrid
from tui_exchange.risk.book_copy import BookCopy, HoldingCopy

if TYPE_CHECKING:
    from engine.monitor.book import Book, Holding, Returns
    from engine.monitor.prices import PriceSamples

DAILY_ROWS_MIN = 30
"""With so many daily returns of everything held, they are used; before, those of minutes."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one measurement; without a report, `problem` says why."""

    account: str
    currency: str
    made_ns: int
    report: RiskReport | None = None
    grids: Mapping[GridKind, StressGrid] = field(default_factory=dict)
    pairs: tuple[CorrelatedPair, ...] = ()
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    history: str = ""
    problem: str = ""


class Measurer:
    """Remembers past prices between measurements; of two threads one waits for the other."""

    def __init__(self) -> None:
        self._samples: PriceSamples | None = None
        self._one = Lock()

    def measure(self, copy: BookCopy) -> Measured:
        """The report of a copy; what cannot be computed is told and raises nothing."""
        with self._one:
            return self._measured(copy)

    def _measured(self, copy: BookCopy) -> Measured:
        from engine.monitor.book import pair_correlations
        from engine.monitor.report import assess
        from engine.monitor.shocks import stress_grid

        returns = self._returns(copy)
        try:
            book = _book(copy, returns)
            report = assess(book, copy.correlation_warning)
            grids = {kind: stress_grid(book, kind) for kind in GridKind}
            correlations = pair_correlations(returns, {each: each for each in copy.symbols})
        except (ValueError, ArithmeticError) as error:
            problem = f"risk cannot be computed: {error}"
            return Measured(
                copy.account, copy.currency, copy.made_ns, missing=copy.missing, problem=problem
            )
        return Measured(
            account=copy.account,
            currency=copy.currency,
            made_ns=copy.made_ns,
            report=report,
            grids=grids,
            pairs=report.correlated,
            correlations=correlations,
            missing=copy.missing,
            history=_history(returns),
        )

    def _returns(self, copy: BookCopy) -> "Returns":
        from engine.monitor.prices import Grid, PriceSamples

        samples = self._samples = self._samples or PriceSamples()
        news = copy.prices
        for grid, past in ((Grid.DAY, news.days), (Grid.MINUTE, news.minutes)):
            for symbol, ts_ns, price in past:
                samples.seed(symbol, grid, [(ts_ns, price)])
        for symbol, ts_ns, price in news.fresh:
            samples.take(symbol, ts_ns, price)
        held = [holding.key for holding in copy.holdings]
        chosen = samples.best_returns(held or copy.symbols, DAILY_ROWS_MIN)
        daily = chosen.rows_per_day == Grid.DAY.rows_per_day
        return samples.returns((*held, *copy.symbols), Grid.DAY if daily else Grid.MINUTE)


def _book(copy: BookCopy, returns: "Returns") -> "Book":
    import numpy as np

    from engine.monitor.book import Book, EquityCurve

    curve = None
    if copy.curve and copy.curve[0][1] > 0:
        times, amounts = zip(*copy.curve, strict=True)
        curve = EquityCurve(tuple(times), np.array(amounts, dtype=np.float64))
    return Book(
        holdings=tuple(_holding(one) for one in copy.holdings),
        equity_quanta=copy.equity_quanta,
        maintenance_quanta=copy.maintenance_quanta,
        returns=returns,
        curve=curve,
    )


def _holding(one: HoldingCopy) -> "Holding":
    from engine.monitor.book import Depth, Holding
    from engine.quant.portfolio import AssetClass

    depth = None
    if one.mid_ticks > 0:
        bids = tuple((float(price), float(lots)) for price, lots in one.bids)
        asks = tuple((float(price), float(lots)) for price, lots in one.asks)
        depth = Depth(one.mid_ticks, bids, asks, one.lot_value_quanta)
    return Holding(
        symbol=one.symbol,
        signed_value_quanta=one.value_quanta,
        asset_class=AssetClass[one.kind],
        returns_key=one.key,
        daily_volume_quanta=one.volume_quanta,
        depth=depth,
    )


def _history(returns: "Returns") -> str:
    rows = len(returns.table)
    if not rows or not returns.keys:
        return ""
    daily = returns.rows_per_day <= 1.0
    what = "day" if daily else "minute"
    return f"{rows} {what}" if rows == 1 else f"{rows} {what}s"
