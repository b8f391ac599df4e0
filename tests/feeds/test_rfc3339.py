"""Times as text, exact to the nanosecond."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import MalformedFrame
from feeds.rfc3339 import stated_ns, unix_ns

SECOND_NS = 10**9


@pytest.mark.parametrize(
    ("text", "unix"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2023-07-30T15:29:58.343415Z", 1_690_730_998_343_415_000),
        ("2023-07-30T15:29:58.343415009Z", 1_690_730_998_343_415_009),
        ("2023-07-30t15:29:58.3z", 1_690_730_998_300_000_000),
        ("2023-07-30 17:29:58+02:00", 1_690_730_998_000_000_000),
    ],
)
def test_a_time_is_read_to_its_last_decimal(text: str, unix: int) -> None:
    assert unix_ns(text) == unix


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)),
    st.integers(0, 999_999_999),
    st.integers(-14 * 60, 14 * 60),
)
def test_any_zone_names_the_same_moment(moment: datetime, fraction: int, offset: int) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    local = moment.astimezone(timezone(timedelta(minutes=offset)))
    text = f"{local:%Y-%m-%dT%H:%M:%S}.{fraction:09}{_offset(offset)}"
    assert unix_ns(text) == int(moment.timestamp()) * SECOND_NS + fraction


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-30T15:29:58",
        "2023-07-30",
        "2023-02-30T15:29:58Z",
        "2023-07-30T25:00:00Z",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "9999-01-01T00:00:00Z",
        "2023-07-30T15:29:58.1234567890Z",
        "2023-07-30T15:29:58.Z",
        "２０２３-07-30T15:29:58Z",
        "1690730998",
    ],
)
def test_what_is_no_time_is_malformed(text: str) -> None:
    with pytest.raises(MalformedFrame):
        unix_ns(text)


def test_a_time_that_is_left_out_is_zero() -> None:
    assert stated_ns("") == 0
    assert stated_ns("1970-01-01T00:00:01Z") == SECOND_NS


def _offset(minutes: int) -> str:
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
