"""One instrument in trading: takers and makers meet in its displayed book, and the venue publishes.

The venue prints a trade when it happens and reports the depth that it took in the next depth
message, a few tenths of a second later at most. Makers change their quotes only when depth is
reported. So between two reports nothing but prints changes the book, and a print is always at the
best price that is left on display, and for no more than is left there.

Orders of somebody outside that rest here are part of what makers and takers see.
"""

import math

from engine.core.commands import Side
from feeds.messages import BookSnapshot
from feeds.simulated.book import DisplayedSide
from feeds.simulated.draws import Draws
from feeds.simulated.fair import FairPrice
from feeds.simulated.flow import Arrival, Arrivals, Takers
from feeds.simulated.latent import Latent
from feeds.simulated.listing import Listing
from feeds.simulated.makers import Makers
from feeds.simulated.publisher import Published, Publisher

_SWEEP_LEVELS_MAX = 12
_LEVELS_MIN = 20
"""Takers leave a side with fewer levels alone until makers have filled it."""
_LEVELS_USUAL = 50
"""Makers fill a side with fewer levels at once."""
_EXPECTED = 0.95
"""How much of what can be expected of the next order's side makers do expect."""
_TO_TOUCH_SHARE = 0.6
"""Of the orders larger than the touch, those that are cut to it."""
_THREAT_MAX = 4.0
_WILD_MAX = 6.0
"""Makers are no more afraid of a market that is wilder still."""
_HALF_SPREAD_MAX_TICKS = 12.0
_NEAR_TICKS = 3
"""How far behind the touch others still care for what is shown."""
_JOIN_SHARE = 0.15
"""How often makers join a better price of an outsider in a frame."""
_WALL_LEVELS = 3
"""So many usual levels, shown by outsiders, make half the pressure that they can make."""


