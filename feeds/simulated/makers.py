"""Those who quote: how much they show at each distance, and how they follow the fair price.

Each maker quotes around a target, the best rank at which quoting pays. Quantity per level grows
over the first ticks behind the touch and falls off far behind it, is larger at round prices, and
rugged. Single quotes are added where less than usual is shown and withdrawn where more is, so the
book breathes around its usual shape. When the fair price leans against a side, that side shows
less near the touch: the book thins before it moves. Quotes that the fair price has passed are
withdrawn within a few tenths of a second; those that it has left far behind go at once.

`liquidity` is the share of the usual depth that makers are willing to show now: it falls when the
market is wild or the scenario thin, and with it how soon a gap is filled.

Sources: W. Huang, C.-A. Lehalle, M. Rosenbaum, "Simulating and analyzing order book data: the
queue-reactive model" (2015), for state-dependent quoting; J.-P. Bouchaud, M. Mezard, M. Potters,
"Statistical properties of stock order books" (2002), for the humped shape.
"""

import math

from feeds.simulated.book import DisplayedSide
from feeds.simulated.draws import Draws, added

DEPTH = 100
"""Ticks behind the target that makers fill."""
_SLACK = 40
"""Ticks beyond `DEPTH` at which quotes are withdrawn."""
_STALE_TICKS = 4
"""Quotes passed by more than this are withdrawn at once."""
_RUGGED = 1021
_DISTANCES = 2048
_WATCHED_LEVELS = 4
"""Levels from the touch on that makers watch while a run threatens; else the touch alone."""
_QUOTE_SHARE = 0.33
"""Mean size of one quote, as a share of what its level usually shows."""
_EXCESS = 1.8
"""From so many times the usual quantity on, what is watched is cut,"""
_EMPTY, _EMPTY_FAR = 0.05, 0.4
"""How likely nobody quotes a price at the touch, and how much likelier at the far end."""
_EXCESS_CUT = 0.3
"""by up to this share in each look."""


class Makers:
    """The quoting crowd of one instrument, both sides.

    Attributes:
        liquidity: The share of the usual depth that is shown now.
    """

    __slots__ = ("_depth_lots", "_distances", "_draws", "_rugged", "_shape", "liquidity")

    def __init__(self, depth_lots: int, draws: Draws) -> None:
        self._draws = draws
        self._depth_lots = depth_lots
        self._shape = [
            (0.25 + 0.75 * (1.0 - math.exp(-distance / 5.0))) * math.exp(-distance / 45.0)
            for distance in range(DEPTH + _SLACK + 1)
        ]
        self._rugged = [math.exp(0.55 * draws.normal()) for _ in range(_RUGGED)]
        self._distances = _spread_distances(DEPTH)
        self.liquidity = 1.0

    def fill(self, side: DisplayedSide, target: int, limit: int) -> None:
        """Quote every empty rank from the target down to `DEPTH`; none at or above `limit`."""
        for rank in range(min(target, limit - 1), target - DEPTH - 1, -1):
            if rank not in side.lots:
                self._seed(side, rank, target - rank)
        side.edge = min(side.edge, target - DEPTH)

    def follow(self, side: DisplayedSide, target: int, limit: int) -> None:
        """Improve quotes up to the target below `limit`, and keep the depth behind it."""
        top = min(target, limit - 1)
        willing = 0.2 + 0.55 * min(1.0, self.liquidity)
        floor = target - DEPTH
        for rank in range(max(side.best + 1, floor), top + 1):
            if self._draws.uniform() < willing:
                self._seed(side, rank, target - rank)
        for rank in range(min(side.edge, target) - 1, floor - 1, -1):
            self._seed(side, rank, target - rank)
        side.edge = min(side.edge, floor)
        if side.edge < floor - _SLACK:
            for rank in range(side.edge, floor):
                side.show(rank, 0)
            side.edge = floor

    def retreat(self, side: DisplayedSide, target: int) -> None:
        """Withdraw quotes better than the target: at once when far better, by and by when near."""
        rank: int | None = side.best
        while rank is not None and rank > target:
            if rank > target + _STALE_TICKS:
                side.show(rank, 0)
            elif self._draws.uniform() < 0.8:
                kept = int(side.lots[rank] * self._draws.uniform())
                side.show(rank, kept if kept * 12 > self._depth_lots * self.liquidity else 0)
            rank = side.next_below(rank)

    def thin(self, side: DisplayedSide, target: int, threat: float) -> None:
        """Pull quantity off the best levels: where too much stands, and where a run threatens."""
        share = min(0.7, 0.25 * threat) if threat > 0.0 else 0.0
        rank: int | None = side.best
        for _ in range(_WATCHED_LEVELS if share else 1):
            if rank is None:
                return
            lots = side.lots[rank]
            distance = max(0, min(DEPTH, target - rank))
            cut = share
            if lots > _EXCESS * self._usual_lots(rank * side.sign, distance):
                cut = max(cut, _EXCESS_CUT)
            if cut:
                side.show(rank, max(1, lots - int(lots * cut * self._draws.uniform())))
            rank = side.next_below(rank)

    def churn(self, side: DisplayedSide, target: int, limit: int, threat: float) -> None:
        """One quote is added or withdrawn somewhere; none is added at or above `limit`.

        Args:
            threat: How far the price is about to run over this side; 0 when it does not.
        """
        uniform = self._draws.uniform
        distance = self._distances[int(uniform() * _DISTANCES)]
        rank = target - distance
        if rank >= limit or rank < side.edge or rank * side.sign < 1:
            return
        shown = side.lots.get(rank, 0)
        usual = self._usual_lots(rank * side.sign, distance)
        if threat > 0.0:
            usual *= 1.0 - min(0.85, 0.3 * threat) * math.exp(-distance / 10.0)
        lots = 1 + int(_QUOTE_SHARE * usual * self._draws.exponential())
        if uniform() * (shown + usual) < usual:
            side.show(rank, shown + lots)
        else:
            side.show(rank, shown - lots)

    def join(self, side: DisplayedSide, rank: int, limit: int) -> None:
        """Quote a little at a rank at which somebody outside shows something."""
        if rank < limit and rank not in side.lots:
            self._seed(side, rank, 0)

    def _seed(self, side: DisplayedSide, rank: int, distance: int) -> None:
        empty = _EMPTY + _EMPTY_FAR * distance / DEPTH
        if self._draws.uniform() < empty or rank * side.sign < 1:
            return
        usual = self._usual_lots(rank * side.sign, distance)
        side.show(rank, max(1, int(usual * (0.3 + self._draws.exponential() * 0.7))))

    def _usual_lots(self, price_ticks: int, distance: int) -> float:
        lots = self._depth_lots * self.liquidity
        lots *= self._shape[distance] * self._rugged[price_ticks % _RUGGED]
        if price_ticks % 100 == 0:
            return lots * 3.0
        return lots * 1.7 if price_ticks % 10 == 0 else lots


def _spread_distances(depth: int) -> list[int]:
    """Distances such that a uniform choice among them falls with distance as a power law."""
    weights = [(1.0 + distance) ** -0.8 for distance in range(depth + 1)]
    total = added(weights)
    distances: list[int] = []
    reached = 0.0
    for distance, weight in enumerate(weights):
        reached += weight
        distances.extend([distance] * (round(_DISTANCES * reached / total) - len(distances)))
    return distances
