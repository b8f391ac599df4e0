"""Prints that the depth does not know yet.

A venue tells a trade twice: as a print, and as depth that has fallen. What comes first depends on
the line. A print that comes first takes displayed quantity at once and is remembered here; depth
that is older than the print still counts what the print took, so as much is left out of it. Depth
that is as new as the print has said how much is left; where it says nothing, as much stands there
as before: what traded was hidden, or the venue has filled it up.
"""

from engine.core.commands import BUY, SELL, MirrorDepth, Side
from engine.core.mirror.place import Place

Changes = tuple[tuple[int, int], ...]


class Unreported:
    """What prints took at one place that no depth has known.

    Attributes:
        stated_lots: The most that the venue displays there as far as it has said.
        prints: (venue_ns, lots) of each, in the order in which they came.
    """

    __slots__ = ("prints", "stated_lots")

    def __init__(self, stated_lots: int, prints: list[tuple[int, int]]) -> None:
        self.stated_lots = stated_lots
        self.prints = prints


class Again:
    """What is displayed again at a place, because depth that knows a print did not mention it."""

    __slots__ = ("lots", "place", "stated_lots")

    def __init__(self, place: Place, lots: int, stated_lots: int) -> None:
        self.place = place
        self.lots = lots
        self.stated_lots = stated_lots


def note_used(
    unreported: dict[Place, Unreported], place: Place, venue_ns: int, lots: int, stated_lots: int
) -> None:
    """A print that no depth knows took displayed lots.

    Args:
        stated_lots: What stood there before it, and what we have taken of that.
    """
    entry = unreported.get(place)
    if entry is None:
        unreported[place] = Unreported(stated_lots, [(venue_ns, lots)])
    else:
        entry.prints.append((venue_ns, lots))


def reconcile(
    unreported: dict[Place, Unreported], command: MirrorDepth
) -> tuple[Changes, Changes, list[Again]]:
    """What a depth says once it is set against the prints that it does not know.

    Returns:
        Its bids and its asks, less what such prints took, and what is displayed again.
    """
    if command.venue_ns is None:
        unreported.clear()
        return command.bids, command.asks, []
    stated = {BUY: dict(command.bids), SELL: dict(command.asks)}
    again: list[Again] = []
    for place, entry in list(unreported.items()):
        known = _take_known(entry, command.venue_ns)
        side, price_ticks = place
        lots = stated[side].get(price_ticks, 0 if command.snapshot else None)
        if lots is not None:
            entry.stated_lots = lots
        elif known:
            again.append(Again(place, known, entry.stated_lots))
        if not entry.prints:
            del unreported[place]
    return (
        _less_unknown(unreported, BUY, command.bids),
        _less_unknown(unreported, SELL, command.asks),
        again,
    )


def _take_known(entry: Unreported, venue_ns: int) -> int:
    """Forget the prints that depth of this time knows; returns what they took."""
    known = sum(lots for at_ns, lots in entry.prints if at_ns <= venue_ns)
    if known:
        entry.prints = [traded for traded in entry.prints if traded[0] > venue_ns]
    return known


def _less_unknown(unreported: dict[Place, Unreported], side: Side, changes: Changes) -> Changes:
    if not unreported:
        return changes
    return tuple((at, max(0, lots - _used(unreported, (side, at)))) for at, lots in changes)


def _used(unreported: dict[Place, Unreported], place: Place) -> int:
    entry = unreported.get(place)
    return 0 if entry is None else sum(lots for _, lots in entry.prints)
