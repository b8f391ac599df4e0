"""Times as several venues write them: `2023-07-30T15:29:58.343415Z`, with up to nine decimals.

Source: RFC 3339, *Date and Time on the Internet: Timestamps*, section 5.6.
"""

import re
from datetime import datetime
from functools import lru_cache

from feeds.errors import MalformedFrame

SECOND_NS = 10**9
NS_MAX = 2**63 - 1
FRACTION_DIGITS = 9
_FORM = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)


def unix_ns(text: str) -> int:
    """Unix nanoseconds, exact.

    Raises:
        MalformedFrame: No such time, or one before 1970 or beyond what 64 bits hold.
    """
    parts = _FORM.fullmatch(text)
    if parts is None:
        raise MalformedFrame(f"{text[:40]!r} is no time such as 2023-07-30T15:29:58.343415Z")
    date, time, fraction, zone = parts.groups()
    whole_ns = _second_ns(date, time, zone)
    return whole_ns + (int(fraction.ljust(FRACTION_DIGITS, "0")) if fraction else 0)


def stated_ns(text: str) -> int:
    """The same where a time may be left out; 0 for an empty text.

    Raises:
        MalformedFrame: As above.
    """
    return unix_ns(text) if text else 0


@lru_cache(maxsize=256)
def _second_ns(date: str, time: str, zone: str) -> int:
    try:
        moment = datetime.fromisoformat(f"{date}T{time}{zone.upper()}")
        second_ns = int(moment.timestamp()) * SECOND_NS
    except (ValueError, OverflowError):
        raise MalformedFrame(f"{date} {time} is no time that exists") from None
    if not 0 <= second_ns <= NS_MAX - SECOND_NS:
        raise MalformedFrame(f"{date} {time} is not within the years that are reckoned with")
    return second_ns
