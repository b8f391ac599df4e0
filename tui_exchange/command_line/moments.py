"""Words for times into durations, times of day and moments, and back. All of them are UTC.

| text | means |
|---|---|
| `15m`, `1h30m`, `2d` | so long from now |
| `14:30`, `14:30:05` | the next such time of day |
| `2026-11-22T14:30` | that moment |
"""

import re
from datetime import UTC, datetime, time, timedelta

from tui_exchange.command_line.refusals import CommandLineRefusal, ResolutionRefusal
from tui_exchange.command_line.terms import Expiry

FORMS = "`15m` from now, `14:30` or `2026-11-22T14:30`, both UTC"
AHEAD_MAX = timedelta(days=3650)
"""Far beyond any use, and within what a nanosecond clock counts in 64 bits."""
SECONDS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}

_AMOUNT = r"(?:([0-9]{1,6})%s)?"
DURATION = re.compile("".join(_AMOUNT % unit for unit in SECONDS), re.ASCII)
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})t(.*)", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def read_expiry(text: str) -> Expiry:
    """A duration, a time of day or a moment.

    Raises:
        CommandLineRefusal: None of them, or one that no calendar has.
    """
    word = text.lower()
    if word and (match := DURATION.fullmatch(word)):
        return _duration(text, match)
    if match := CLOCK.fullmatch(word):
        return _clock(text, match)
    if match := DAY.fullmatch(word):
        clock = CLOCK.fullmatch(match[4].removesuffix("z"))
        if clock is not None:
            return _moment(text, match, _clock(text, clock))
    raise CommandLineRefusal(f"{text[:24]!r} is not a time: write {FORMS}")


def render_expiry(expiry: Expiry) -> str:
    """The one text of a time, which `read_expiry` reads back."""
    if isinstance(expiry, timedelta):
        return _duration_text(int(expiry.total_seconds()))
    if isinstance(expiry, time):
        return _clock_text(expiry)
    return f"{expiry.date().isoformat()}T{_clock_text(expiry.time())}"


def expiry_ns(expiry: Expiry, now_ns: int) -> int:
    """The moment meant, in nanoseconds of the UTC epoch, after now.

    Raises:
        ResolutionRefusal: It has passed, or lies further ahead than ten years.
    """
    if isinstance(expiry, timedelta):
        return now_ns + _nanoseconds(expiry)
    if isinstance(expiry, time):
        today = (EPOCH + timedelta(microseconds=now_ns // 1000)).date()
        then_ns = _nanoseconds(datetime.combine(today, expiry, UTC) - EPOCH)
        return then_ns if then_ns > now_ns else then_ns + SECONDS["d"] * 10**9
    then_ns = _nanoseconds(expiry - EPOCH)
    if then_ns <= now_ns:
        raise ResolutionRefusal(f"{render_expiry(expiry)} has passed; give a time ahead")
    if then_ns - now_ns > _nanoseconds(AHEAD_MAX):
        raise ResolutionRefusal(f"{render_expiry(expiry)} is more than ten years ahead")
    return then_ns


def _duration(text: str, match: re.Match[str]) -> timedelta:
    amounts = zip(match.groups(default="0"), SECONDS.values(), strict=True)
    found = timedelta(seconds=sum(int(amount) * each for amount, each in amounts))
    if not timedelta(0) < found <= AHEAD_MAX:
        raise CommandLineRefusal(
            f"`{text[:24]}` is no time from now: 1s at least, ten years at most"
        )
    return found


def _clock(text: str, match: re.Match[str]) -> time:
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        raise CommandLineRefusal(f"`{text[:24]}` is on no clock: 00:00 to 23:59") from None


def _moment(text: str, match: re.Match[str], clock: time) -> datetime:
    try:
        day = datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    except ValueError:
        raise CommandLineRefusal(f"`{text[:24]}` is on no calendar: write {FORMS}") from None
    return datetime.combine(day.date(), clock, UTC)


def _duration_text(seconds: int) -> str:
    parts = []
    for unit, each in SECONDS.items():
        if unit == "w" and seconds % each:
            continue
        count, seconds = divmod(seconds, each)
        parts.append(f"{count}{unit}" if count else "")
    return "".join(parts)


def _clock_text(clock: time) -> str:
    return f"{clock:%H:%M:%S}" if clock.second else f"{clock:%H:%M}"


def _nanoseconds(span: timedelta) -> int:
    return span // _MICROSECOND * 1000
