"""What happened within the last thirty UTC days, today included.

Amounts are kept by day, so that a day's whole amount falls out at one midnight.
"""

from collections import deque

DAY_NS = 86_400 * 10**9
WINDOW_DAYS = 30


def window_start_ns(now_ns: int) -> int:
    """When the window that ends now began: the midnight of the 29th day before today."""
    return (now_ns // DAY_NS - WINDOW_DAYS + 1) * DAY_NS


class TrailingSum:
    """The sum of amounts over the window.

    Adding at the time of the last addition's day costs a few machine operations; a new day costs
    as much as there are days to drop. Times are Unix nanoseconds and never go back.
    """

    __slots__ = ("_days", "_ends_ns", "_today", "_total")

    def __init__(self) -> None:
        self._days: deque[tuple[int, int]] = deque()
        """(day, amount) of the days before the last one that has an amount, ascending."""
        self._today = 0
        self._total = 0
        self._ends_ns = 0
        """The end of the last day that has an amount; 0: there is none."""

    def add(self, now_ns: int, amount: int) -> int:
        """Count an amount, and say what the window now holds."""
        if now_ns >= self._ends_ns:
            self._turn(now_ns // DAY_NS)
        self._today += amount
        self._total += amount
        return self._total

    def at(self, now_ns: int) -> int:
        """What the window holds at a time not before the last addition; changes nothing."""
        if now_ns < self._ends_ns:
            return self._total
        gone_day = now_ns // DAY_NS - WINDOW_DAYS
        total = self._total
        for day, amount in self._days:
            if day > gone_day:
                return total
            total -= amount
        return total if self._ends_ns > (gone_day + 1) * DAY_NS else 0

    def _turn(self, day: int) -> None:
        """Begin a day, without those that are now too long ago."""
        days = self._days
        if self._ends_ns:
            days.append((self._ends_ns // DAY_NS - 1, self._today))
        while days and days[0][0] <= day - WINDOW_DAYS:
            self._total -= days.popleft()[1]
        self._today = 0
        self._ends_ns = (day + 1) * DAY_NS

    def saved(self) -> list[tuple[int, int]]:
        """The whole state: (UTC day since 1970, amount) of each day kept, ascending."""
        if not self._ends_ns:
            return []
        return [*self._days, (self._ends_ns // DAY_NS - 1, self._today)]

    @classmethod
    def restored(cls, days: list[tuple[int, int]]) -> "TrailingSum":
        """The sum that was saved."""
        trailing = cls()
        if days:
            *before, (last, trailing._today) = days
            trailing._days.extend(before)
            trailing._ends_ns = (last + 1) * DAY_NS
            trailing._total = sum(amount for _, amount in days)
        return trailing
