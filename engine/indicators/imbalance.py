"""How unevenly a book is filled: quantity wanted against quantity offered near the touch.

With the quantities Q of the best N levels of each side,

    balance = (Q_bid - Q_ask) / (Q_bid + Q_ask)        from -1 (only sellers) to 1 (only buyers)
    ratio   = Q_bid / Q_ask

and the same once more with each level weighted by how near it stands to the mid: a level counts
`half spread / distance from the mid`, so the touch counts whole, a level three half spreads away a
third, in every market and at every price.

Source: R. Cont, S. Stoikov, R. Talreja, "A stochastic model for order book dynamics" (2010), for
the imbalance as a predictor of the next move; the weights are our own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = 5
"""How many levels of each side count unless it is said otherwise."""

Level = tuple[int, int, int]
"""(price, quantity, orders), in whole steps: ticks and lots."""


@dataclass(frozen=True, slots=True)
class Imbalance:
    """One moment of a book's best levels."""

    bid_quantity: int
    ask_quantity: int
    bid_orders: int
    ask_orders: int
    balance: float | None
    """From -1 to 1; None for an empty book."""
    ratio: float | None
    """Wanted per offered; None when nothing is offered."""
    weighted_balance: float | None
    """None unless both sides are there: without a mid there is no distance from it."""
    weighted_ratio: float | None


def imbalance_of(bids: Sequence[Level], asks: Sequence[Level], levels: int = LEVELS) -> Imbalance:
    """The imbalance of the best levels.

    Args:
        bids: Best first, below every ask. More than `levels` may be given.
        asks: Best first.
        levels: How many of each side count, at least 1.
    """
    near_bids, near_asks = bids[:levels], asks[:levels]
    spread = twice_mid = 0
    if near_bids and near_asks:
        spread = near_asks[0][0] - near_bids[0][0]
        twice_mid = near_asks[0][0] + near_bids[0][0]
    bid_quantity, bid_orders, bid_weight = _summed(near_bids, spread, twice_mid)
    ask_quantity, ask_orders, ask_weight = _summed(near_asks, spread, twice_mid)
    total, weight = bid_quantity + ask_quantity, bid_weight + ask_weight
    return Imbalance(
        bid_quantity,
        ask_quantity,
        bid_orders,
        ask_orders,
        balance=(bid_quantity - ask_quantity) / total if total else None,
        ratio=bid_quantity / ask_quantity if ask_quantity else None,
        weighted_balance=(bid_weight - ask_weight) / weight if weight else None,
        weighted_ratio=bid_weight / ask_weight if ask_weight else None,
    )


def _summed(levels: Sequence[Level], spread: int, twice_mid: int) -> tuple[int, int, float]:
    """(quantity, orders, weighted quantity) of one side; a weight is 0 where there is no spread.

    Distances from the mid are doubled, which keeps them whole.
    """
    total_quantity = total_orders = 0
    weighted = 0.0
    for price, quantity, orders in levels:
        total_quantity += quantity
        total_orders += orders
        if spread:
            weighted += quantity * spread / abs(2 * price - twice_mid)
    return total_quantity, total_orders, weighted
