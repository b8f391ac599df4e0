"""A reader's view of one published book that checks each message against what was on display."""

from engine.core.commands import Side
from feeds.messages import BookDelta, BookSnapshot, Levels, Trade


class DisplayedBook:
    """Built from the messages alone; every rule of the venue is an assertion here.

    Prices and sizes are counted in units of their last decimal place.
    """

    def __init__(self, snapshot: BookSnapshot) -> None:
        self.bids = {units(price): units(size) for price, size in snapshot.bids}
        self.asks = {units(price): units(size) for price, size in snapshot.asks}
        self.update_id = snapshot.update_id
        self.levels_min = min(len(self.bids), len(self.asks))
        self.trades = 0
        assert snapshot.venue_ns is not None
        self.depth_ns = self.venue_ns = snapshot.venue_ns
        self._printed: dict[tuple[Side, int], int] = {}
        self._check_uncrossed()

    def change(self, delta: BookDelta) -> None:
        assert delta.previous_update_id == self.update_id
        assert delta.first_update_id == self.update_id + 1
        assert delta.last_update_id >= delta.first_update_id
        assert delta.venue_ns >= self.venue_ns
        self.depth_ns = self.venue_ns = delta.venue_ns
        self.update_id = delta.last_update_id
        self._check_prints_are_reported(delta)
        set_levels(self.bids, delta.bids)
        set_levels(self.asks, delta.asks)
        self.levels_min = min(self.levels_min, len(self.bids), len(self.asks))
        self._check_uncrossed()

    def print_trade(self, trade: Trade) -> None:
        assert trade.venue_ns > self.depth_ns
        assert trade.venue_ns >= self.venue_ns
        self.venue_ns = trade.venue_ns
        self.trades += 1
        levels = self.asks if trade.side is Side.BUY else self.bids
        price, size = units(trade.price), units(trade.size)
        left = {p: s for p, s in levels.items() if self._printed.get((trade.side, p), 0) < s}
        assert price == (min(left) if trade.side is Side.BUY else max(left))
        printed = self._printed.get((trade.side, price), 0) + size
        assert 0 < printed <= levels[price]
        self._printed[trade.side, price] = printed

    def _check_prints_are_reported(self, delta: BookDelta) -> None:
        if not self._printed:
            return
        reported = {
            Side.BUY: {units(price) for price, _ in delta.asks},
            Side.SELL: {units(price) for price, _ in delta.bids},
        }
        for side, price in self._printed:
            assert price in reported[side]
        self._printed.clear()

    def _check_uncrossed(self) -> None:
        assert max(self.bids) < min(self.asks)


def units(text: str) -> int:
    """The venue writes every price, and every size, with the same number of decimals."""
    return int(text.replace(".", ""))


def set_levels(levels: dict[int, int], changes: Levels) -> None:
    for price, size in changes:
        if units(size) == 0:
            levels.pop(units(price), None)
        else:
            levels[units(price)] = units(size)
