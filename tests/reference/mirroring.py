"""Steps become what a live venue sends: a depth that wanders, and one that our orders stand in.

A venue's own clock runs beside that of the exchange. Depths and prints of one moment come in any
order, and a print's effect is in a depth before it, after it, or never.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from engine.core.commands import (
    Command,
    ConfigureMirror,
    MirrorDepth,
    MirrorDown,
    MirrorQuote,
    MirrorTrade,
    QueueModel,
    Side,
)
from tests.reference.ordering import side_of
from tests.reference.sequences import Step
from tests.reference.world import PRICE, SYMBOLS

Place = tuple[Side, int]
TICK_NS = 100_000_000
"""What venue times are multiples of."""
SPREAD = 3


@dataclass
class Heard:
    """Something that a venue said about a place: so many lots were printed, or fell."""

    place: Place
    lots: int
    venue_ns: int


@dataclass
class Venue:
    """One instrument's venue, as far as it was heard of."""

    symbol: str
    timed: bool
    clock_ns: int = 100 * TICK_NS
    stated: dict[Place, int] = field(default_factory=dict)
    prints: list[Heard] = field(default_factory=list)
    falls: list[Heard] = field(default_factory=list)

    def command(self, step: Step, ours: Collection[Place]) -> Command:
        """What the venue says at this step; `ours` is where orders of ours rest."""
        self.clock_ns += step.twist % 4 * TICK_NS
        if step.kind in ("print", "hit", "late"):
            return self._print(step, ours)
        if step.kind == "down":
            return MirrorDown(symbol=self.symbol) if step.choice < 2 else self._wander(step)
        if step.kind == "configure":
            return self._configure(step)
        if step.kind == "quote":
            return self._quote(step)
        if step.kind == "ripple":
            return self._ripple(step, ours)
        if step.kind == "report":
            return self._report(step, ours)
        return self._regain(step) if step.kind == "regain" else self._wander(step)

    def place(self, step: Step, ours: Collection[Place]) -> Place | None:
        """A place where the venue displays something or we rest, mostly both."""
        shared = [place for place in self.stated if place in ours] or sorted(ours, key=_order)
        known = shared if shared and step.twist % 4 else list(self.stated)
        return known[(step.choice + step.size) % len(known)] if known else None

    # Depth

    def _wander(self, step: Step) -> MirrorDepth:
        """A few levels on each side of a mid that wanders: now and then through our orders."""
        mid = PRICE + step.price
        bids = {
            (Side.BUY, mid - 1 - i): (step.size + 7 * i) % 31
            for i in range((step.choice + step.twist % 2) % 4)
        }
        asks = {
            (Side.SELL, mid + i): (3 * step.size + 5 * i) % 31
            for i in range((step.choice + step.twist % 2 + 1) // 2)
        }
        return self._depth(step, bids | asks, snapshot=step.kind != "depth")

    def _regain(self, step: Step) -> MirrorDepth:
        """The whole book as it was last, or nearly."""
        levels = dict(self.stated)
        for index, place in enumerate(self.stated):
            if index % 4 == step.choice:
                levels[place] = max(0, levels[place] + step.size % 9 - 4)
        return self._depth(step, levels, snapshot=True)

    def _ripple(self, step: Step, ours: Collection[Place]) -> MirrorDepth:
        """One level changes a little, or is gone."""
        hit = [seen.place for seen in self.prints if seen.place in self.stated]
        place = hit[-1] if hit and step.twist % 3 == 0 else self.place(step, ours)
        if place is None:
            return self._wander(step)
        before, some = self.stated.get(place, 0), step.size
        less, more = (-before, -some, -(some % 4), -(some % 9)), (some % 6, 2 + some % 9, 12, 12)
        changes = less + more
        return self._depth(step, {place: max(0, before + changes[step.choice])})

    def _report(self, step: Step, ours: Collection[Place]) -> MirrorDepth:
        """A print has its effect on the depth, exactly or nearly."""
        if not self.prints:
            return self._ripple(step, ours)
        seen = next((one for one in self.prints if one.place in ours), self.prints[-1])
        self.prints.remove(seen)
        self.clock_ns = max(self.clock_ns, seen.venue_ns)
        left = self.stated.get(seen.place, 0) - seen.lots + (0, 0, 0, 2, -2)[step.choice % 5]
        return self._depth(step, {seen.place: max(0, left)} if step.size % 5 else {})

    def _depth(self, step: Step, levels: dict[Place, int], snapshot: bool = False) -> MirrorDepth:
        venue_ns = self.clock_ns - (0, 0, 0, 1, 2, 9)[step.twist % 6] * TICK_NS
        for place, lots in levels.items():
            fallen = self.stated.get(place, 0) - lots
            if fallen > 0:
                self.falls = [*self.falls[-7:], Heard(place, fallen, venue_ns)]
        self.stated = levels if snapshot else self.stated | levels
        self.stated = {place: lots for place, lots in self.stated.items() if lots}
        return MirrorDepth(
            symbol=self.symbol,
            bids=tuple((p, lots) for (side, p), lots in levels.items() if side is Side.BUY),
            asks=tuple((p, lots) for (side, p), lots in levels.items() if side is Side.SELL),
            snapshot=snapshot,
            venue_ns=venue_ns if self.timed and step.twist != 63 else None,
        )

    # Tape

    def _print(self, step: Step, ours: Collection[Place]) -> MirrorTrade:
        at = side_of(step).opposite, PRICE + step.price
        lots, venue_ns = step.size, self.clock_ns + (step.twist // 4 % 6 - 3) * TICK_NS
        if step.kind == "hit":
            at = self.place(step, ours) or at
        elif step.kind == "late" and self.falls:
            fall = next((one for one in self.falls if one.place in ours), self.falls[-1])
            self.falls.remove(fall)
            at, venue_ns = fall.place, fall.venue_ns - (step.twist % 4 - 1) // 2 * TICK_NS
            lots = fall.lots + (0, 0, 0, 3, -2, step.size)[step.choice % 6]
        self.prints = [*self.prints[-3:], Heard(at, lots, venue_ns)]
        return MirrorTrade(
            symbol=self.symbol,
            side=at[0].opposite,
            price_ticks=at[1],
            lots=lots,
            venue_ns=venue_ns if self.timed and step.twist != 62 else None,
        )

    # The rest

    def _configure(self, step: Step) -> ConfigureMirror:
        """The odd nanoseconds keep what comes back from coming at the time of anything else."""
        return ConfigureMirror(
            symbol=self.symbol,
            queue_model=list(QueueModel)[step.choice % len(QueueModel)],
            taken_hold_ns=step.size * TICK_NS + (37 if step.size else 0),
        )

    def _quote(self, step: Step) -> MirrorQuote:
        bid = PRICE + step.price - 1
        spread = step.choice % SPREAD + (step.twist != 61)
        self.stated = {(Side.BUY, bid): step.size, (Side.SELL, bid + spread): 9}
        return MirrorQuote(
            symbol=self.symbol,
            bid_ticks=bid,
            bid_lots=step.size % 20,
            ask_ticks=bid + spread,
            ask_lots=step.size % 7,
            liquidity_lots=step.size * (3, 7, 70)[step.choice % 3],
            base_ppm=step.twist * 100,
            impact_ppm=step.twist // 8 * 40_000,
        )


def _order(place: Place) -> tuple[str, int]:
    return place[0].value, place[1]


def venues(timed: bool) -> dict[str, Venue]:
    """A venue for each instrument."""
    return {symbol: Venue(symbol, timed) for symbol in SYMBOLS}
