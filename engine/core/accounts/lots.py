"""The lots that a position is made of, where sales close particular ones."""

import msgspec


class Lot(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What one trade added to a position and is still open of it."""

    trade_id: int
    """The trade that opened it."""
    opened_ns: int
    lots: int
    """Signed as the position is."""
    cost_quanta: int
    """Signed as the position's cost is."""
