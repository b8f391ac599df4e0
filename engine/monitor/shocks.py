"""What scenarios do to a book, one by one and as a grid.

The profit or loss of a scenario is the sum of exposure x move. That is exact for spot, for linear
contracts, and for inverse ones counted in the quote currency with the coins of the margin among
the holdings. Maintenance margin moves with the gross exposure, as if tiers stayed where they are.
Volatility and correlation move no price: what they change is the value at risk that remains. The
cost of leaving at once is told apart from the loss and not subtracted from the equity.
"""

from collections.abc import Sequence

import numpy as np

from engine.monitor.book import Book
from engine.monitor.exits import exits_of
from engine.monitor.figures import GridKind, StressGrid, StressResult
from engine.monitor.market_model import MarketModel, market_model
from engine.quant.portfolio import (
    PRICE_SHOCKS,
    SCENARIOS,
    Correlation,
    FloatArray,
    Scenario,
    covariance_of,
    fully_correlated,
    normal_tail,
    parallel,
)

LEVEL = 0.99
"""Of the value at risk that remains after a scenario, over a day, normal."""


GRID_SHOCKS = tuple(sorted((*PRICE_SHOCKS, 0.0)))
"""The rows, from the deepest fall to the highest rise."""

_COLUMNS: dict[GridKind, tuple[tuple[str, float, Correlation, float], ...]] = {
    GridKind.RISK: (
        ("vol x0.5", 0.5, Correlation.AS_IS, 1.0),
        ("as now", 1.0, Correlation.AS_IS, 1.0),
        ("vol x2", 2.0, Correlation.AS_IS, 1.0),
        ("corr 1", 1.0, Correlation.ONE, 1.0),
        ("vol x2 corr 1", 2.0, Correlation.ONE, 1.0),
        ("hedges fail", 1.0, Correlation.AGAINST, 1.0),
    ),
    GridKind.LIQUIDITY: (
        ("as now", 1.0, Correlation.AS_IS, 1.0),
        ("/ 2", 1.0, Correlation.AS_IS, 0.5),
        ("/ 5", 1.0, Correlation.AS_IS, 0.2),
        ("/ 10", 1.0, Correlation.AS_IS, 0.1),
    ),
}


def stress(
    book: Book, model: MarketModel, scenarios: Sequence[Scenario] = SCENARIOS
) -> tuple[StressResult, ...]:
    """The book after each scenario, in their order."""
    bench = _Bench(book, model)
    return tuple(bench.run(scenario) for scenario in scenarios)


def stress_grid(book: Book, kind: GridKind = GridKind.RISK) -> StressGrid:
    """Every price shock against every column of the kind."""
    columns = _COLUMNS[kind]
    bench = _Bench(book, market_model(book))
    return StressGrid(
        kind=kind,
        shocks=GRID_SHOCKS,
        columns=tuple(column[0] for column in columns),
        cells=tuple(
            tuple(
                bench.run(
                    Scenario(f"{shock:+.0%}, {heading}", parallel(shock), volatility, corr, liquid)
                )
                for heading, volatility, corr, liquid in columns
            )
            for shock in GRID_SHOCKS
        ),
    )


class _Bench:
    """One book, many scenarios: what they share is computed once."""

    def __init__(self, book: Book, model: MarketModel) -> None:
        self._book = book
        self._model = model
        self._values = np.array([float(h.signed_value_quanta) for h in book.holdings])
        self._gross = float(np.abs(self._values).sum())
        self._covered = np.array(model.indexes, dtype=np.intp)
        self._covariance = covariance_of(model.volatility, model.correlation)
        self._one = fully_correlated(model.volatility)
        self._costs: dict[tuple[float, float], FloatArray] = {}

    def run(self, scenario: Scenario) -> StressResult:
        """The book after one scenario."""
        moves = np.array([scenario.move(h.asset_class) for h in self._book.holdings])
        pnl = round(float(self._values @ moves))
        after = self._values * (1.0 + moves)
        equity = self._book.equity_quanta + pnl
        maintenance = self._maintenance(float(np.abs(after).sum()))
        costs = self._exit_costs(scenario.liquidity, scenario.volatility)
        return StressResult(
            name=scenario.name,
            pnl_quanta=pnl,
            equity_quanta=equity,
            maintenance_quanta=maintenance,
            value_at_risk_quanta=self._value_at_risk(after[self._covered], scenario),
            exit_cost_quanta=round(float(costs @ (1.0 + moves))),
            liquidated=None if maintenance is None else equity <= maintenance,
            ruined=equity <= 0,
        )

    def _maintenance(self, gross_after: float) -> int | None:
        if self._book.maintenance_quanta is None or not self._gross:
            return self._book.maintenance_quanta
        return round(self._book.maintenance_quanta * (gross_after / self._gross))

    def _value_at_risk(self, exposures: FloatArray, scenario: Scenario) -> int:
        if not exposures.size:
            return 0
        correlation = scenario.correlation
        held = np.abs(exposures) if correlation is Correlation.AGAINST else exposures
        matrix = self._covariance if correlation is Correlation.AS_IS else self._one
        sigma = float(np.sqrt(max(float(held @ matrix @ held), 0.0))) * scenario.volatility
        return round(normal_tail(sigma, LEVEL).value_at_risk)

    def _exit_costs(self, liquidity: float, volatility: float) -> FloatArray:
        """By holding, at today's prices; a position that is nothing costs nothing."""
        key = (liquidity, volatility)
        if key not in self._costs:
            found = iter(exits_of(self._book, self._model, liquidity, volatility))
            self._costs[key] = np.array(
                [float(next(found).cost_quanta) if value else 0.0 for value in self._values]
            )
        return self._costs[key]
