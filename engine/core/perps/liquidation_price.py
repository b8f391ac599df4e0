"""At which mark positions will be liquidated, if only that mark moves.

Moving against a position, equity falls faster than maintenance does, so there is one tick at which
they meet. It is searched for by halving, with the very numbers that the check uses: at that tick
there is a breach, one tick before there is none. For an isolated position that comes to
`entry x (1 - initial + maintenance)`, for a short one mirrored.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.accounts.requirements import maintenance
from engine.core.market import Market
from engine.core.units import PRICE_TICKS_MAX


@dataclass(frozen=True, slots=True)
class Exposed:
    """A position and what answers for it, whether they exist or are only considered."""

    market: Market
    lots: int
    cost_quanta: int
    isolated: bool
    equity_quanta: int
    """What answers for it, its own unrealised profit apart."""
    others_quanta: int
    """The maintenance of the positions that the same equity answers for."""

    def breaks_at(self, price_ticks: int) -> bool:
        """Whether a mark would use up its margin."""
        scale = self.market.scale
        value = scale.signed_value_quanta(price_ticks, self.lots)
        counted = abs(self.cost_quanta if self.isolated else value)
        needed = maintenance(self.market.tiers, scale, self.lots, counted) + self.others_quanta
        return needed > 0 and needed >= self.equity_quanta + value - self.cost_quanta

    def ruined_at(self, price_ticks: int) -> bool:
        """Whether a mark would leave nothing."""
        value = self.market.scale.signed_value_quanta(price_ticks, self.lots)
        return self.equity_quanta + value - self.cost_quanta <= 0

    def liquidation_ticks(self) -> int | None:
        """The first mark, moving against it, that uses up its margin; None: no price does."""
        if not self.lots:
            return None
        if self.lots > 0:
            return highest(self.breaks_at)
        return lowest(self.breaks_at)

    def bankruptcy_ticks(self) -> int | None:
        """The first mark, moving against it, that leaves nothing; None: no price does."""
        if not self.lots:
            return None
        if self.lots > 0:
            return highest(self.ruined_at)
        return lowest(self.ruined_at)


def highest(holds: Callable[[int], bool]) -> int | None:
    """The highest price at which something holds that holds below it too."""
    if not holds(1):
        return None
    low, high = 1, PRICE_TICKS_MAX + 1
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def lowest(holds: Callable[[int], bool]) -> int | None:
    """The lowest price at which something holds that holds above it too."""
    if not holds(PRICE_TICKS_MAX):
        return None
    low, high = 0, PRICE_TICKS_MAX
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
