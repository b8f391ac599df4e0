"""What concerns an account as a whole, or several orders sent as one."""

import msgspec


class AllCancelled(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A mass cancel is complete."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    """The instrument that it was about; None for all."""
    tag: str | None
    """The label that it was about; None for all."""
    orders: int
    """How many orders it ended."""


class Flattened(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A flatten is complete, as far as the book allowed."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    """The instrument that it was about; None for all."""
    cancelled_orders: int
    open_positions: int
    """Positions in scope that the book could not close entirely; 0 when flat."""


class Reversed(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A position was turned into its opposite, as far as the book allowed."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    lots: int
    """The position now."""


class KillEngaged(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An account has no orders and takes no new risk until the switch is released."""

    seq: int
    ts_ns: int
    account: str
    cancelled_orders: int
    open_positions: int
    """Positions that are still open, wanted or not."""


class KillReleased(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An account may trade again."""

    seq: int
    ts_ns: int
    account: str


class BasketAccepted(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Several orders trade as one."""

    seq: int
    ts_ns: int
    basket_id: int
    """From the same counter as orders."""
    account: str
    legs: int
    share_ppm: int
    """How much of each leg trades, in millionths, rounded down; 1,000,000 is all of it."""


class BasketDone(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Every leg of a basket has ended."""

    seq: int
    ts_ns: int
    basket_id: int
    account: str
