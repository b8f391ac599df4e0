"""Whatever kinds of orders trade, the tables say what the exchange says, in one go or in pieces."""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from engine.core.exchange import Exchange
from engine.core.orders.life_cycle import OrderState
from engine.core.units import quanta_decimal
from engine.journal.capture import Capture
from engine.journal.projection import Projection
from engine.journal.resume import fold_state
from engine.journal.rows import OrderRow, PositionRow
from engine.journal.store import HistoryStore
from tests.engine.journal.stores import contents
from tests.engine.journal.swarms import swarm

LENGTH = 250
SEEDS = range(500, 504)


def project(path: Path, seed: int, pieces: int) -> Exchange:
    """Write the history of a swarm; after each piece the fold begins anew from the store."""
    exchange = Exchange()
    capture = Capture(exchange)
    store = HistoryStore(path)
    projection = Projection(fold_state(store))
    for n, (command, _, events) in enumerate(swarm(exchange, seed, LENGTH)):
        captured = capture.take(command, exchange.now_ns, events)
        if captured is not None:
            projection.fold(captured)
        if n % (LENGTH // pieces) == LENGTH // pieces - 1:
            store.write(projection.take_batch(), exchange.seq)
            projection = Projection(fold_state(store))
    store.write(projection.take_batch(), exchange.seq)
    store.close()
    return exchange


class Whole(NamedTuple):
    """A swarm's history that was written in one go, and where its exchange stands at the end."""

    seed: int
    path: Path
    exchange: Exchange


@pytest.fixture(scope="module", params=SEEDS)
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    path = tmp_path_factory.mktemp("swarm") / "whole.duckdb"
    return Whole(request.param, path, project(path, request.param, 1))


def test_the_tables_agree_with_the_exchange(whole: Whole) -> None:
    exchange = whole.exchange
    store = HistoryStore(whole.path)
    live = {
        row.order_id: (row.lots, row.filled_lots, row.expires_at, row.account)
        for row in store.rows(OrderRow, "ended_seq IS NULL")
    }
    orders = [order for name in exchange.accounts() for order in exchange.open_orders(name)]
    assert live == {
        order.order_id: (order.lots, order.filled_lots, order.expires_ns, order.account)
        for order in orders
    }
    waiting = {row.order_id for row in store.rows(OrderRow, "state = 'waiting'")}
    assert waiting == {order.order_id for order in orders if order.waiting}
    triggers = {
        row.order_id: row.trigger_ticks
        for row in store.rows(OrderRow, "state = 'waiting' AND trail IS NULL AND trail_ppm IS NULL")
    }
    for order_id, trigger_ticks in triggers.items():
        order = exchange.order(order_id)
        assert order is not None
        assert order.trigger_ticks == trigger_ticks
    for name in exchange.accounts():
        for symbol, position in exchange.positions(name).items():
            where = f"account = '{name}' AND symbol = '{symbol}'"
            trips = store.rows(PositionRow, where)
            assert sum(trip.lots for trip in trips) == position.lots
            realised = sum((trip.realised for trip in trips), Decimal(0))
            assert realised == quanta_decimal(position.realised_quanta)
    store.close()


def test_in_pieces_the_tables_are_the_same(tmp_path: Path, whole: Whole) -> None:
    project(tmp_path / "pieces.duckdb", whole.seed, 10)
    assert contents(tmp_path / "pieces.duckdb") == contents(whole.path)


def test_an_order_stands_where_its_last_event_left_it(whole: Whole) -> None:
    tables = contents(whole.path)
    last = {
        row["order_id"]: row["state"] for row in tables["order_events"] if row["state"] is not None
    }
    last.pop(None, None)
    assert last == {row["order_id"]: row["state"] for row in tables["orders"]}
    ends = {"filled", "cancelled", "expired", "rejected"}
    assert {state.value for state in OrderState} >= ends
    for row in tables["orders"]:
        assert (row["ended_seq"] is not None) == (row["state"] in ends)
