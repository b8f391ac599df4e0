"""For how much of the time an account quoted both sides of an instrument."""

import msgspec

from engine.core.commands import BUY, Side
from engine.core.fees.trailing import DAY_NS, TrailingSum, window_start_ns
from engine.core.units import PPM


class SavedQuoting(msgspec.Struct, frozen=True, array_like=True):
    """`Quoting` as a snapshot keeps it."""

    bids: int
    asks: int
    first_ns: int | None
    since_ns: int | None
    days: list[tuple[int, int]]
    """(UTC day since 1970, nanoseconds quoted) of spells that are over."""


class Quoting:
    """One account's presence in one instrument's book.

    It quotes both sides while at least one buy and one sell order of its own rest in the book. Its
    uptime is the share of the last thirty UTC days during which it did, counted from its first such
    quote where that is later. Times are Unix nanoseconds and never go back.

    Attributes:
        bids: How many of its buy orders rest.
        asks: How many of its sell orders rest.
    """

    __slots__ = ("_first_ns", "_quoted", "_since_ns", "asks", "bids")

    def __init__(self) -> None:
        self.bids = 0
        self.asks = 0
        self._first_ns: int | None = None
        self._since_ns: int | None = None
        """When the spell of quoting both sides that goes on began."""
        self._quoted = TrailingSum()

    def rested(self, now_ns: int, side: Side) -> None:
        """One of its orders came to rest in the book."""
        if side is BUY:
            self.bids += 1
        else:
            self.asks += 1
        if self._since_ns is None and self.bids and self.asks:
            self._since_ns = now_ns
            if self._first_ns is None:
                self._first_ns = now_ns

    def left(self, now_ns: int, side: Side) -> None:
        """One of its resting orders left the book: filled, cancelled, or about to move."""
        if side is BUY:
            self.bids -= 1
        else:
            self.asks -= 1
        if self._since_ns is not None and not (self.bids and self.asks):
            self._end_spell(self._since_ns, now_ns)
            self._since_ns = None

    def uptime_ppm(self, now_ns: int) -> int | None:
        """Its uptime in millionths, rounded down; None before its first two-sided quote.

        At the very instant of that first quote all of no time was quoted: 1,000,000.
        """
        if self._first_ns is None:
            return None
        start_ns = window_start_ns(now_ns)
        quoted_ns = self._quoted.at(now_ns)
        if self._since_ns is not None:
            quoted_ns += now_ns - max(self._since_ns, start_ns)
        whole_ns = now_ns - max(self._first_ns, start_ns)
        if not whole_ns:
            return PPM
        return quoted_ns * PPM // whole_ns

    def _end_spell(self, begin_ns: int, end_ns: int) -> None:
        """Count a spell to the days in which it lay."""
        begin_ns = max(begin_ns, window_start_ns(end_ns))
        while (midnight_ns := (begin_ns // DAY_NS + 1) * DAY_NS) < end_ns:
            self._quoted.add(begin_ns, midnight_ns - begin_ns)
            begin_ns = midnight_ns
        self._quoted.add(begin_ns, end_ns - begin_ns)

    def saved(self) -> SavedQuoting:
        """The whole state."""
        return SavedQuoting(
            bids=self.bids,
            asks=self.asks,
            first_ns=self._first_ns,
            since_ns=self._since_ns,
            days=self._quoted.saved(),
        )

    @classmethod
    def restored(cls, saved: SavedQuoting) -> "Quoting":
        """The presence that was saved."""
        quoting = cls()
        quoting.bids = saved.bids
        quoting.asks = saved.asks
        quoting._first_ns = saved.first_ns
        quoting._since_ns = saved.since_ns
        quoting._quoted = TrailingSum.restored(saved.days)
        return quoting
