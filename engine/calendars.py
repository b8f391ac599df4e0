"""When markets with opening hours trade, as the nanosecond intervals that the core is given.

A calendar knows, for each trading day, from when to when it trades. Times of day are those of New
York, so that the intervals move by an hour in UTC where daylight saving begins and ends.

| name | trades |
|---|---|
| `24/7` | always: it states no session |
| `us-equities` | 09:30 to 16:00, to 13:00 on half days, not on holidays of the exchange |
| `fx` | Sunday 17:00 to Friday 17:00 in days that end at 17:00; not on 25 December and 1 January |

Holidays and half days of the New York Stock Exchange come from the `holidays` package, which keeps
the rules and the single days of mourning; half days end at 13:00 as the exchange has published
since 1993 (https://www.nyse.com/markets/hours-calendars).

    CalendarError
      UnknownCalendar     no calendar has this name
      SpanOutOfRange      the dates of that time are not known, or too many were asked for
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

ALWAYS = "24/7"
US_EQUITIES = "us-equities"
FX = "fx"

NEW_YORK = "America/New_York"
NS_PER_SECOND = 1_000_000_000
DAYS_MAX = 3_660
"""Most days of one question: ten years."""
FIRST_NS = 725_846_400 * NS_PER_SECOND
"""1993-01-01, from when on half days end at 13:00."""
LAST_NS = 4_102_444_800 * NS_PER_SECOND
"""2100-01-01, until when the holidays are known."""

_OPENS, _CLOSES, _CLOSES_EARLY = time(9, 30), time(16), time(13)
_DAY_ENDS = time(17)
_SATURDAY, _SUNDAY = 5, 6
_FX_HOLIDAYS = ((12, 25), (1, 1))

Session = tuple[int, int]
"""(open_ns, close_ns): it trades from open to before close."""
Calendar = Callable[[date], Session | None]
"""The session of a trading day; None for a day without one."""


class CalendarError(ValueError):
    """A question that no calendar can answer; the sentence says what could be asked."""


class UnknownCalendar(CalendarError):
    """No calendar has this name."""


class SpanOutOfRange(CalendarError):
    """The time that was asked about begins too early, ends too late, or is too long."""


def sessions(name: str, from_ns: int, days: int) -> tuple[Session, ...]:
    """The sessions of a calendar that are not over at `from_ns` and open within so many days.

    Args:
        name: A key of `CALENDARS`.
        from_ns: Unix time in nanoseconds.
        days: Of 24 hours, from 1 to `DAYS_MAX`.

    Returns:
        In order, without overlap; empty for a market that never closes.

    Raises:
        UnknownCalendar: No calendar has this name.
        SpanOutOfRange: Not within the years of which the holidays are known.
    """
    calendar = CALENDARS.get(name)
    if calendar is None:
        known = ", ".join(CALENDARS)
        raise UnknownCalendar(f"there is no calendar {name!r}; an instrument may follow {known}")
    until_ns = from_ns + _span_ns(from_ns, days)
    first = datetime.fromtimestamp(from_ns // NS_PER_SECOND, UTC).date() - timedelta(days=1)
    found = (calendar(first + timedelta(days=day)) for day in range(days + 3))
    return tuple(
        session for session in found if session and session[1] > from_ns and session[0] < until_ns
    )


def _span_ns(from_ns: int, days: int) -> int:
    if not 1 <= days <= DAYS_MAX:
        raise SpanOutOfRange(f"{days} days are not from 1 to {DAYS_MAX:,}; ask for fewer at a time")
    span_ns = days * 86_400 * NS_PER_SECOND
    if from_ns < FIRST_NS or from_ns + span_ns > LAST_NS:
        raise SpanOutOfRange(
            f"{days} days from {from_ns} ns are not within 1993 to 2099, the years whose sessions"
            " are known; check the clock"
        )
    return span_ns


def _always(day: date) -> None:
    """No session is stated, and a market without a statement never closes."""


def _us_equities(day: date) -> Session | None:
    if day.weekday() in (_SATURDAY, _SUNDAY):
        return None
    closed, early = _nyse_days(day.year)
    if day in closed:
        return None
    return _new_york_ns(day, _OPENS), _new_york_ns(day, _CLOSES_EARLY if day in early else _CLOSES)


def _fx(day: date) -> Session | None:
    """The trading day that ends on `day`, and began the evening before."""
    if day.weekday() in (_SATURDAY, _SUNDAY) or (day.month, day.day) in _FX_HOLIDAYS:
        return None
    return _new_york_ns(day - timedelta(days=1), _DAY_ENDS), _new_york_ns(day, _DAY_ENDS)


CALENDARS: Mapping[str, Calendar] = MappingProxyType(
    {ALWAYS: _always, US_EQUITIES: _us_equities, FX: _fx}
)
"""Every calendar by name."""


def _new_york_ns(day: date, at: time) -> int:
    """No session begins or ends in an hour that daylight saving skips or repeats."""
    moment = datetime.combine(day, at, _zone(NEW_YORK))
    return int(moment.timestamp()) * NS_PER_SECOND


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def _nyse_days(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(whole days closed, half days) of a year."""
    # The package takes longer to import than the program to start, and most markets need none.
    from holidays import HALF_DAY, PUBLIC, financial_holidays

    closed = financial_holidays("NYSE", years=year, expand=False, categories=PUBLIC)
    early = financial_holidays("NYSE", years=year, expand=False, categories=HALF_DAY)
    return frozenset(closed), frozenset(early) - frozenset(closed)
