"""A trader's command on its way to the venue, which takes time."""

import msgspec

from engine.core.commands.trading import (
    AmendOrder,
    CancelAll,
    CancelOrder,
    Flatten,
    PlaceBasket,
    PlaceOco,
    PlaceOrder,
    ProtectPosition,
    ReplaceOrder,
    Reverse,
)

Sendable = (
    PlaceOrder
    | PlaceOco
    | PlaceBasket
    | ProtectPosition
    | CancelOrder
    | AmendOrder
    | ReplaceOrder
    | CancelAll
    | Flatten
    | Reverse
)
"""What travels. The kill switch does not: it works at once."""


class SendCommand(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Put a command on its way; it is done when it arrives, and refused only then.

    The commands of an account arrive in the order in which they were sent.
    """

    account: str
    command: Sendable
    """One of this same account."""
    delay_ns: int
    """How long it is on its way at least: until those sent before it have arrived."""
