"""The ladder's window: when it follows the market, and when it must not."""

from hypothesis import given
from hypothesis import strategies as st

from tui_exchange.panes.ladder_window import CURSOR_NS, GROUPS, POINTER_NS, LadderWindow

ticks = st.integers(min_value=1, max_value=10**7)


def window(rows: int = 21, middle: int = 1000) -> LadderWindow:
    made = LadderWindow()
    made.fit(rows, middle, 0)
    return made


def test_it_begins_centred_on_the_market() -> None:
    made = window()
    assert made.row_of(1000) == 10


def test_it_waits_for_a_first_price() -> None:
    made = LadderWindow()
    made.fit(21, None, 0)
    assert made.top_ticks is None


def test_it_stands_still_while_the_market_stays_in_the_middle_third() -> None:
    made = window()
    for middle in (1003, 1007, 993):
        made.fit(21, middle, 0)
        assert made.row_of(1000) == 10


def test_it_is_centred_again_when_the_market_leaves_the_middle() -> None:
    made = window()
    made.fit(21, 1008, 0)
    assert made.row_of(1008) == 10


@given(st.lists(ticks, min_size=1, max_size=20), st.integers(0, CURSOR_NS - 1))
def test_it_never_moves_under_a_cursor_in_use(middles: list[int], later_ns: int) -> None:
    made = window()
    made.move(-1, 999, 0)
    before = made.top_ticks
    for middle in middles:
        made.fit(21, middle, later_ns)
        assert made.top_ticks == before


@given(ticks, st.integers(0, POINTER_NS - 1))
def test_it_never_moves_under_a_moving_mouse(middle: int, later_ns: int) -> None:
    made = window()
    before = made.top_ticks
    made.point(0)
    made.fit(21, middle, later_ns)
    assert made.top_ticks == before


def test_a_cursor_that_rests_goes_away_and_lets_the_window_follow() -> None:
    made = window()
    made.move(-1, 999, 0)
    made.fit(21, 5000, CURSOR_NS)
    assert made.cursor_ticks is None
    assert made.row_of(5000) == 10


def test_a_frozen_window_stays_until_it_is_released() -> None:
    made = window()
    made.frozen = True
    made.fit(21, 5000, 0)
    assert made.row_of(1000) == 10
    made.frozen = False
    made.fit(21, 5000, 0)
    assert made.row_of(5000) == 10


def test_the_cursor_scrolls_the_window_at_its_rim_only() -> None:
    made = window()
    made.move(1, 1000, 0)
    for _ in range(12):
        made.move(1, 1000, 0)
    assert made.cursor_ticks == 1012
    assert made.top_ticks == 1012


def test_grouping_keeps_the_market_in_the_middle_and_drops_the_cursor() -> None:
    made = window()
    made.move(1, 1000, 0)
    made.regroup(1, 1000)
    assert (made.group_ticks, made.cursor_ticks, made.row_of(1001)) == (2, None, 10)


@given(st.lists(st.sampled_from((1, -1)), max_size=30))
def test_grouping_never_leaves_its_steps(steps: list[int]) -> None:
    made = window()
    for step in steps:
        made.regroup(step, 1000)
        assert made.group_ticks in GROUPS


@given(st.lists(st.integers(-30, 30), max_size=20))
def test_the_cursor_never_stands_below_zero_or_outside_the_window(moves: list[int]) -> None:
    made = LadderWindow()
    made.fit(21, 12, 0)
    for move in moves:
        made.move(move, 12, 0)
        assert made.cursor_ticks is not None
        row = made.row_of(made.cursor_ticks)
        assert made.cursor_ticks >= 0
        assert row is not None
        assert 0 <= row < 21
