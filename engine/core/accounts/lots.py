"""The lots that a position is made of, where sales close particular ones.

First in, first out closes the oldest lots, last in, first out the newest. A lot that is closed in
part gives up its share of its cost, half to even, so that what is left and what was closed add up
to what it had cost.
"""

import msgspec

from engine.core.units import prorate_half_even


class Lot(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one trade added to a position and is still open of it."""

    trade_id: int
    """The trade that opened it."""
    opened_ns: int
    lots: int
    """Signed as the position is."""
    cost_quanta: int
    """Signed as the position's cost is."""


def take(tranches: list[Lot], closing: int, *, newest_first: bool) -> list[Lot]:
    """Take so many lots off the front or the back of a position.

    Args:
        tranches: Oldest first; together at least `closing` lots.

    Returns:
        What was taken, in that order.
    """
    if newest_first:
        tranches.reverse()
    taken: list[Lot] = []
    whole = 0
    while closing:
        lot = tranches[whole]
        size = abs(lot.lots)
        if size > closing:
            part_cost = prorate_half_even(lot.cost_quanta, closing, size)
            rest = _less(lot, closing, part_cost)
            tranches[whole] = rest
            part = Lot(lot.trade_id, lot.opened_ns, lot.lots - rest.lots, part_cost)
            taken.append(part)
            break
        taken.append(lot)
        closing -= size
        whole += 1
    del tranches[:whole]
    if newest_first:
        tranches.reverse()
    return taken


def _less(lot: Lot, closing: int, cost_quanta: int) -> Lot:
    left = lot.lots - closing if lot.lots > 0 else lot.lots + closing
    return Lot(lot.trade_id, lot.opened_ns, left, lot.cost_quanta - cost_quanta)
