"""What the bridge from a live venue sends: its depth, its tape, and how its liquidity behaves."""

import msgspec

from engine.core.commands.choices import QueueModel, Side


class MirrorDepth(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """A live venue's displayed depth changed: set the quantity shown at each price."""

    symbol: str
    bids: tuple[tuple[int, int], ...]
    """(price_ticks, lots); 0 lots removes the level."""
    asks: tuple[tuple[int, int], ...]
    snapshot: bool = False
    """True when this is the whole book: levels not named are gone."""
    venue_ns: int | None = None
    """The venue's time up to which this depth counts; None where the venue does not say it."""


class MirrorTrade(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """A live venue printed a trade: an aggressor order by the market participant."""

    symbol: str
    side: Side
    """The aggressor's."""
    price_ticks: int
    lots: int
    venue_ns: int | None = None
    """When it traded, by the venue's clock; None where the venue does not say it."""


class MirrorQuote(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A venue that publishes no depth stated its bid and ask: the depth behind them is assumed.

    Taking `size` from one side costs on average `base + size / liquidity x impact` more than the
    touch, as a share of it.
    """

    symbol: str
    bid_ticks: int
    bid_lots: int
    """0 where the venue does not state the size."""
    ask_ticks: int
    ask_lots: int
    liquidity_lots: int
    """How much stands on each side in all."""
    base_ppm: int
    """What any size beyond the touch costs more, in millionths."""
    impact_ppm: int
    """What all of the liquidity would cost more than that, in millionths."""


class MirrorDown(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The live venue's depth is not known any more: withdraw it, and refuse to trade against it."""

    symbol: str


class ConfigureMirror(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """How an instrument's mirrored liquidity behaves."""

    symbol: str
    queue_model: QueueModel = QueueModel.PROPORTIONAL
    taken_hold_ns: int = 5_000_000_000
    """How long liquidity that we took stays taken, whatever the venue goes on displaying."""
