"""Those who keep a perpetual close to its spot: they sell the dear one and buy the cheap one.

They act when the best prices on display leave something over after what the two are worth
differently and after their costs, and take no more than what is on display there. So whatever moves
one market, our own orders included, is carried to the other.
"""

import math

from feeds.simulated.pit import Pit
from feeds.simulated.publisher import Published

_COSTS = 0.00006
"""What a round must leave over, as a fraction of the price."""
_TRADES_MAX = 20
"""The most that one round trades, in median orders of the spot market."""


class Arbitrage:
    """Between a perpetual and its spot, which are counted in the same ticks and lots."""

    def __init__(self, spot: Pit, perpetual: Pit) -> None:
        self._spot = spot
        self._perpetual = perpetual

    def step(self, ts_ns: int, out: list[Published]) -> None:
        """Trade the gap between the two, if there is one."""
        spot, perpetual = self._spot, self._perpetual
        fair = perpetual.fair.premium
        rich = math.log(perpetual.bids.best / -spot.asks.best) - fair
        cheap = fair - math.log(-perpetual.asks.best / spot.bids.best)
        if rich > _COSTS:
            self._trade(ts_ns, 1, out)
        elif cheap > _COSTS:
            self._trade(ts_ns, -1, out)

    def _trade(self, ts_ns: int, sign: int, out: list[Published]) -> None:
        """Buy spot and sell the perpetual (+1), or the other way round (-1)."""
        spot, perpetual = self._spot, self._perpetual
        bought = spot.asks if sign > 0 else spot.bids
        sold = perpetual.bids if sign > 0 else perpetual.asks
        most = _TRADES_MAX * spot.listing.trade_lots
        lots = min(most, bought.lots[bought.best], sold.lots[sold.best])
        spot.trade(ts_ns, sign, lots, 0.0, out)
        perpetual.trade(ts_ns, -sign, lots, 0.0, out)
