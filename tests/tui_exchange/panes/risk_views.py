"""Views of risk for tests: computed by the monitor, from books whose figures are round."""

from dataclasses import replace

import msgspec
import numpy as np

from engine.monitor import Breach, GridKind, Limits, default_limits
from engine.monitor.book import Book, Depth, EquityCurve, Holding, Returns
from engine.monitor.checks import watch
from engine.monitor.facts import Facts, PositionFact
from engine.monitor.report import assess
from engine.monitor.shocks import stress_grid
from engine.quant.portfolio import AssetClass
from tests.tui_exchange.paper import START_NS
from tui_exchange.risk.view import RiskView

UNIT = 10**12
DAY_NS = 86_400 * 10**9
PATHS = 200
BTC, ETH, STOCK = "BTC-USDT", "ETH-USDT-PERP", "ACME-USD"


def returns(rows: int = 60) -> Returns:
    """Two coins that move together, to the last digit."""
    step = np.sin(np.arange(rows)) * 0.02
    return Returns((BTC, ETH), np.column_stack([step, step * 1.2]), rows_per_day=1.0)


def depth() -> Depth:
    """A hundred lots of 100 a side."""
    return Depth(1000.0, ((999.0, 100.0),), ((1001.0, 100.0),), 100 * UNIT)


def book(rows: int = 60, equity: int = 100_000, eth: int = 30_000) -> Book:
    """Coins with a book and a volume, a long perpetual, and a stock of which nothing is known."""
    volume = 2_000_000 * UNIT
    held = (
        Holding(BTC, 8_000 * UNIT, AssetClass.BTC, BTC, volume, depth()),
        Holding(ETH, eth * UNIT, AssetClass.ETH, ETH, volume, depth()),
        Holding(STOCK, -2_000 * UNIT, AssetClass.EQUITY, STOCK),
    )
    curve = EquityCurve(
        (START_NS, START_NS + DAY_NS, START_NS + 2 * DAY_NS),
        np.array([100_000.0, 104_000.0, 100_000.0]) * UNIT,
    )
    return Book(held, equity * UNIT, 6_000 * UNIT, returns(rows), curve)


def view_of(made: Book, limits: Limits | None = None) -> RiskView:
    """What a session would tell of a book."""
    limits = limits or default_limits()
    report = assess(made, paths=PATHS)
    return RiskView(
        account="main",
        currency="USDT",
        made_ns=START_NS,
        report=report,
        limits=limits,
        grids={kind: stress_grid(made, kind) for kind in GridKind},
        breaches=broken(made, limits),
        pairs=report.correlated,
        day_start_quanta=101_000 * UNIT,
        peak_quanta=104_000 * UNIT,
        history="60 minutes of this session",
    )


def broken(made: Book, limits: Limits) -> tuple[Breach, ...]:
    """The limits that a book breaks."""
    facts = tuple(
        PositionFact(h.symbol, 1 if h.signed_value_quanta > 0 else -1, abs(h.signed_value_quanta))
        for h in made.holdings
    )
    return watch(limits, Facts(made.equity_quanta, 101_000 * UNIT, 104_000 * UNIT, facts))


def risky() -> RiskView:
    """A view in which something of everything is."""
    return view_of(book())


def without_history() -> RiskView:
    """The same before there were prices: no tails, and no cost that needs a volatility."""
    return msgspec.structs.replace(
        view_of(book(rows=3)), history="2 minutes of this session", pairs=()
    )


def nothing_held() -> RiskView:
    """A portfolio of cash."""
    return msgspec.structs.replace(
        view_of(replace(book(), holdings=(), maintenance_quanta=None)), breaches=()
    )
