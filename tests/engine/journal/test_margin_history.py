"""Margin in the history: how trades end, what they cost, and averages of inverse contracts."""

from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec
from hypothesis import given
from hypothesis import strategies as st

from engine.core.accounts.chart import INSURANCE
from engine.core.commands import Side
from engine.core.events import (
    Liquidity,
    OrderFilled,
    PositionChanged,
    PositionLiquidated,
    ReducedBy,
)
from engine.core.instruments import AssetClass
from engine.core.units import Scale
from engine.journal.exact import average_price, weight_of
from engine.journal.profile import HISTORY_NAME
from engine.journal.rebuild import project
from engine.journal.round_trip import ClosedBy
from engine.journal.round_trips import RoundTrips
from engine.journal.store import HistoryStore
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.trading import PERP, instrument, trading

LINEAR = instrument(PERP)
SCALE = Scale(LINEAR)
INVERSE = Scale(
    msgspec.structs.replace(
        LINEAR, asset_class=AssetClass.INVERSE, lot_size=Decimal(1), tick_size=Decimal("0.5")
    )
)
STAMP = {"seq": 1, "ts_ns": 1, "account": "me", "symbol": PERP}


def bought(trips: RoundTrips, lots: int, ticks: int, scale: Scale) -> None:
    value = scale.notional_quanta(ticks, lots)
    fill = OrderFilled(
        **STAMP,
        trade_id=1,
        order_id=1,
        side=Side.BUY,
        price_ticks=ticks,
        lots=lots,
        open_lots=0,
        liquidity=Liquidity.TAKER,
        fee_quanta=0,
    )
    cost = -value if scale.inverse else value
    change = PositionChanged(**STAMP, lots=lots, cost_quanta=cost, realised_quanta=0)
    trips.take(fill, change, "", scale)


def taken_over(lots: int, left: int, value: int, realised: int) -> PositionLiquidated:
    return PositionLiquidated(
        **STAMP,
        side=Side.SELL,
        by=ReducedBy.FUND,
        lots=lots,
        value_quanta=value,
        fee_quanta=0,
        realised_quanta=realised,
        lots_left=left,
    )


def test_a_takeover_ends_a_trade_and_begins_one_of_the_fund() -> None:
    trips = RoundTrips()
    bought(trips, 10, 200, SCALE)
    value = SCALE.notional_quanta(180, 10)
    loss = value - SCALE.notional_quanta(200, 10)
    event = taken_over(10, 0, value, loss)
    closing = trips.reduce(event, ClosedBy.TAKEOVER, SCALE)
    assert closing is not None
    row = closing.trip.row(SCALE)
    assert (row.state, row.closed_by, row.cost) == ("closed", "takeover", Decimal(0))
    assert (row.entry_price, row.exit_price) == (Decimal(100), Decimal(90))
    assert row.mae == -row.realised > 0
    (carried,) = trips.carry(event, INSURANCE, Side.BUY, SCALE)
    assert (carried.lots, carried.cost_quanta) == (10, value)
    assert trips.open == {(INSURANCE, PERP): carried}


def test_what_the_fills_have_told_is_not_counted_again() -> None:
    trips = RoundTrips()
    bought(trips, 10, 200, SCALE)
    assert trips.reduce(taken_over(5, 10, 1, 1), ClosedBy.LIQUIDATION, SCALE) is None


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1_000, 400_000)), min_size=1))
def test_the_average_of_an_inverse_contract_is_the_harmonic_one(
    fills: list[tuple[int, int]],
) -> None:
    lots = sum(size for size, _ in fills)
    weight = sum(weight_of(ticks, size, INVERSE) for size, ticks in fills)
    average = average_price(weight, lots, INVERSE)
    exact = Decimal(lots) / sum(
        Decimal(size) / (ticks * INVERSE.tick_size) for size, ticks in fills
    )
    assert abs(average - exact) < Decimal("0.0000001")
    if len({ticks for _, ticks in fills}) == 1:
        assert average.quantize(Decimal("0.0001")) == fills[0][1] * INVERSE.tick_size


def test_a_long_inverse_contract_gains_when_the_price_rises() -> None:
    trips = RoundTrips()
    bought(trips, 100, 100_000, INVERSE)
    (trip,) = trips.see(PERP, 125_000)
    row = trip.row(INVERSE)
    assert (row.mae, row.entry_price) == (Decimal(0), Decimal(50_000))
    assert row.mfe == Decimal(100) / 50_000 - Decimal(100) / 62_500


def test_a_store_from_before_margin_is_projected_anew(tmp_path: Path) -> None:
    session = LoggedSession(tmp_path)
    session.run(trading(seed=4, count=94))
    session.close()
    store = HistoryStore(tmp_path / HISTORY_NAME)
    project(tmp_path, store)
    projected = store.applied_seq
    store.close()
    with duckdb.connect(str(tmp_path / HISTORY_NAME)) as database:
        database.execute("DELETE FROM migrations WHERE name > '0003_order_types'")
        for table in ("funding", "funding_rates", "liquidations", "closings", "portfolios"):
            database.execute(f"DROP TABLE {table}")
        database.execute("ALTER TABLE positions DROP COLUMN closed_by")
    store = HistoryStore(tmp_path / HISTORY_NAME)
    assert store.applied_seq == 0
    project(tmp_path, store)
    assert store.applied_seq == projected > 0
    assert store.scalar("SELECT count(*) FROM positions WHERE closed_by = 'order'") > 0
    store.close()
