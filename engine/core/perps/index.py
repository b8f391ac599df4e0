"""The index: what an asset is worth by several sources, whichever of them can be believed now."""

from collections.abc import Sequence

import msgspec

from engine.core.commands import ConfigureOracle
from engine.core.units import prorate_half_even


class Stated(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A price that somebody stated."""

    price_ticks: int
    stated_ns: int
    confidence_ppm: int = 0
    """As in `SetIndexSource`."""

    def is_fresh(self, terms: ConfigureOracle, now_ns: int) -> bool:
        """Whether it is recent enough to count."""
        return now_ns - self.stated_ns <= terms.max_age_ns

    def counts(self, terms: ConfigureOracle, now_ns: int) -> bool:
        """Whether an index may be made of it: it is neither too old nor too unsure."""
        return self.is_fresh(terms, now_ns) and self.confidence_ppm <= terms.confidence_max_ppm


def usable(terms: ConfigureOracle, stated: dict[str, Stated], now_ns: int) -> list[tuple[int, int]]:
    """(price_ticks, weight) of each source that is neither too old nor too unsure."""
    found = []
    for source in terms.sources:
        price = stated.get(source.name)
        if price is not None and price.counts(terms, now_ns):
            found.append((price.price_ticks, source.weight))
    return found


def weighted_median(weighted: Sequence[tuple[int, int]]) -> int:
    """The price with half of the weight on either side of it.

    Where the weight is cut in exact halves it is the mean of the prices next to the cut, half even.

    Args:
        weighted: (price_ticks, weight), at least one, in any order; weights are positive.
    """
    ascending = sorted(weighted)
    total = sum(weight for _, weight in ascending)
    below = 0
    for at, (price_ticks, weight) in enumerate(ascending):
        below += weight
        if 2 * below > total:
            return price_ticks
        if 2 * below == total:
            return prorate_half_even(price_ticks + ascending[at + 1][0], 1, 2)
    raise AssertionError("a median needs a price")
