"""What happens to commands that take time to reach the venue."""

import msgspec


class CommandSent(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A command is on its way."""

    seq: int
    ts_ns: int
    account: str
    sent_id: int
    """Counts from 1 in the exchange."""
    arrives_ns: int


class CommandArrived(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A command has reached the venue; what it does, or its refusal, comes next."""

    seq: int
    ts_ns: int
    account: str
    sent_id: int
