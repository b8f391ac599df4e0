"""The equity curve as text."""

from hypothesis import given
from hypothesis import strategies as st

from tui_exchange.renderables.curve import column_spans, curve_lines, hanging_lines

POINTS = st.lists(
    st.tuples(st.integers(0, 10**18), st.integers(-(10**18), 10**18)), min_size=1, max_size=60
).map(sorted)


def test_a_rise_goes_from_the_lower_left_to_the_upper_right() -> None:
    points = [(time, time) for time in range(16)]
    assert curve_lines(points, 4, 2) == ["⠀⠀⣠⠞", "⣠⠞⠁⠀"]


def test_values_that_stay_the_same_are_a_line_across_the_middle() -> None:
    assert curve_lines([(0, 5), (10, 5)], 3, 1) == ["⠤⠤⠤"]


def test_a_drawdown_hangs_from_the_top_and_its_worst_reaches_the_bottom() -> None:
    assert hanging_lines([(0, 0), (1, 0), (2, 7), (3, 0)], 2, 2) == ["⠉⣿", "⠀⣿"]


def test_without_points_there_is_nothing_to_see() -> None:
    assert curve_lines([], 3, 2) == ["⠀⠀⠀", "⠀⠀⠀"]
    assert hanging_lines([], 3, 1) == ["⠀⠀⠀"]


def test_a_quiet_time_goes_on_at_the_last_value() -> None:
    assert column_spans([(0, 1), (100, 9)], 4) == [(1, 1), (1, 1), (1, 1), (1, 9)]


@given(POINTS, st.integers(1, 40), st.integers(1, 10))
def test_a_chart_has_exactly_the_size_asked_for(
    points: list[tuple[int, int]], width: int, height: int
) -> None:
    for lines in (curve_lines(points, width, height), hanging_lines(points, width, height)):
        assert [len(line) for line in lines] == [width] * height


@given(POINTS, st.integers(1, 80))
def test_no_extreme_is_lost_however_narrow_the_chart(
    points: list[tuple[int, int]], columns: int
) -> None:
    spans = column_spans(points, columns)
    assert min(low for low, _ in spans) == min(value for _, value in points)
    assert max(high for _, high in spans) == max(value for _, value in points)
