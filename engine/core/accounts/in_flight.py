"""A command between its sender and the venue."""

import msgspec

from engine.core.commands import Sendable


class InFlight(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A command on its way: no order yet, it holds no money and has no order's number."""

    sent_id: int
    """Counts from 1 in the exchange."""
    arrives_ns: int
    command: Sendable
