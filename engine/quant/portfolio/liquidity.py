"""What it costs and how long it takes to be rid of a position.

Through the book now: the levels are taken from the best on, and the cost is the distance of each
from the mid,

    cost = sum of quantity taken x |price - mid|

with what the visible depth does not take left over. Over time: trading no more than a share p of
the daily volume takes position / (p x volume) days. What is too large for the book is expected to
move the price by the square-root law, volatility x sqrt(quantity / daily volume) (J.-P. Bouchaud
et al., "Trades, Quotes and Prices", 2018, chapter 12; coefficient 1).

A market whose liquidity is divided by five has a fifth of the quantity at each level and of volume.
"""

import math
from dataclasses import dataclass

import numpy as np

from engine.quant.portfolio.inputs import FloatArray, RiskInputError

PARTICIPATION = 0.10
"""The share of the daily volume that one may be without being much noticed."""


@dataclass(frozen=True, slots=True)
class BookExit:
    """What taking the visible levels at once comes to."""

    taken: float
    left: float
    """Quantity that the visible levels do not take."""
    cost: float
    """Below (for a sale) or above (for a purchase) the mid; quantity x price, at least 0."""
    depths: float
    """The position as a multiple of the visible depth; infinite when there is none."""


def exit_through_book(
    quantity: float, mid: float, prices: FloatArray, quantities: FloatArray, liquidity: float = 1.0
) -> BookExit:
    """Takes `quantity`, positive, from the levels of one side.

    Args:
        prices: Best first: bids for a long position, asks for a short one.
        liquidity: What share of each level is still there; 0.2 when liquidity is divided by 5.

    Raises:
        RiskInputError: Levels without equally many prices and quantities, or a bad liquidity.
    """
    if prices.shape != quantities.shape:
        raise RiskInputError(f"{prices.size} prices do not go with {quantities.size} quantities")
    there = np.cumsum(quantities * _checked(liquidity))
    depth = float(there[-1]) if there.size else 0.0
    taken = np.diff(np.minimum(there, quantity), prepend=0.0)
    cost = float(np.maximum(taken * np.abs(prices - mid), 0.0).sum())
    return BookExit(
        taken=min(quantity, depth),
        left=max(0.0, quantity - depth),
        cost=cost,
        depths=quantity / depth if depth > 0.0 else math.inf,
    )


def days_to_exit(
    value: float, daily_volume: float, participation: float = PARTICIPATION, liquidity: float = 1.0
) -> float:
    """Days until a position is closed within a share of the daily volume; infinite without any."""
    pace = daily_volume * participation * _checked(liquidity)
    if value == 0.0:
        return 0.0
    return abs(value) / pace if pace > 0.0 else math.inf


def impact_cost(
    value: float, daily_volume: float, volatility: float, liquidity: float = 1.0
) -> float:
    """What trading `value` moves the price against itself, by the square-root law.

    Args:
        volatility: Of one day, 0.02 is 2%.
    """
    volume = daily_volume * _checked(liquidity)
    if value == 0.0:
        return 0.0
    return abs(value) * volatility * math.sqrt(abs(value) / volume) if volume > 0.0 else math.inf


def _checked(liquidity: float) -> float:
    if not liquidity > 0.0:
        raise RiskInputError(f"a liquidity of {liquidity} is none; 0.2 means divided by five")
    return liquidity
