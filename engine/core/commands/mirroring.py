"""What the bridge from a live venue sends: its depth, its tape, and how its liquidity behaves."""

import msgspec

from engine.core.commands.choices import QueueModel, Side


class MirrorDepth(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A live venue's displayed depth changed: set the quantity shown at each price."""

    symbol: str
    bids: tuple[tuple[int, int], ...]
    """(price_ticks, lots); 0 lots removes the level."""
    asks: tuple[tuple[int, int], ...]
    snapshot: bool = False
    """True when this is the whole book: levels not named are gone."""


class MirrorTrade(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A live venue printed a trade: an aggressor order by the market participant."""

    symbol: str
    side: Side
    """The aggressor's."""
    price_ticks: int
    lots: int


class MirrorDown(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The live venue's depth is not known any more: withdraw it, and refuse to trade against it."""

    symbol: str


class ConfigureMirror(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """How an instrument's mirrored liquidity behaves."""

    symbol: str
    queue_model: QueueModel = QueueModel.PROPORTIONAL
    taken_hold_ns: int = 5_000_000_000
    """How long liquidity that we took stays taken, whatever the venue goes on displaying."""
