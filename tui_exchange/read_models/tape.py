"""What has traded in one instrument since the session began."""

from collections import deque

from engine.core.commands import Side
from tui_exchange.views import PrintView

PRINTS_KEPT = 2_000
PRICES_KEPT = 20_000
"""Prices whose traded quantity is remembered; the farthest from the last trade are forgotten."""


class Tape:
    """Trades of one instrument: the latest ones, and quantity by price and aggressor.

    Attributes:
        open_ticks: The first trade or mid that was seen; None until then.
        volume_lots: Everything traded.
        prints: Newest last.
    """

    __slots__ = ("bought", "open_ticks", "prints", "sold", "volume_lots")

    def __init__(self) -> None:
        self.open_ticks: int | None = None
        self.volume_lots = 0
        self.prints: deque[PrintView] = deque(maxlen=PRINTS_KEPT)
        self.sold: dict[int, int] = {}
        """Lots sold into bids, by price."""
        self.bought: dict[int, int] = {}
        """Lots bought from asks, by price."""

    def add(self, ts_ns: int, price_ticks: int, lots: int, side: Side, own: bool) -> None:
        """One trade; `side` is the aggressor's."""
        if self.open_ticks is None:
            self.open_ticks = price_ticks
        self.volume_lots += lots
        self.prints.append(PrintView(ts_ns, price_ticks, lots, side, own))
        traded = self.bought if side is Side.BUY else self.sold
        traded[price_ticks] = traded.get(price_ticks, 0) + lots
        if len(traded) > PRICES_KEPT:
            _forget_far(traded, price_ticks)

    def latest(self, limit: int) -> tuple[PrintView, ...]:
        """The latest trades, newest first."""
        count = min(limit, len(self.prints))
        return tuple(self.prints[-1 - index] for index in range(count))


def _forget_far(traded: dict[int, int], price_ticks: int) -> None:
    """Keep the half of the prices that is nearest to `price_ticks`."""
    near = sorted(traded, key=lambda ticks: abs(ticks - price_ticks))
    for ticks in near[PRICES_KEPT // 2 :]:
        del traded[ticks]
