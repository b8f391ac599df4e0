"""What a session remembers of its orders is what the history says of them."""

from pathlib import Path

import duckdb
import msgspec
import pytest

from engine.journal.rebuild import rebuild
from tests.engine.journal.sessions import LoggedSession
from tests.engine.journal.trading import trading
from tui_exchange.order_life.model import OrderLife, UnknownOrder
from tui_exchange.order_life.queries import read_order, read_orders
from tui_exchange.order_life.remembered import RememberedOrders

COUNT = 300


def traded(folder: Path, **bounds: int) -> tuple[LoggedSession, RememberedOrders]:
    """A session that remembers, and whose history is in `out.duckdb`."""
    session = LoggedSession(folder)
    remembered = RememberedOrders(session.exchange, **bounds)
    session.sequencer.subscribe(remembered.read)
    session.run(trading(seed=5, count=COUNT))
    session.close()
    rebuild(folder, folder / "out.duckdb")
    return session, remembered


def unplaced(life: OrderLife) -> tuple[object, ...]:
    """Without the round trip, which is the history's to know."""
    order = msgspec.structs.replace(life.order, position_id=None)
    group = [msgspec.structs.replace(other, position_id=None) for other in life.group]
    return order, life.events, group, life.terms, life.tags, life.note


def test_every_order_is_remembered_as_it_is_written(tmp_path: Path) -> None:
    _, remembered = traded(tmp_path)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        numbers = [order.order_id for order in read_orders(database, live=False, limit=10**6)]
        assert len(numbers) > 50
        for order_id in numbers:
            life = remembered.life(order_id)
            assert life is not None
            assert unplaced(life) == unplaced(read_order(database, order_id))


def test_what_is_remembered_has_a_bound_and_the_newest_stay(tmp_path: Path) -> None:
    _, remembered = traded(tmp_path, events_max=60)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        numbers = [order.order_id for order in read_orders(database, live=False, limit=10**6)]
    assert remembered.life(numbers[0]) is not None
    assert remembered.life(numbers[-1]) is None


def test_an_order_that_nobody_sent_is_not_remembered(tmp_path: Path) -> None:
    _, remembered = traded(tmp_path)
    assert remembered.life(10**9) is None
    with (
        duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database,
        pytest.raises(UnknownOrder, match=r"there is no order 9999999999999999999: there are \d+"),
    ):
        read_order(database, 9_999_999_999_999_999_999)


def test_the_list_is_newest_first_and_can_be_of_live_orders_only(tmp_path: Path) -> None:
    session, _ = traded(tmp_path)
    with duckdb.connect(str(tmp_path / "out.duckdb"), read_only=True) as database:
        latest = [order.order_id for order in read_orders(database, live=False, limit=10)]
        live = [order.order_id for order in read_orders(database, live=True, limit=10**6)]
    assert latest == sorted(latest, reverse=True)
    assert len(latest) == 10
    assert sorted(live) == sorted(order.order_id for order in session.exchange.open_orders("me"))
