"""Within which ranges the figures of a market lie that behaves as real ones do.

The ranges are wide: they hold for liquid markets of every kind, not for one of them. What they rule
out is a random walk: kurtosis 3, no memory of sizes or sides, and a book that knows nothing.

- Kurtosis, memory of returns and of sizes, volume: R. Cont (2001), section 2 and its figures.
- Sides of orders, 0.1 to 0.6 at once and falling as a power of the lag: F. Lillo, J. D. Farmer
  (2004); B. Toth, I. Palit, F. Lillo, J. D. Farmer, "Why is equity order flow so persistent?"
  (2015).
- A hump some ticks behind the touch, several times as high: J.-P. Bouchaud, M. Mezard, M. Potters
  (2002).
- Near depth before large moves: J. D. Farmer, L. Gillemot, F. Lillo, S. Mike, A. Sen (2004).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feeds.simulated.statistics import MarketFacts


@dataclass(frozen=True, slots=True)
class Expectation:
    """One figure and where it should lie."""

    name: str
    figure: Callable[[MarketFacts], float]
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one figure of one market came to."""

    symbol: str
    name: str
    figure: float
    low: float
    high: float

    @property
    def within(self) -> bool:
        """Whether it lies where it should."""
        return self.low <= self.figure <= self.high


EXPECTATIONS: tuple[Expectation, ...] = (
    Expectation("kurtosis of returns over 1 s", lambda f: f.kurtosis_1s, 5.0, 200.0),
    Expectation("kurtosis of returns over 1 min", lambda f: f.kurtosis_1m, 3.3, 100.0),
    Expectation("memory of returns, 1 s", lambda f: f.return_memory[1], -0.2, 0.2),
    Expectation("memory of returns, 5 s", lambda f: f.return_memory[5], -0.1, 0.1),
    Expectation("memory of returns, 30 s", lambda f: f.return_memory[30], -0.1, 0.1),
    Expectation("memory of sizes, 1 s", lambda f: f.size_memory[1], 0.1, 0.7),
    Expectation("memory of sizes, 20 s", lambda f: f.size_memory[20], 0.05, 0.5),
    Expectation("memory of sizes, 60 s", lambda f: f.size_memory[60], 0.02, 0.4),
    Expectation("memory of sides, 1 order", lambda f: f.sign_memory[1], 0.1, 0.6),
    Expectation("memory of sides, 10 orders", lambda f: f.sign_memory[10], 0.03, 0.4),
    Expectation("memory of sides, 50 orders", lambda f: f.sign_memory[50], 0.005, 0.3),
    Expectation("volume goes with volatility", lambda f: f.volume_volatility, 0.3, 0.95),
    Expectation("mean spread in ticks", lambda f: f.spread_mean, 1.0, 8.0),
    Expectation("most is shown behind the touch", lambda f: f.hump_ticks, 2.0, 40.0),
    Expectation("and is so many times the touch", lambda f: f.hump_ratio, 1.2, 8.0),
    Expectation("near depth before large moves", lambda f: f.thin_before_move, 0.2, 0.9),
)
"""In the order in which they are told."""


def verdicts(found: MarketFacts) -> Iterator[Verdict]:
    """Every expectation, held against one market of the usual weather."""
    for expected in EXPECTATIONS:
        yield Verdict(
            symbol=found.symbol,
            name=expected.name,
            figure=float(expected.figure(found)),
            low=expected.low,
            high=expected.high,
        )
