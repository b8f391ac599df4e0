"""Average entry and realised profit, by hand and as conservation."""

from hypothesis import given
from hypothesis import strategies as st

from engine.core.accounts import Position


def filled(*fills: tuple[int, int]) -> tuple[Position, list[int]]:
    """A position after fills of (signed lots, price), and what each realised."""
    position = Position()
    return position, [position.fill(lots, lots * price) for lots, price in fills]


def test_adding_averages_the_entry() -> None:
    position, realised = filled((2, 100), (1, 130))
    assert (position.lots, position.cost_quanta) == (3, 330)
    assert realised == [0, 0]


def test_closing_part_realises_at_the_average() -> None:
    position, realised = filled((2, 100), (2, 120), (-1, 150))
    assert realised[-1] == 40
    assert (position.lots, position.cost_quanta) == (3, 330)


def test_flipping_closes_all_and_opens_the_rest_at_the_fill() -> None:
    position, realised = filled((2, 100), (-5, 90))
    assert realised[-1] == -20
    assert (position.lots, position.cost_quanta) == (-3, -270)


def test_a_short_earns_when_the_price_falls() -> None:
    position, realised = filled((-4, 100), (4, 75))
    assert realised[-1] == 100
    assert (position.lots, position.cost_quanta, position.realised_quanta) == (0, 0, 100)


fills = st.tuples(st.integers(-9, 9).filter(bool), st.integers(1, 10**9))


@given(st.lists(fills, max_size=30))
def test_what_was_paid_is_cost_less_profit(sequence: list[tuple[int, int]]) -> None:
    position, realised = filled(*sequence)
    assert position.lots == sum(lots for lots, _ in sequence)
    paid = sum(lots * price for lots, price in sequence)
    assert paid == position.cost_quanta - sum(realised)
    assert (position.cost_quanta > 0) == (position.lots > 0)
    if not position.lots:
        assert position.cost_quanta == 0
