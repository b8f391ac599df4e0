"""What happens to marks, funding and borrowed assets."""

from enum import Enum

import msgspec

from engine.core.commands.pricing import FundingModel, MarkMethod


class OracleSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """How an instrument's mark comes about from now on."""

    seq: int
    ts_ns: int
    symbol: str
    mark: MarkMethod
    sources: int
    """How many the index is made of."""


class OracleStatus(Enum):
    """Whether an instrument's mark can be relied on."""

    OK = "ok"
    FALLBACK = "fallback"
    """What it is made of is too old or missing: the middle of the book stands in for it."""
    LOST = "lost"
    """There is no mark at all: nothing is liquidated."""

    __hash__ = object.__hash__


class OracleChanged(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An instrument's mark became less, or more, reliable."""

    seq: int
    ts_ns: int
    symbol: str
    status: OracleStatus
    mark_ticks: int | None


class FundingSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """How an instrument's funding comes about from now on."""

    seq: int
    ts_ns: int
    symbol: str
    model: FundingModel
    interval_ns: int
    next_ns: int
    """When it is paid next."""


class FundingPaid(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """One holder's share of a funding payment; those of all holders add up to nothing."""

    seq: int
    ts_ns: int
    account: str
    """Of a trader, the insurance fund, or the market participant, `market`."""
    symbol: str
    boundary_ns: int
    """The end of the interval that it is for."""
    rate_ppb: int
    mark_ticks: int
    lots: int
    """Of the position, signed."""
    paid_quanta: int
    """In the settlement currency; negative when it was received."""


class FundingSettled(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An interval's funding is paid by all holders."""

    seq: int
    ts_ns: int
    symbol: str
    boundary_ns: int
    rate_ppb: int
    mark_ticks: int
    paid_quanta: int
    """What one side paid the other in all."""


class BorrowFeePaid(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A day's fee for an asset that was sold without being owned."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    day_ns: int
    """The midnight, UTC, that it is for."""
    lots: int
    paid_quanta: int


class CurrencySet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A currency counts as collateral."""

    seq: int
    ts_ns: int
    currency: str
    haircut_ppm: int
    pegged_to: str
