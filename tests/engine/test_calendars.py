"""The dates are those that the New York Stock Exchange publishes, not what a package computes."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import (
    CALENDARS,
    DAYS_MAX,
    FIRST_NS,
    LAST_NS,
    CalendarError,
    SpanOutOfRange,
    UnknownCalendar,
    sessions,
)

NEW_YORK = ZoneInfo("America/New_York")
DAY_NS = 86_400 * 10**9

# https://www.nyse.com/markets/hours-calendars; 9 January 2025: the exchange's notice of 30
# December 2024 on the day of mourning for President Carter.
CLOSED = {
    2025: "0101 0109 0120 0217 0418 0526 0619 0704 0901 1127 1225",
    2026: "0101 0119 0216 0403 0525 0619 0703 0907 1126 1225",
    2027: "0101 0118 0215 0326 0531 0618 0705 0906 1125 1224",
}
HALF = {2025: "0703 1128 1224", 2026: "1127 1224", 2027: "1126"}


def at_ns(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 10**9  # type: ignore[misc]


def utc(ns: int) -> datetime:
    return datetime.fromtimestamp(ns // 10**9, UTC)


def dates(year: int, days: str) -> set[date]:
    return {date(year, int(day[:2]), int(day[2:])) for day in days.split()}


def by_day(name: str, year: int) -> dict[date, tuple[datetime, datetime]]:
    """The sessions of a year by the date on which they close, in New York's time."""
    found = {}
    for open_ns, close_ns in sessions(name, at_ns(year, 1, 1, 5), 366):
        closes = utc(close_ns).astimezone(NEW_YORK)
        if closes.year == year:
            found[closes.date()] = (utc(open_ns).astimezone(NEW_YORK), closes)
    return found


@pytest.mark.parametrize("year", sorted(CLOSED))
def test_the_stock_exchange_is_closed_on_its_published_days_only(year: int) -> None:
    first = date(year, 1, 1)
    weekdays = {day for n in range(365) if (day := first + timedelta(days=n)).weekday() < 5}
    assert weekdays - set(by_day("us-equities", year)) == dates(year, CLOSED[year])
    assert set(by_day("us-equities", year)) <= weekdays


@pytest.mark.parametrize("year", sorted(HALF))
def test_the_stock_exchange_opens_at_half_past_nine_and_closes_at_four_or_at_one(year: int) -> None:
    half = dates(year, HALF[year])
    for day, (opens, closes) in by_day("us-equities", year).items():
        assert f"{opens:%H:%M}" == "09:30"
        assert f"{closes:%H:%M}" == ("13:00" if day in half else "16:00"), day
        assert opens.date() == closes.date()


@pytest.mark.parametrize(
    ("day", "opens", "closes"),
    [
        ((2026, 3, 6), "14:30", "21:00"),
        ((2026, 3, 9), "13:30", "20:00"),
        ((2026, 10, 30), "13:30", "20:00"),
        ((2026, 11, 2), "14:30", "21:00"),
        ((2025, 11, 28), "14:30", "18:00"),
        ((2025, 7, 3), "13:30", "17:00"),
    ],
)
def test_sessions_move_in_utc_where_new_york_changes_its_clocks(
    day: tuple[int, int, int], opens: str, closes: str
) -> None:
    ((open_ns, close_ns),) = sessions("us-equities", at_ns(*day), 1)
    assert (f"{utc(open_ns):%H:%M}", f"{utc(close_ns):%H:%M}") == (opens, closes)


def test_a_leap_day_that_is_a_weekday_is_traded() -> None:
    assert sessions("us-equities", at_ns(2024, 2, 29), 1) == (
        (at_ns(2024, 2, 29, 14, 30), at_ns(2024, 2, 29, 21)),
    )
    assert sessions("fx", at_ns(2024, 2, 29), 1)[0] == (
        at_ns(2024, 2, 28, 22),
        at_ns(2024, 2, 29, 22),
    )


def test_the_fx_week_runs_from_sunday_to_friday_evening_without_a_gap() -> None:
    week = sessions("fx", at_ns(2026, 6, 14, 12), 6)
    assert week[0][0] == at_ns(2026, 6, 14, 21)
    assert week[-1][1] == at_ns(2026, 6, 19, 21)
    assert len(week) == 5
    assert all(one[1] == other[0] for one, other in itertools.pairwise(week))


def test_an_fx_day_may_last_an_hour_less_or_more() -> None:
    spring = sessions("fx", at_ns(2026, 3, 7), 3)
    autumn = sessions("fx", at_ns(2026, 10, 31), 3)
    assert spring[0] == (at_ns(2026, 3, 8, 21), at_ns(2026, 3, 9, 21))
    assert autumn[0] == (at_ns(2026, 11, 1, 22), at_ns(2026, 11, 2, 22))
    before = sessions("fx", at_ns(2026, 3, 6), 1)
    assert before[0] == (at_ns(2026, 3, 5, 22), at_ns(2026, 3, 6, 22))


def test_fx_is_closed_at_christmas_and_new_year() -> None:
    days = set(by_day("fx", 2025))
    weekdays = {
        day for n in range(365) if (day := date(2025, 1, 1) + timedelta(days=n)).weekday() < 5
    }
    assert weekdays - days == {date(2025, 1, 1), date(2025, 12, 25)}


def test_a_market_that_never_closes_states_no_session() -> None:
    assert sessions("24/7", at_ns(2026, 1, 1), 30) == ()


def test_a_session_that_runs_is_among_them_until_it_is_over() -> None:
    open_ns, close_ns = at_ns(2026, 6, 15, 13, 30), at_ns(2026, 6, 15, 20)
    assert sessions("us-equities", close_ns - 1, 1)[0] == (open_ns, close_ns)
    assert sessions("us-equities", close_ns, 1)[0][0] == at_ns(2026, 6, 16, 13, 30)


@given(
    name=st.sampled_from(["us-equities", "fx"]),
    from_ns=st.integers(FIRST_NS, LAST_NS - 800 * DAY_NS),
    days=st.integers(1, 40),
    more=st.integers(1, 40),
)
def test_sessions_are_in_order_and_do_not_depend_on_how_far_is_asked(
    name: str, from_ns: int, days: int, more: int
) -> None:
    near = sessions(name, from_ns, days)
    far = sessions(name, from_ns, days + more)
    assert far[: len(near)] == near
    flat = [ns for session in far for ns in session]
    assert flat == sorted(flat)
    assert all(open_ns < close_ns for open_ns, close_ns in far)
    assert all(session[1] > from_ns for session in far)


def test_an_unknown_calendar_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UnknownCalendar, match=r"'nyse'.*24/7, us-equities, fx"):
        sessions("nyse", at_ns(2026, 1, 1), 1)


@pytest.mark.parametrize(
    ("from_ns", "days"),
    [
        (FIRST_NS - 1, 1),
        (LAST_NS, 1),
        (0, 1),
        (-(10**30), 1),
        (10**30, 1),
        (at_ns(2026, 1, 1), 0),
        (at_ns(2026, 1, 1), DAYS_MAX + 1),
    ],
)
def test_a_span_whose_holidays_are_not_known_is_refused(from_ns: int, days: int) -> None:
    for name in CALENDARS:
        with pytest.raises(SpanOutOfRange):
            sessions(name, from_ns, days)
    assert issubclass(SpanOutOfRange, CalendarError)
