"""Which prices the ladder shows, and where its cursor is: integers only, no screen.

The window stands still while the market moves in it and is centred again when the market is more
than a third of the height from the middle. It never moves under a cursor in use or a moving mouse:
a row that changes its price under a finger turns one order into another.
"""

from dataclasses import dataclass

NS_PER_SECOND = 1_000_000_000
CURSOR_NS = 10 * NS_PER_SECOND
"""How long a cursor that is not moved stays, and holds the window."""
POINTER_NS = NS_PER_SECOND
GROUPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
"""Ticks in one row."""


@dataclass(slots=True)
class LadderWindow:
    """A window of prices, highest first, and a cursor that stays at its price."""

    rows: int = 0
    group_ticks: int = 1
    top_ticks: int | None = None
    """The lowest price of the first row; None until a price is known."""
    frozen: bool = False
    cursor_ticks: int | None = None
    _used_ns: int = 0
    _pointer_ns: int | None = None

    def fit(self, rows: int, middle_ticks: int | None, now_ns: int) -> None:
        """Have `rows` rows, and follow the market as far as that is allowed now."""
        resized, self.rows = rows != self.rows, rows
        if self.cursor_ticks is not None and not self._cursor_in_use(now_ns):
            self.cursor_ticks = None
        if middle_ticks is None or rows < 1:
            return
        lost = self.top_ticks is None or (resized and self.cursor_ticks is None)
        free = not self.frozen and not self.held(now_ns)
        if lost or (free and self._far(middle_ticks)):
            self.centre(middle_ticks)

    def held(self, now_ns: int) -> bool:
        """A cursor or mouse is in use: the window must not move by itself."""
        pointer = self._pointer_ns is not None and 0 <= now_ns - self._pointer_ns < POINTER_NS
        return pointer or self._cursor_in_use(now_ns)

    def centre(self, middle_ticks: int) -> None:
        """Put a price into the middle row."""
        self.top_ticks = self._aligned(middle_ticks) + (self.rows // 2) * self.group_ticks

    def point(self, now_ns: int) -> None:
        """The mouse moved over the ladder."""
        self._pointer_ns = now_ns

    def regroup(self, step: int, middle_ticks: int | None) -> None:
        """Coarser (+1) or finer (-1) rows around the market; the cursor goes, its row is gone."""
        index = GROUPS.index(self.group_ticks) + step
        self.group_ticks = GROUPS[max(0, min(index, len(GROUPS) - 1))]
        self.cursor_ticks = None
        if middle_ticks is not None:
            self.centre(middle_ticks)

    def move(self, rows_up: int, start_ticks: int | None, now_ns: int) -> None:
        """Move the cursor; a first move sets it at `start_ticks`. The window follows at its rim."""
        if self.cursor_ticks is not None:
            self.cursor_ticks += rows_up * self.group_ticks
        elif start_ticks is not None:
            self.cursor_ticks = self._aligned(start_ticks)
        self.cursor_ticks = None if self.cursor_ticks is None else max(0, self.cursor_ticks)
        self._used_ns = now_ns
        self._scroll_to_cursor()

    def set_cursor(self, row: int, now_ns: int) -> None:
        """Put the cursor on a row, as a click does."""
        if self.top_ticks is not None and 0 <= row < self.rows:
            self.cursor_ticks = max(0, self.top_ticks - row * self.group_ticks)
            self._used_ns = now_ns

    def use(self, now_ns: int) -> None:
        """A key acted at the cursor: it stays."""
        self._used_ns = now_ns

    def row_of(self, price_ticks: int) -> int | None:
        """The row that holds a price; may lie outside the window. None before any price."""
        if self.top_ticks is None:
            return None
        return (self.top_ticks - self._aligned(price_ticks)) // self.group_ticks

    def _cursor_in_use(self, now_ns: int) -> bool:
        return self.cursor_ticks is not None and 0 <= now_ns - self._used_ns < CURSOR_NS

    def _far(self, middle_ticks: int) -> bool:
        row = self.row_of(middle_ticks)
        return row is None or abs(row - self.rows // 2) > self.rows // 3

    def _aligned(self, price_ticks: int) -> int:
        return price_ticks // self.group_ticks * self.group_ticks

    def _scroll_to_cursor(self) -> None:
        if self.cursor_ticks is None or self.top_ticks is None:
            return
        lowest = self.top_ticks - (self.rows - 1) * self.group_ticks
        if self.cursor_ticks > self.top_ticks:
            self.top_ticks = self.cursor_ticks
        elif self.cursor_ticks < lowest:
            self.top_ticks = self.cursor_ticks + (self.rows - 1) * self.group_ticks
