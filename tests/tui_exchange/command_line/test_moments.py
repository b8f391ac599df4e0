"""Times that a person writes are moments of the UTC calendar, always ahead."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tui_exchange.command_line.statements_strategy import expiries
from tests.tui_exchange.command_line.trader import NOW_NS
from tui_exchange.command_line import ResolutionRefusal
from tui_exchange.command_line.moments import expiry_ns, read_expiry, render_expiry

SECOND = 10**9
HOUR = 3600 * SECOND


def test_the_clock_of_these_tests_stands_at_two_in_the_afternoon():
    assert datetime.fromtimestamp(NOW_NS // SECOND, UTC) == datetime(2026, 11, 21, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "ahead_ns"),
    [
        ("1s", SECOND),
        ("15m", 900 * SECOND),
        ("1h30m", HOUR + HOUR // 2),
        ("1w2d", 9 * 24 * HOUR),
        ("14:30", HOUR // 2),
        ("14:00:01", SECOND),
        ("14:00", 24 * HOUR),
        ("13:59", 24 * HOUR - 60 * SECOND),
        ("2026-11-22T14:30", 24 * HOUR + HOUR // 2),
    ],
)
def test_each_form_is_a_moment_ahead(text, ahead_ns):
    assert expiry_ns(read_expiry(text), NOW_NS) - NOW_NS == ahead_ns


def test_a_moment_that_has_passed_or_is_far_off_is_refused():
    for text, sentence in (("2026-11-21T14:00", "has passed"), ("2037-01-01T00:00", "ten years")):
        with pytest.raises(ResolutionRefusal, match=sentence):
            expiry_ns(read_expiry(text), NOW_NS)


@given(expiries)
def test_every_time_has_one_text_that_reads_back(expiry):
    assert read_expiry(render_expiry(expiry)) == expiry


@given(st.times().map(lambda t: t.replace(microsecond=0)), st.integers(0, 10**18))
def test_a_time_of_day_is_within_the_next_day(clock, now_ns):
    ahead_ns = expiry_ns(clock, now_ns) - now_ns
    assert 0 < ahead_ns <= timedelta(days=1) // timedelta(microseconds=1) * 1000
