"""A made-up market that any venue could tell of: its book in tenths, its touch and its prints."""

import random
from dataclasses import dataclass

Level = tuple[str, str]

CENTRE = 618_376
DEPTH = 400
REMOVED = 0.4
SIZES = 50_000
"""Different sizes that appear, in ten-thousandths."""
START_MS = 1_700_000_000_000
STEP_MS = 20


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed in the book since the update before; a size of `"0"` removes a level."""

    number: int
    time_ms: int
    bids: list[Level]
    asks: list[Level]


@dataclass(frozen=True, slots=True)
class Print:
    """One trade."""

    number: int
    time_ms: int
    price: str
    size: str
    bought: bool
    """The aggressor bought."""


class MadeUpBook:
    """Always the same for the same seed; prices and sizes are new ones for as long as it goes on.

    Args:
        changed: How many levels a side an update changes.
        sizes: How many different sizes there are.
        start: Where its prices begin, in tenths.
    """

    def __init__(self, seed: int, changed: int, sizes: int = SIZES, start: int = CENTRE) -> None:
        self._draw = random.Random(seed)
        self._changed = changed
        self._sizes = sizes
        self._middle = start
        self._updates = 0
        self._prints = 0
        self.sides: dict[int, dict[int, str]] = {1: {}, -1: {}}
        """Sizes by price in tenths, of bids (1) and asks (-1)."""
        for sign, side in self.sides.items():
            for behind in range(1, DEPTH + 1):
                side[self._middle - sign * behind] = self._size()

    def changes(self) -> Changes:
        """The next update: the touch and levels behind it; what lies too far away is removed."""
        self._updates += 1
        self._middle += self._draw.choice((-1, 0, 0, 1))
        return Changes(self._updates, self._time_ms(), self._side(1), self._side(-1))

    def whole(self, levels: int) -> Changes:
        """The best levels as they stand."""
        bids = [(_text(price), self.sides[1][price]) for price in self._best(1, levels)]
        asks = [(_text(price), self.sides[-1][price]) for price in self._best(-1, levels)]
        return Changes(self._updates, self._time_ms(), bids, asks)

    def print(self) -> Print:
        """A trade at the touch."""
        self._prints += 1
        bought = self._draw.random() < 0.5
        price = self._middle + 1 if bought else self._middle - 1
        return Print(self._prints, self._time_ms(), _text(price), self._size(), bought)

    def touch(self) -> tuple[str, str, str, str]:
        """Bid, its size, ask, its size."""
        bid, ask = self._middle - 1, self._middle + 1
        return _text(bid), self._size(), _text(ask), self._size()

    def _time_ms(self) -> int:
        return START_MS + STEP_MS * self._updates

    def _side(self, sign: int) -> list[Level]:
        draw, side = self._draw, self.sides[sign]
        changed = {
            price: "0" for price in side if not 0 < sign * (self._middle - price) <= DEPTH + 1
        }
        changed[self._middle - sign] = self._size()
        while len(changed) < self._changed:
            price = self._middle - sign * (1 + min(DEPTH, int(draw.expovariate(1 / 40))))
            removing = draw.random() < REMOVED and price in side
            changed[price] = "0" if removing else self._size()
        for price, size in changed.items():
            if size == "0":
                del side[price]
            else:
                side[price] = size
        return [(_text(price), size) for price, size in changed.items()]

    def _best(self, sign: int, levels: int) -> list[int]:
        return sorted(self.sides[sign], key=lambda price: -sign * price)[:levels]

    def _size(self) -> str:
        return f"{self._draw.randint(1, self._sizes) / 10_000:.4f}"


def _text(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
