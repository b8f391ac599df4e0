"""The mirrored venue by its definition: what it displays, what we took of it, what that leaves."""

from dataclasses import dataclass, field
from fractions import Fraction

from engine.core.commands import QueueModel, Side
from tests.reference.naive_book import NaiveOrder, Stay

Place = tuple[Side, int]
"""A side and a price in ticks."""


@dataclass
class SeenPrint:
    """A print that no depth has reported yet."""

    at_ns: int
    place: Place
    used: int
    """Displayed lots that it took."""


@dataclass
class KeptRun:
    """Displayed lots that stood in a queue when the depth was lost."""

    lots: int


@dataclass
class KeptOrder:
    """An order of ours that stood there, and its time there."""

    order: NaiveOrder
    stay: Stay

    @property
    def stands(self) -> bool:
        """Whether it stands there still, and did not go to the back."""
        return self.order.stay is self.stay


KeptQueue = list[KeptRun | KeptOrder]


@dataclass
class NaiveMirror:
    state: str = "none"
    model: QueueModel = QueueModel.PROPORTIONAL
    hold_ns: int = 5_000_000_000
    stated: dict[Place, int] = field(default_factory=dict)
    """What the venue last displayed."""
    taken: dict[Place, tuple[int, int]] = field(default_factory=dict)
    """(lots, until when) that we took and the venue never saw go."""
    depth_ns: int | None = None
    """The venue's time that the depth has reached."""
    prints: list[SeenPrint] = field(default_factory=list)
    kept: dict[Place, KeptQueue] = field(default_factory=dict)
    """The queues that stood here when the depth was lost."""

    def note_taken(self, place: Place, lots: int, now_ns: int) -> None:
        if self.hold_ns:
            before, _ = self.taken.get(place, (0, 0))
            self.taken[place] = (before + lots, now_ns + self.hold_ns)

    def taken_lots(self, place: Place) -> int:
        return self.taken.get(place, (0, 0))[0]

    def target(self, place: Place, lots: int) -> int:
        """What should stand in the book where the venue displays `lots`."""
        if place in self.taken:
            taken, until_ns = self.taken[place]
            self.taken[place] = (min(taken, lots), until_ns)
        if lots == 0:
            self.taken.pop(place, None)
        return lots - self.taken_lots(place)

    def due(self, now_ns: int) -> list[Place]:
        """Places where what we took counts again; it is forgotten."""
        return [place for place, (_, until_ns) in self.taken.items() if until_ns <= now_ns]

    def learn(self, venue_ns: int | None) -> list[SeenPrint]:
        """A depth comes; gives the prints that it reports, of which no more is remembered."""
        if venue_ns is None:
            self.prints.clear()
            return []
        self.depth_ns = venue_ns if self.depth_ns is None else max(self.depth_ns, venue_ns)
        reported = [seen for seen in self.prints if seen.at_ns <= venue_ns]
        self.prints = [seen for seen in self.prints if seen.at_ns > venue_ns]
        return reported

    def unreported(self, place: Place) -> int:
        """Lots that prints took from a place and no depth has reported yet."""
        return sum(seen.used for seen in self.prints if seen.place == place)

    def reports(self, venue_ns: int | None) -> bool:
        """Whether the depth shows already what a print of that time did."""
        return None not in (venue_ns, self.depth_ns) and venue_ns <= self.depth_ns  # type: ignore[operator]


def losses(model: QueueModel, runs: list[int], vanished: int) -> list[int]:
    """What each run of displayed quantity loses, front first."""
    if model is QueueModel.PROBABILITY:
        return _by_probability(runs, vanished)
    if model is QueueModel.PROPORTIONAL:
        lost = [int(Fraction(run * vanished, sum(runs))) for run in runs]
        order = reversed(range(len(runs)))
    else:
        lost = [0] * len(runs)
        ahead = model is QueueModel.AHEAD
        order = iter(range(len(runs))) if ahead else reversed(range(len(runs)))
    for index in order:
        lost[index] += min(vanished - sum(lost), runs[index] - lost[index])
    return lost


def _by_probability(runs: list[int], vanished: int) -> list[int]:
    """Each lot that vanishes stood ahead of a point with the odds of the squares of both parts."""
    lost: list[int] = []
    for index, run in enumerate(runs):
        front, back = sum(runs[: index + 1]), sum(runs[index + 1 :])
        up_to_here = int(Fraction(vanished * front**2, front**2 + back**2))
        lost.append(min(run, up_to_here - sum(lost)))
    for index in reversed(range(len(runs))):
        lost[index] += min(vanished - sum(lost), runs[index] - lost[index])
    return lost
