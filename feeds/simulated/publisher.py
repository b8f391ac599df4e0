"""What the venue says of one instrument: its book, its prints, its candles, all as exact text.

The venue's time never runs back: a print is later than the depth that showed what it took, and no
later than the depth that reports it.
"""

from engine.core.commands import Side
from feeds.messages import BookDelta, BookSnapshot, Candle, Facts, Levels, Trade
from feeds.simulated.book import DisplayedSide
from feeds.simulated.listing import Listing
from feeds.simulated.step_text import StepText

CANDLE_NS = 60_000_000_000
Published = BookSnapshot | BookDelta | Trade | Facts
"""What the simulated venue says once trading has begun."""


class Publisher:
    """One instrument's.

    Attributes:
        price, size: The text of ticks and of lots.
        last_ticks: Of the last print; 0 before the first.
    """

    def __init__(self, listing: Listing) -> None:
        self.symbol = listing.instrument.symbol
        self.price = StepText(listing.instrument.tick_size)
        self.size = StepText(listing.instrument.lot_size)
        self.last_ticks = 0
        self.traded_lots = 0
        self._update_id = 1
        self._trades = 0
        self._venue_ns = 0
        self._open_ticks = self._high_ticks = self._low_ticks = 0
        self._volume_lots = 0

    def snapshot(self, ts_ns: int, bids: DisplayedSide, asks: DisplayedSide) -> BookSnapshot:
        """The whole book; what is still unreported of it will be reported all the same."""
        self._venue_ns = max(self._venue_ns, ts_ns)
        return BookSnapshot(
            received_ns=ts_ns,
            venue_ns=self._venue_ns,
            symbol=self.symbol,
            update_id=self._update_id,
            bids=self._levels(bids.levels()),
            asks=self._levels(asks.levels()),
        )

    def report(
        self, ts_ns: int, bids: DisplayedSide, asks: DisplayedSide, out: list[Published]
    ) -> None:
        """What changed since the last report, if anything did."""
        if not (bids.changed or asks.changed):
            return
        bid_levels = self._levels(bids.take_changes())
        ask_levels = self._levels(asks.take_changes())
        previous = self._update_id
        self._update_id += len(bid_levels) + len(ask_levels)
        self._venue_ns = max(self._venue_ns, ts_ns)
        out.append(
            BookDelta(
                received_ns=ts_ns,
                venue_ns=self._venue_ns,
                symbol=self.symbol,
                first_update_id=previous + 1,
                last_update_id=self._update_id,
                previous_update_id=previous,
                bids=bid_levels,
                asks=ask_levels,
            )
        )

    def begin_prints(self, ts_ns: int) -> None:
        """An order trades now: later than the last report, and than the order before."""
        self._venue_ns = max(self._venue_ns + 1, ts_ns)

    def print_trade(
        self, ts_ns: int, aggressor: Side, price_ticks: int, lots: int, out: list[Published]
    ) -> None:
        """One print of the order that began."""
        self._trades += 1
        self.traded_lots += lots
        self._volume_lots += lots
        if not self._open_ticks:
            self._open_ticks = self._high_ticks = self._low_ticks = price_ticks
        elif price_ticks > self._high_ticks:
            self._high_ticks = price_ticks
        elif price_ticks < self._low_ticks:
            self._low_ticks = price_ticks
        self.last_ticks = price_ticks
        out.append(
            Trade(
                received_ns=ts_ns,
                venue_ns=self._venue_ns,
                symbol=self.symbol,
                trade_id=str(self._trades),
                side=aggressor,
                price=self.price[price_ticks],
                size=self.size[lots],
            )
        )

    def close_candle(self, ts_ns: int, out: list[Published]) -> None:
        """A minute ended now: what was traded within it, or the last price again."""
        if not self.last_ticks:
            return
        price = self.price
        last = self.last_ticks
        out.append(
            Candle(
                received_ns=ts_ns,
                symbol=self.symbol,
                interval_ns=CANDLE_NS,
                open_ns=ts_ns - CANDLE_NS,
                open=price[self._open_ticks or last],
                high=price[self._high_ticks or last],
                low=price[self._low_ticks or last],
                close=price[last],
                volume=self.size[self._volume_lots],
                closed=True,
            )
        )
        self._open_ticks = self._high_ticks = self._low_ticks = self._volume_lots = 0

    def _levels(self, levels: list[tuple[int, int]]) -> Levels:
        price, size = self.price, self.size
        return tuple([(price[ticks], size[lots]) for ticks, lots in levels])