class Pit:
    """The trading of one instrument.

    Attributes:
        bids, asks: What makers display, reported or not.
        fair: What they think it is worth.
        publisher: Makes the messages.
    """

    def __init__(
        self, listing: Listing, fair: FairPrice, latent: Latent, publisher: Publisher, draws: Draws
    ) -> None:
        self.listing = listing
        self.fair = fair
        self.publisher = publisher
        self._latent = latent
        self._draws = draws
        self._makers = Makers(listing.depth_lots, draws)
        self._takers = Takers(listing.trade_lots, draws)
        self._arrivals = Arrivals(listing.trades_hz, draws)
        self._arriving: Arrival | None = None
        self._scale_ticks = max(1.0, 0.5 * fair.usual_deviation_ticks())
        """What makers and takers call a move."""
        self._outside: dict[int, dict[int, int]] = {1: {}, -1: {}}
        self._targets = {1: 0, -1: 0}
        self._threats = {1: 0.0, -1: 0.0}
        """By side: how far the price is about to run over it, in its usual moves."""
        self._lean = 0.0
        opening_ticks = max(2, round(fair.ticks()))
        self.bids = DisplayedSide(1, opening_ticks - 1, self._takers.lots())
        self.asks = DisplayedSide(-1, -opening_ticks - 1, self._takers.lots())
        self._aim()

    def open(self, ts_ns: int) -> BookSnapshot:
        """The book at the start of trading, whole."""
        for side in (self.bids, self.asks):
            self._makers.fill(side, self._targets[side.sign], side.best + 1)
            side.take_changes()
        return self.snapshot(ts_ns)

    def snapshot(self, ts_ns: int) -> BookSnapshot:
        """The book as it is on display, whole."""
        return self.publisher.snapshot(ts_ns, self.bids, self.asks)

    def frame(self, ts_ns: int, out: list[Published]) -> int:
        """Makers follow the fair price and change their quotes, the venue reports depth.

        Returns:
            Nanoseconds until the next frame.
        """
        self.fair.pass_time()
        self._aim()
        first, second = (self.bids, self.asks) if self._lean < 0.0 else (self.asks, self.bids)
        makers, targets = self._makers, self._targets
        for side in (first, second):
            target = targets[side.sign]
            makers.thin(side, target, self._threats[side.sign] - 1.0)
            makers.retreat(side, target)
        for side, other in ((first, second), (second, first)):
            target = targets[side.sign]
            makers.follow(side, target, -other.best)
            if len(side.lots) < _LEVELS_USUAL:
                makers.fill(side, target, -other.best)
        self._churn()
        self._join_outsiders()
        self.publisher.report(ts_ns, self.bids, self.asks, out)
        return self.listing.frame_ns

    def wait_ns(self) -> int:
        """Nanoseconds until `arrive` is due next."""
        eager = 1.0 + 0.25 * min(_THREAT_MAX, abs(self._lean))
        patient = 1.0 + 0.12 * max(0, self._spread_ticks() - 3)
        activity = self._latent.activity * eager / patient
        wait_s, self._arriving = self._arrivals.wait(activity)
        return max(1, int(wait_s * 1e9))

    def arrive(self, ts_ns: int, out: list[Published]) -> int:
        """What was awaited arrives, if it is anything.

        Returns:
            Nanoseconds until the next arrival.
        """
        if self._arriving is not None:
            self._order(self._arriving, ts_ns, out)
        return self.wait_ns()

    def trade(self, ts_ns: int, sign: int, lots: int, surprise: float, out: list[Published]) -> int:
        """Somebody takes up to so many lots from the book, buying (+1) or selling (-1).

        Args:
            surprise: What its side tells others about the price, as `FairPrice.take` has it.

        Returns:
            The lots that traded.
        """
        side = self.asks if sign > 0 else self.bids
        if len(side.lots) < _LEVELS_MIN or lots < 1:
            return 0
        self.publisher.begin_prints(ts_ns)
        traded = self._sweep(side, lots, ts_ns, out)
        self.taken(sign, traded, surprise)
        return traded

    def taken(self, sign: int, lots: int, surprise: float) -> None:
        """So much was bought (+1) or sold (-1) by a taker, here or of what we mirror."""
        self._arrivals.excite(sign)
        self.fair.take(sign, lots, surprise)

    def rest(self, sign: int, price_ticks: int, lots: int) -> None:
        """Somebody outside shows so much at a price now, bidding (+1) or offering (-1)."""
        shown = self._outside[sign]
        if lots > 0:
            shown[sign * price_ticks] = lots
        else:
            shown.pop(sign * price_ticks, None)

    def mid_ticks(self) -> float:
        """Between the best prices that anybody shows."""
        return (self._best(self.bids) - self._best(self.asks)) / 2.0

    def _aim(self) -> None:
        """Work out where makers want their best quotes, and what everybody feels coming."""
        self.fair.pressure = self._outside_pressure()
        fair_ticks = self.fair.ticks()
        volatility = self._latent.volatility[self.listing.underlying]
        liquidity = self._latent.weather.depth / (0.65 + 0.35 * min(_WILD_MAX, volatility))
        self._makers.liquidity = liquidity
        half_spread = 0.5 * self.listing.spread_ticks * max(0.6, volatility) ** 0.4
        half_spread = min(_HALF_SPREAD_MAX_TICKS, half_spread * min(1.2, liquidity) ** -0.7)
        targets = self._targets
        targets[1] = max(2, math.floor(fair_ticks - half_spread))
        targets[-1] = -max(math.ceil(fair_ticks + half_spread), targets[1] + 1)
        self._lean = (fair_ticks - self.mid_ticks()) / self._scale_ticks
        feared = 0.6 * self.fair.coming_ticks() / self._scale_ticks
        rise = self._lean + feared + 1.5 * self._arrivals.lean
        self._threats[1] = min(_THREAT_MAX, max(0.0, -rise))
        self._threats[-1] = min(_THREAT_MAX, max(0.0, rise))

    def _churn(self) -> None:
        busy = self._latent.activity * (1.0 + 2.0 * self._arrivals.excited_share)
        expected = 0.6 * self.listing.quotes_hz * self.listing.frame_ns / 1e9 * min(2.0, busy)
        uniform = self._draws.uniform
        bids, asks, churn = self.bids, self.asks, self._makers.churn
        targets, threats = self._targets, self._threats
        for _ in range(int(expected + uniform())):
            if uniform() < 0.5:
                churn(bids, targets[1], -asks.best, threats[1])
            else:
                churn(asks, targets[-1], -bids.best, threats[-1])

    def _join_outsiders(self) -> None:
        for side, other in ((self.bids, self.asks), (self.asks, self.bids)):
            best = self._best(side)
            if best > side.best and self._draws.uniform() < _JOIN_SHARE:
                self._makers.join(side, best, -other.best)

    def _order(self, arrival: Arrival, ts_ns: int, out: list[Published]) -> None:
        lean = self._taker_lean()
        expected = self._expected_sign(lean)
        if arrival is Arrival.CHILD:
            sign = self._opportunist() or self._takers.sign(lean)
        else:
            sign = 1 if arrival is Arrival.BUY else -1
        urgency = 1.0 + abs(self._latent.weather.pressure)
        lots = int(self._takers.lots() * urgency)
        side = self.asks if sign > 0 else self.bids
        touch_lots = side.lots[side.best]
        if lots > touch_lots and self._draws.uniform() < _TO_TOUCH_SHARE / urgency:
            lots = touch_lots
        self.trade(ts_ns, sign, lots, sign - _EXPECTED * expected, out)

    def _opportunist(self) -> int:
        """The side of one who picks off quotes that the fair price has left; 0 for nobody."""
        lean = self._lean
        if self._draws.uniform() < 0.5 * math.tanh(abs(lean) / _THREAT_MAX):
            return 1 if lean > 0.0 else -1
        return 0

    def _taker_lean(self) -> float:
        """Log odds that a new parent buys: the scenario's, the price's and the book's."""
        bid_lots = self.bids.lots[self.bids.best] + self._outside_lots(self.bids)
        ask_lots = self.asks.lots[self.asks.best] + self._outside_lots(self.asks)
        imbalance = (bid_lots - ask_lots) / (bid_lots + ask_lots)
        return self._latent.weather.pressure + 0.6 * self._lean + 0.6 * imbalance

    def _expected_sign(self, lean: float) -> float:
        child_share = 1.0 - self._arrivals.excited_share
        return self._arrivals.lean + child_share * self._takers.expected_sign(lean)

    def _sweep(self, side: DisplayedSide, lots: int, ts_ns: int, out: list[Published]) -> int:
        aggressor = Side.SELL if side.sign > 0 else Side.BUY
        traded = 0
        for _ in range(_SWEEP_LEVELS_MAX):
            rank = side.best
            size = min(lots - traded, side.lots[rank])
            side.show(rank, side.lots[rank] - size)
            self.publisher.print_trade(ts_ns, aggressor, rank * side.sign, size, out)
            traded += size
            if traded == lots:
                break
        return traded

    def _best(self, side: DisplayedSide) -> int:
        """The best rank on a side, of makers or of somebody outside."""
        outside = self._outside[side.sign]
        return max(side.best, max(outside)) if outside else side.best

    def _outside_lots(self, side: DisplayedSide) -> int:
        outside = self._outside[side.sign]
        if not outside:
            return 0
        near = side.best - _NEAR_TICKS
        return sum(lots for rank, lots in outside.items() if rank >= near)

    def _outside_pressure(self) -> float:
        if not (self._outside[1] or self._outside[-1]):
            return 0.0
        bid_lots, ask_lots = self._outside_lots(self.bids), self._outside_lots(self.asks)
        return (bid_lots - ask_lots) / (
            bid_lots + ask_lots + _WALL_LEVELS * self.listing.depth_lots
        )

    def _spread_ticks(self) -> int:
        return -(self._best(self.bids) + self._best(self.asks))
