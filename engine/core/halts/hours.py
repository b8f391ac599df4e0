"""The sessions of an instrument: when it trades, and when its day ends."""

from bisect import bisect_right

DAY_NS = 86_400 * 1_000_000_000


class Hours:
    """Sessions in order, without overlap. None at all means that it trades at all times."""

    __slots__ = ("_opens", "sessions")

    def __init__(self, sessions: tuple[tuple[int, int], ...] = ()) -> None:
        self.sessions = sessions
        self._opens = [open_ns for open_ns, _ in sessions]

    def is_open(self, now_ns: int) -> bool:
        """Whether it trades now: from a session's open to before its close."""
        if not self.sessions:
            return True
        at = bisect_right(self._opens, now_ns) - 1
        return at >= 0 and now_ns < self.sessions[at][1]

    def opens_ns(self, now_ns: int) -> int | None:
        """When the next session opens that has not begun; None when none is known."""
        at = bisect_right(self._opens, now_ns)
        return self._opens[at] if at < len(self._opens) else None

    def day_end_ns(self, now_ns: int) -> int:
        """When the session that contains now closes; without sessions, the next midnight UTC."""
        if not self.sessions:
            return (now_ns // DAY_NS + 1) * DAY_NS
        return self.sessions[bisect_right(self._opens, now_ns) - 1][1]
