"""Order-flow imbalance: what came to the bid less what came to the ask, at the touch.

Each change of the best prices and their quantities contributes

    e = [P_b >= P_b'] q_b - [P_b <= P_b'] q_b' - [P_a <= P_a'] q_a + [P_a >= P_a'] q_a'

where a dash marks the touch before. A bid that grows, appears or rises counts for the buyers, one
that shrinks or falls for the sellers, and the ask the other way round; trades, cancels and new
orders count alike. The sum of e over a while moves with the price over that while.

A side that is empty stands at a price worse than any, with nothing there.

Source: R. Cont, A. Kukanov, S. Stoikov, "The price impact of order book events", Journal of
Financial Econometrics 12 (2014), equations 2 to 4.
"""

from collections import deque
from typing import NamedTuple

CHANGES_MAX = 100_000
"""How many changes a window holds at most; the oldest leave it before their time."""


class Touch(NamedTuple):
    """The best prices and what stands there; None and 0 for an empty side."""

    bid_price: int | None
    bid_quantity: int
    ask_price: int | None
    ask_quantity: int


class OrderFlow:
    """The order-flow imbalance of the last while, kept up with every change.

    Args:
        window_ns: How long a change counts.

    Attributes:
        total: Of the window, in lots; positive when buyers came.
    """

    __slots__ = ("_changes", "_touch", "_window_ns", "total")

    def __init__(self, window_ns: int) -> None:
        self._window_ns = window_ns
        self._touch: Touch | None = None
        self._changes: deque[tuple[int, int]] = deque()
        self.total = 0

    def take(self, ts_ns: int, touch: Touch) -> int:
        """The touch is now this; what the change contributed. The first is what others start from.

        Args:
            ts_ns: Never before the time of an earlier call.
        """
        before, self._touch = self._touch, touch
        if before is None or before == touch:
            self.advance(ts_ns)
            return 0
        flow = flow_of(before, touch)
        self._changes.append((ts_ns, flow))
        self.total += flow
        if len(self._changes) > CHANGES_MAX:
            self.total -= self._changes.popleft()[1]
        self.advance(ts_ns)
        return flow

    def advance(self, ts_ns: int) -> None:
        """Forget what is a whole window old."""
        changes, oldest_ns = self._changes, ts_ns - self._window_ns
        while changes and changes[0][0] <= oldest_ns:
            self.total -= changes.popleft()[1]

    def restart(self) -> None:
        """The next touch is not compared with the last: the book was lost in between."""
        self._touch = None


def flow_of(before: Touch, now: Touch) -> int:
    """What one change of the touch contributes, in lots."""
    bid = _side_flow(before.bid_price, before.bid_quantity, now.bid_price, now.bid_quantity)
    # An ask is a bid for the other thing: lower is better.
    ask = _side_flow(
        _negative(before.ask_price), before.ask_quantity, _negative(now.ask_price), now.ask_quantity
    )
    return bid - ask


def _side_flow(old: int | None, old_quantity: int, new: int | None, new_quantity: int) -> int:
    """What came to a side, whose price is better the higher it is."""
    if old is None or new is None:
        return new_quantity - old_quantity
    return (new_quantity if new >= old else 0) - (old_quantity if new <= old else 0)


def _negative(price: int | None) -> int | None:
    return None if price is None else -price
