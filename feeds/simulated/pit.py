"""One instrument in trading: takers and makers meet in its displayed book, and the venue publishes.

The venue prints a trade when it happens and reports the depth that it took in the next depth
message, a tenth of a second later at most. Before it prints, it reports every change that is
still unreported, so a print is always at a price, and never for more than the size, that was on
display.
"""

import math

from engine.core.commands import Side
from feeds.messages import BookDelta, BookSnapshot, Levels, Message, Trade
from feeds.simulated.book import DisplayedSide
from feeds.simulated.draws import Draws
from feeds.simulated.flow import Arrival, Arrivals, Takers
from feeds.simulated.latent import STEP_NS, Latent
from feeds.simulated.listing import Listing
from feeds.simulated.makers import Makers
from feeds.simulated.step_text import StepText

FRAME_NS = STEP_NS
"""Time between two depth messages."""
_FRAME_S = FRAME_NS / 1e9
_BASIS_MEMORY_S = 45.0
_IMPACT_MEMORY_S = 4.0
_IMPACT_TICKS_PER_DEPTH = 1.1
"""By how many ticks an order as large as a usual level moves the fair price, for a while."""
_LASTING_IMPACT = 0.25
"""Share of an order's impact that stays for good, on all instruments of the underlying."""
_SWEEP_LEVELS_MAX = 8
_LEVELS_MIN = 20
"""Takers leave a side with fewer levels alone until makers have filled it."""


