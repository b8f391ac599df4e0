"""What the makers of one instrument think it is worth, and how orders change their mind.

The fair price is the latent price of the underlying, a premium, and a skew. Makers who were sold to
are long and quote lower until they have hedged elsewhere: the skew grows with their inventory and
with volatility (M. Avellaneda, S. Stoikov, "High-frequency trading in a limit order book", 2008).
So an order's impact passes in part. What stays is what the order told: only the surprising part of
its side does, since makers expect that a run of orders goes on (A. Madhavan, M. Richardson,
M. Roomans, "Why do security prices change?", 1997). So returns forget while sides remember.
"""

import math

from feeds.simulated.draws import Draws
from feeds.simulated.latent import UNDERLYINGS, Latent
from feeds.simulated.listing import Listing

PREMIUM_MAX = 0.01
"""How far from its spot a perpetual may open."""
_PREMIUM_MEMORY_S = 45.0
_INVENTORY_MEMORY_S = 6.0
_SKEW_MAX = 6.0
"""The largest skew, in standard deviations of the price over a second."""
_SKEW = 0.8
"""Skew of an inventory of one usual level, likewise."""
_PRESSURE = 1.0
"""What a wall on one side makes makers shift, likewise."""
_INFORMATION = 0.07
"""What a surprising order of median size tells, likewise."""
_SIZE_POWER = 0.45
"""Impact is concave in size: twice the order tells less than twice as much."""


class FairPrice:
    """One instrument's.

    Attributes:
        premium: Log premium over the underlying.
        pressure: How one-sided what outsiders show is, from -1 for offers to 1 for bids.
        wanted_premium: Where the premium is drawn to.
    """

    __slots__ = (
        "_anchor_ticks",
        "_inventory",
        "_keep",
        "_kick",
        "_latent",
        "_listing",
        "_normal",
        "_premium_keep",
        "_volatility",
        "premium",
        "pressure",
        "wanted_premium",
    )

    def __init__(
        self,
        listing: Listing,
        anchor_ticks: float,
        premium: float,
        latent: Latent,
        draws: Draws,
    ) -> None:
        """`anchor_ticks` is what the underlying is worth before it has moved."""
        self._listing = listing
        self._latent = latent
        self._normal = draws.normal
        self._anchor_ticks = anchor_ticks
        self._volatility = UNDERLYINGS[listing.underlying].volatility
        frame_s = listing.frame_ns / 1e9
        self._keep = math.exp(-frame_s / _INVENTORY_MEMORY_S)
        self._premium_keep = math.exp(-frame_s / _PREMIUM_MEMORY_S)
        self._kick = listing.basis_deviation * math.sqrt(1.0 - self._premium_keep**2)
        self._inventory = 0.0
        self.premium = premium
        self.pressure = 0.0
        self.wanted_premium = listing.basis

    def pass_time(self) -> None:
        """The time between two depth messages passes."""
        self._inventory *= self._keep
        if self._kick:
            wanted = self.wanted_premium
            self.premium = wanted + (self.premium - wanted) * self._premium_keep
            self.premium += self._kick * self._normal()

    def underlying_ticks(self) -> float:
        """What the underlying is worth, without premium and skew."""
        return self._anchor_ticks * math.exp(self._latent.moves[self._listing.underlying])

    def ticks(self) -> float:
        """The fair price."""
        skew = _SKEW_MAX * math.tanh(-_SKEW * self._inventory / _SKEW_MAX)
        skew += _PRESSURE * self.pressure
        move = self._latent.moves[self._listing.underlying] + self.premium
        return self._anchor_ticks * math.exp(move + skew * self.deviation())

    def deviation(self) -> float:
        """Standard deviation of the log price over one second, as things are."""
        return self._volatility * self._latent.volatility[self._listing.underlying]

    def usual_deviation_ticks(self) -> float:
        """The same in ticks, in usual weather and at the opening price."""
        return self._volatility * self._anchor_ticks

    def coming_ticks(self) -> float:
        """What news in the air would move the price by."""
        return self._latent.coming[self._listing.underlying] * self._anchor_ticks

    def take(self, sign: int, lots: int, surprise: float) -> None:
        """Somebody took so much from the makers, buying (+1) or selling (-1).

        Args:
            surprise: What its side tells, from -2 to 2; 0 for an order that tells nothing.
        """
        listing = self._listing
        self._inventory -= sign * lots / listing.depth_lots
        if surprise:
            size = (lots / listing.trade_lots) ** _SIZE_POWER
            move = _INFORMATION * surprise * size * self.deviation()
            self._latent.push(listing.underlying, move)
