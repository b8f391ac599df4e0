"""The mirrored venue by its definition: what it displays, what we took of it, what that leaves."""

from dataclasses import dataclass, field
from fractions import Fraction

from engine.core.commands import QueueModel, Side

Place = tuple[Side, int]
"""A side and a price in ticks."""


@dataclass
class NaiveMirror:
    state: str = "none"
    model: QueueModel = QueueModel.PROPORTIONAL
    hold_ns: int = 5_000_000_000
    displayed: dict[Place, int] = field(default_factory=dict)
    """What the venue displays, less what prints have used of it."""
    taken: dict[Place, tuple[int, int]] = field(default_factory=dict)
    """(lots, until when) that we took and the venue never saw go."""

    def note_taken(self, place: Place, lots: int, now_ns: int) -> None:
        if self.hold_ns:
            before, _ = self.taken.get(place, (0, 0))
            self.taken[place] = (before + lots, now_ns + self.hold_ns)
        else:
            self.displayed[place] -= lots

    def display(self, place: Place, lots: int) -> int:
        """The venue displays this now; returns what should stand in the book."""
        self.displayed[place] = lots
        if place in self.taken:
            taken, until_ns = self.taken[place]
            self.taken[place] = (min(taken, lots), until_ns)
        if lots == 0:
            self.taken.pop(place, None)
            del self.displayed[place]
        return lots - self.taken.get(place, (0, 0))[0]

    def due(self, now_ns: int) -> list[Place]:
        """Places where what we took counts again; it is forgotten."""
        return [place for place, (_, until_ns) in self.taken.items() if until_ns <= now_ns]


def losses(model: QueueModel, runs: list[int], vanished: int) -> list[int]:
    """What each run of displayed quantity loses, front first."""
    if model is QueueModel.PROPORTIONAL:
        lost = [int(Fraction(run * vanished, sum(runs))) for run in runs]
        order = reversed(range(len(runs)))
    else:
        lost = [0] * len(runs)
        ahead = model is QueueModel.AHEAD
        order = iter(range(len(runs))) if ahead else reversed(range(len(runs)))
    for index in order:
        while sum(lost) < vanished and lost[index] < runs[index]:
            lost[index] += 1
    return lost