class Pit:
    """The trading of one instrument.

    Attributes:
        bids, asks: What is on display, reported or not.
    """

    def __init__(self, listing: Listing, opening_ticks: int, latent: Latent, draws: Draws) -> None:
        self.listing = listing
        self._latent = latent
        self._draws = draws
        self._anchor_ticks = opening_ticks / math.exp(listing.basis)
        self._basis = listing.basis
        self._impact_ticks = 0.0
        self._lean_ticks = 0.0
        self._makers = Makers(listing.depth_lots, draws)
        self._takers = Takers(listing.trade_lots, draws)
        self._arrivals = Arrivals(listing.trades_hz, listing.quotes_hz, draws)
        self._arriving: Arrival | None = None
        self._price = StepText(listing.instrument.tick_size)
        self._size = StepText(listing.instrument.lot_size)
        self._update_id = 0
        self._trades = 0
        self.bids = DisplayedSide(1, opening_ticks - 1, self._takers.lots())
        self.asks = DisplayedSide(-1, -opening_ticks - 1, self._takers.lots())
        self._targets = {1: 0, -1: 0}
        self._aim()

    def open(self, ts_ns: int) -> BookSnapshot:
        """The book at the start of trading, whole."""
        for side in (self.bids, self.asks):
            self._makers.fill(side, self._targets[side.sign], side.best + 1)
        self._update_id += 1
        return BookSnapshot(
            received_ns=ts_ns,
            symbol=self.listing.instrument.symbol,
            update_id=self._update_id,
            bids=self._levels(self.bids),
            asks=self._levels(self.asks),
        )

    def frame(self, ts_ns: int, out: list[Message]) -> None:
        """A tenth of a second has passed: makers follow the fair price, the venue reports depth."""
        self._basis += (self.listing.basis - self._basis) * _FRAME_S / _BASIS_MEMORY_S
        self._basis += (
            self.listing.basis_deviation
            * math.sqrt(2.0 * _FRAME_S / _BASIS_MEMORY_S)
            * self._draws.normal()
        )
        self._impact_ticks *= math.exp(-_FRAME_S / _IMPACT_MEMORY_S)
        self._aim()
        bids, asks, makers, targets = self.bids, self.asks, self._makers, self._targets
        for side in (bids, asks):
            threat = self._threat(side)
            if threat > 1.0:
                makers.thin(side, threat - 1.0)
        first, second = (bids, asks) if self._lean_ticks < 0.0 else (asks, bids)
        for side in (first, second):
            self._deepen_and_retreat(side, targets[side.sign])
        makers.follow(first, targets[first.sign], -second.best)
        makers.follow(second, targets[second.sign], -first.best)
        self._report(ts_ns, out)

    def wait_ns(self) -> int:
        """Nanoseconds until `arrive` is due next."""
        wait_s, self._arriving = self._arrivals.wait(self._latent.activity)
        return max(1, int(wait_s * 1e9))

    def arrive(self, ts_ns: int, out: list[Message]) -> None:
        """What was awaited arrives: an order that trades, a quote that changes, or nothing."""
        if self._arriving is Arrival.TRADE:
            self._trade(ts_ns, out)
        elif self._arriving is Arrival.QUOTE:
            side, other = self.bids, self.asks
            if self._draws.uniform() < 0.5:
                side, other = other, side
            self._makers.churn(side, self._targets[side.sign], -other.best, self._threat(side))

    def push(self, sign: int, lots: int) -> None:
        """An order of this size traded on this side (+1 buys): the fair price gives way."""
        share = min(1.0, lots / self.listing.depth_lots)
        ticks = sign * _IMPACT_TICKS_PER_DEPTH * math.sqrt(share)
        self._impact_ticks += ticks * (1.0 - _LASTING_IMPACT)
        move = ticks * _LASTING_IMPACT / self._anchor_ticks
        self._latent.push(self.listing.underlying, move)

    def _aim(self) -> None:
        """Work out the fair price and where makers want their best quotes."""
        move = self._latent.moves[self.listing.underlying] + self._basis
        fair_ticks = self._anchor_ticks * math.exp(move) + self._impact_ticks
        half_spread = min(4.0, max(0.5, 0.45 * self._latent.volatility**0.5))
        targets = self._targets
        targets[1] = max(2, math.floor(fair_ticks - half_spread))
        targets[-1] = -max(math.ceil(fair_ticks + half_spread), targets[1] + 1)
        coming_ticks = self._latent.coming[self.listing.underlying] * fair_ticks
        mid_ticks = (self.bids.best - self.asks.best) / 2.0
        self._lean_ticks = fair_ticks - mid_ticks + 0.5 * coming_ticks

    def _threat(self, side: DisplayedSide) -> float:
        """How many ticks the price is about to run against a side; 0 when it does not."""
        return min(4.0, max(0.0, -side.sign * self._lean_ticks))

    def _deepen_and_retreat(self, side: DisplayedSide, target: int) -> None:
        if side.edge > target - _LEVELS_MIN:
            self._makers.fill(side, target, target - _LEVELS_MIN // 2)
        self._makers.retreat(side, target)

    def _trade(self, ts_ns: int, out: list[Message]) -> None:
        sign = self._takers.sign(1.2 * self._lean_ticks)
        side = self.asks if sign > 0 else self.bids
        if len(side.lots) < _LEVELS_MIN:
            return
        lots = self._takers.lots()
        touch_lots = side.lots[side.best]
        if lots > touch_lots and self._draws.uniform() < 0.6:
            lots = touch_lots
        self._report(ts_ns, out)
        traded = self._sweep(side, lots, ts_ns, out)
        self.push(sign, traded)

    def _sweep(self, side: DisplayedSide, lots: int, ts_ns: int, out: list[Message]) -> int:
        aggressor = Side.SELL if side.sign > 0 else Side.BUY
        traded = 0
        for _ in range(_SWEEP_LEVELS_MAX):
            rank = side.best
            size = min(lots - traded, side.lots[rank])
            side.show(rank, side.lots[rank] - size)
            out.append(self._print(aggressor, rank * side.sign, size, ts_ns))
            traded += size
            if traded == lots:
                break
        return traded

    def _print(self, aggressor: Side, price_ticks: int, lots: int, ts_ns: int) -> Trade:
        self._trades += 1
        return Trade(
            received_ns=ts_ns,
            venue_ns=ts_ns,
            symbol=self.listing.instrument.symbol,
            trade_id=str(self._trades),
            side=aggressor,
            price=self._price(price_ticks),
            size=self._size(lots),
        )

    def _report(self, ts_ns: int, out: list[Message]) -> None:
        bids, asks = self._levels(self.bids), self._levels(self.asks)
        changes = len(bids) + len(asks)
        if not changes:
            return
        previous = self._update_id
        self._update_id += changes
        out.append(
            BookDelta(
                received_ns=ts_ns,
                venue_ns=ts_ns,
                symbol=self.listing.instrument.symbol,
                first_update_id=previous + 1,
                last_update_id=self._update_id,
                previous_update_id=previous,
                bids=bids,
                asks=asks,
            )
        )

    def _levels(self, side: DisplayedSide) -> Levels:
        price, size = self._price, self._size
        return tuple([(price(ticks), size(lots)) for ticks, lots in side.take_changes()])
