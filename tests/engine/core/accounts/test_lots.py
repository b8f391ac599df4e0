"""Which lots a sale closes: by hand, and what the three methods have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.accounts import Position
from engine.core.commands import LotMethod

FIFO, LIFO, AVERAGE = LotMethod.FIFO, LotMethod.LIFO, LotMethod.AVERAGE
FILLS = st.lists(
    st.tuples(st.integers(-50, 50).filter(bool), st.integers(1, 10_000)), min_size=1, max_size=30
)


def filled(method: LotMethod, *fills: tuple[int, int]) -> tuple[Position, list[int]]:
    """A position after fills of (signed lots, price), and what each realised."""
    position = Position()
    position.method = method
    realised = [
        position.fill(lots, lots * price, now_ns=at, trade_id=at)
        for at, (lots, price) in enumerate(fills, 1)
    ]
    return position, realised


@pytest.mark.parametrize(
    ("method", "cost_of_sales"), [(FIFO, 1_600), (LIFO, 2_040), (AVERAGE, 1_821)]
)
def test_what_is_sold_costs_what_its_lots_did(method: LotMethod, cost_of_sales: int) -> None:
    """100 at 10, 100 at 12 and 80 at 15 were bought; 150 are sold.

    First in, first out they are 100 at 10 and 50 at 12; last in, first out 80 at 15 and 70 at 12;
    by the average 150 / 280 of 3,400, which is 1,821.43.
    """
    position, realised = filled(method, (100, 10), (100, 12), (80, 15), (-150, 20))
    assert realised[-1] == 150 * 20 - cost_of_sales
    assert position.cost_quanta == 3_400 - cost_of_sales
    assert position.lots == 130


def test_a_lot_closed_in_part_keeps_the_rest_of_its_cost() -> None:
    position, _ = filled(FIFO, (3, 10), (3, 20), (-4, 30))
    assert [(lot.trade_id, lot.lots, lot.cost_quanta) for lot in position.tranches] == [(2, 2, 40)]
    position, _ = filled(LIFO, (3, 10), (3, 20), (-4, 30))
    assert [(lot.trade_id, lot.lots, lot.cost_quanta) for lot in position.tranches] == [(1, 2, 20)]


def test_a_flip_closes_all_lots_and_opens_one() -> None:
    position, realised = filled(FIFO, (2, 100), (1, 130), (-5, 90))
    assert realised[-1] == -10 * 2 - 40
    assert [(lot.trade_id, lot.lots, lot.cost_quanta) for lot in position.tranches] == [
        (3, -2, -180)
    ]


def test_a_position_remembers_when_it_was_opened_and_its_largest_size() -> None:
    position, _ = filled(AVERAGE, (2, 100), (3, 100), (-4, 100))
    assert (position.opened_ns, position.largest_lots) == (1, 5)
    position.fill(-1, -100, now_ns=4)
    assert (position.opened_ns, position.largest_lots) == (0, 5)
    position.fill(-2, -200, now_ns=5)
    assert (position.opened_ns, position.largest_lots) == (5, 2)
    position.fill(6, 600, now_ns=6)
    assert (position.opened_ns, position.largest_lots) == (6, 4)


@given(FILLS)
def test_lots_always_add_up_to_their_position(fills: list[tuple[int, int]]) -> None:
    for method in (FIFO, LIFO):
        position, _ = filled(method, *fills)
        assert sum(lot.lots for lot in position.tranches) == position.lots
        assert sum(lot.cost_quanta for lot in position.tranches) == position.cost_quanta
        assert all(lot.lots * position.lots > 0 for lot in position.tranches)


@given(FILLS, st.integers(1, 10_000))
def test_all_methods_agree_on_realised_and_unrealised_together(
    fills: list[tuple[int, int]], price: int
) -> None:
    totals = set()
    for method in LotMethod:
        position, realised = filled(method, *fills)
        assert position.realised_quanta == sum(realised)
        totals.add(position.realised_quanta + position.lots * price - position.cost_quanta)
    assert len(totals) == 1
