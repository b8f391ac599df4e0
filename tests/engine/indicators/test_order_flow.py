"""Order-flow imbalance, as Cont, Kukanov and Stoikov define it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.indicators import OrderFlow, Touch
from engine.indicators.order_flow import CHANGES_MAX, flow_of

STILL = Touch(99, 10, 101, 10)


@st.composite
def touches(draw: st.DrawFn) -> Touch:
    """Any touch, sides may be empty."""
    bid = draw(st.none() | st.integers(1, 6))
    ask = draw(st.none() | st.integers(7, 12))
    bid_quantity = 0 if bid is None else draw(st.integers(1, 9))
    return Touch(bid, bid_quantity, ask, 0 if ask is None else draw(st.integers(1, 9)))


@pytest.mark.parametrize(
    ("now", "flow"),
    [
        (Touch(99, 14, 101, 10), 4),
        (Touch(99, 7, 101, 10), -3),
        (Touch(100, 5, 101, 10), 5),
        (Touch(98, 25, 101, 10), -10),
        (Touch(99, 10, 101, 16), -6),
        (Touch(99, 10, 100, 2), -2),
        (Touch(99, 10, 102, 30), 10),
        (Touch(None, 0, 101, 10), -10),
        (Touch(99, 10, None, 0), 10),
        (STILL, 0),
    ],
)
def test_each_kind_of_change_counts_for_the_side_it_helps(now: Touch, flow: int) -> None:
    assert flow_of(STILL, now) == flow


def test_a_side_that_appears_counts_whole() -> None:
    assert flow_of(Touch(None, 0, None, 0), Touch(99, 10, None, 0)) == 10
    assert flow_of(Touch(None, 0, None, 0), Touch(None, 0, 101, 4)) == -4


@given(st.lists(st.tuples(st.integers(0, 30), touches()), max_size=60), st.integers(1, 60))
def test_the_running_total_is_the_sum_over_the_window(
    steps: list[tuple[int, Touch]], window_ns: int
) -> None:
    flow = OrderFlow(window_ns)
    now_ns, seen = 0, []
    for wait_ns, touch in steps:
        now_ns += wait_ns
        flow.take(now_ns, touch)
        seen.append((now_ns, touch))
        naive = sum(
            flow_of(before, after)
            for (_, before), (at_ns, after) in itertools.pairwise(seen)
            if at_ns > now_ns - window_ns
        )
        assert flow.total == naive
    flow.advance(now_ns + window_ns)
    assert flow.total == 0


def test_what_changed_while_the_book_was_lost_is_not_flow() -> None:
    flow = OrderFlow(10)
    flow.take(1, STILL)
    flow.restart()
    assert flow.take(2, Touch(150, 99, 151, 1)) == 0
    assert flow.take(3, Touch(150, 100, 151, 1)) == flow.total == 1


def test_a_window_of_many_changes_keeps_the_latest() -> None:
    flow = OrderFlow(10**18)
    for turn in range(CHANGES_MAX + 11):
        flow.take(turn, Touch(99, 1 + turn, 101, 10))
    assert flow.total == CHANGES_MAX
