"""The published facts of markets, as figures of an observation.

- Returns have heavy tails, less so over longer times; they forget at once while their sizes
  remember for long; volume goes with volatility: R. Cont, "Empirical properties of asset
  returns" (2001), facts 1, 2, 4, 8 and 10.
- The sides of orders remember for long: F. Lillo, J. D. Farmer, "The long memory of the efficient
  market" (2004).
- Depth is humped: J.-P. Bouchaud, M. Mezard, M. Potters, "Statistical properties of stock order
  books" (2002).
- Large moves find a thin book: J. D. Farmer, L. Gillemot, F. Lillo, S. Mike, A. Sen, "What really
  causes large price changes?" (2004).
"""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from feeds.simulated.observation import Observation

MINUTE_S = 60
_LARGE_MOVE_SHARE = 0.02
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketFacts:
    """What one instrument's market looked like."""

    symbol: str
    seconds: int
    orders: int
    volatility_bp: float
    """Standard deviation of the log return over a minute, in basis points."""
    kurtosis_1s: float
    """Of log returns of the mid price; 3 for a normal law."""
    kurtosis_1m: float
    """Of minutes that begin at every second."""
    return_memory: dict[int, float]
    """Autocorrelation of returns over one second, by lag in seconds."""
    size_memory: dict[int, float]
    """The same of their absolute values."""
    sign_memory: dict[int, float]
    """Autocorrelation of the sides of orders, by lag in orders."""
    volume_volatility: float
    """Correlation of a minute's volume with the mean absolute return of its seconds."""
    spread_mean: float
    """In ticks."""
    spread_quantiles: tuple[float, ...]
    touch_mean: float
    """In lots."""
    touch_quantiles: tuple[float, ...]
    hump_ticks: int
    """Behind the best bid: where most is shown on average."""
    hump_ratio: float
    """What is shown there, as a multiple of what the best bid shows."""
    thin_before_move: float
    """Near depth in the way of a large move, a second before it, as a share of what is usual."""


def facts(seen: Observation) -> MarketFacts:
    """The figures of an observation of at least ten minutes.

    Raises:
        ValueError: It is shorter.
    """
    if len(seen.mids) < 10 * MINUTE_S:
        raise ValueError(
            f"{len(seen.mids)} seconds of {seen.symbol} are too few: watch for 600 or more"
        )
    returns = log_returns(seen.mids)
    minutes = list(map(sum, zip(*(returns[n:] for n in range(MINUTE_S)), strict=False)))
    sizes = [abs(value) for value in returns]
    hump = max(range(len(seen.shape)), key=lambda n: _smooth(seen.shape, n))
    return MarketFacts(
        symbol=seen.symbol,
        seconds=len(seen.mids),
        orders=len(seen.signs),
        volatility_bp=1e4 * statistics.pstdev(minutes),
        kurtosis_1s=kurtosis(returns),
        kurtosis_1m=kurtosis(minutes),
        return_memory=_memory(returns, (1, 2, 5, 10, 30)),
        size_memory=_memory(sizes, (1, 5, 20, 60, 300)),
        sign_memory=_memory(seen.signs, (1, 3, 10, 50)),
        volume_volatility=_volume_volatility(seen.volumes[1:], sizes),
        spread_mean=statistics.fmean(seen.spreads),
        spread_quantiles=quantiles(seen.spreads),
        touch_mean=statistics.fmean(seen.touch_lots),
        touch_quantiles=quantiles(seen.touch_lots),
        hump_ticks=hump,
        hump_ratio=_smooth(seen.shape, hump) / max(1.0, seen.shape[0]),
        thin_before_move=thin_before_move(seen),
    )


def log_returns(prices: Sequence[float]) -> list[float]:
    """From each price to the next."""
    return [math.log(later / earlier) for earlier, later in pairwise(prices)]


def kurtosis(values: Sequence[float]) -> float:
    """The fourth standardised moment: 3 for a normal law, more for heavier tails; at least 1."""
    mean, variance = statistics.fmean(values), statistics.pvariance(values)
    if variance == 0.0:
        return 3.0
    return statistics.fmean((value - mean) ** 4 for value in values) / variance**2


def autocorrelation(values: Sequence[float], lag: int) -> float:
    """Of a series with itself `lag` places later; 0 for a constant one."""
    mean = statistics.fmean(values)
    apart = [value - mean for value in values]
    variance = sum(value * value for value in apart)
    if variance == 0.0:
        return 0.0
    return sum(map(_product, apart, apart[lag:])) / variance


def quantiles(values: Sequence[float]) -> tuple[float, ...]:
    """The values below which 5, 25, 50, 75 and 95 of a hundred lie."""
    ordered = sorted(values)
    last = len(ordered) - 1
    return tuple(float(ordered[round(share * last)]) for share in _QUANTILES)


def thin_before_move(seen: Observation) -> float:
    """Near depth in the way of the largest moves of a second, before they began.

    Depth is compared with its mean over the five minutes around, so that wild hours, thin as a
    whole, do not count as foresight.
    """
    returns = log_returns(seen.mids)
    count = max(1, int(_LARGE_MOVE_SHARE * len(returns)))
    largest = sorted(range(1, len(returns)), key=lambda n: -abs(returns[n]))[:count]
    bids, asks = _local_means(seen.bid_lots), _local_means(seen.ask_lots)
    shares = [
        (seen.ask_lots[n] / asks[n]) if returns[n] > 0.0 else (seen.bid_lots[n] / bids[n])
        for n in largest
    ]
    return statistics.fmean(shares)


def _local_means(values: Sequence[int], reach: int = 150) -> list[float]:
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    count = len(values)
    means = []
    for place in range(count):
        begin, end = max(0, place - reach), min(count, place + reach + 1)
        means.append((sums[end] - sums[begin]) / (end - begin))
    return means


def _memory(values: Sequence[float], lags: Sequence[int]) -> dict[int, float]:
    return {lag: autocorrelation(values, lag) for lag in lags}


def _product(one: float, other: float) -> float:
    return one * other


def _smooth(shape: Sequence[float], place: int) -> float:
    """Round prices stand out: the mean over ten ticks says where the crowd stands."""
    window = shape[max(0, place - 5) : place + 5]
    return sum(window) / len(window)


def _volume_volatility(volumes: Sequence[int], sizes: Sequence[float]) -> float:
    starts = range(0, len(sizes) - MINUTE_S + 1, MINUTE_S)
    traded = [float(sum(volumes[start : start + MINUTE_S])) for start in starts]
    moved = [statistics.fmean(sizes[start : start + MINUTE_S]) for start in starts]
    if len(set(traded)) < 2 or len(set(moved)) < 2:
        return 0.0
    return statistics.correlation(traded, moved)
