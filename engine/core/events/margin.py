"""What happens to margined positions: their terms, their warnings, their liquidation."""

from enum import Enum

import msgspec

from engine.core.commands.choices import Side
from engine.core.margin_terms import MarginMode


class MarginModeSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """How an account pays in an instrument from now on."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    mode: MarginMode


class LeverageSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """What leverage an account has in an instrument from now on."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    leverage: int
    held_quanta: int
    """What its position and its orders there hold now."""


class MarginChanged(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Money went behind an isolated position, or came back from it, because its owner wished so."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    amount_quanta: int
    """Negative when it came back."""
    margin_quanta: int
    """What stands behind the position now."""


class MarginWarning(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Maintenance uses so much of what answers for it; at 100% positions are liquidated."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    """The isolated position; None for all cross positions that settle in `currency`."""
    currency: str
    level_pct: int
    """80, 90 or 95."""
    equity_quanta: int
    maintenance_quanta: int


class LiquidationStarted(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Maintenance exceeds what answers for it: the exchange takes over."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    currency: str
    equity_quanta: int
    maintenance_quanta: int


class ReducedBy(Enum):
    """Who took a part of a liquidated position."""

    BOOK = "book"
    """Orders in the book, at their prices."""
    FUND = "fund"
    """The insurance fund, at the bankruptcy price."""
    DELEVERAGING = "deleveraging"
    """Holders of the opposite position, at the bankruptcy price."""

    __hash__ = object.__hash__


class PositionLiquidated(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A part of a position, or all of it, was closed to restore its account's margin."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    side: Side
    """SELL closed a long."""
    by: ReducedBy
    lots: int
    value_quanta: int
    """What the lots were closed for in all, in the settlement currency."""
    fee_quanta: int
    """The liquidation fee, to the insurance fund; never more than what was left."""
    realised_quanta: int
    lots_left: int
    """Signed, as of a position."""


class PositionDeleveraged(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A profitable position was closed against a liquidated one that nobody else could take."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    against: str
    """The liquidated account; `exchange:insurance` for what the fund could not carry."""
    side: Side
    """BUY closed a short."""
    lots: int
    value_quanta: int
    realised_quanta: int
    rank: int
    """Its place in the queue, from 1."""
    score: int
    """Profit ratio times effective leverage, in millionths: what placed it there."""
    lots_left: int


class LiquidationOutcome(Enum):
    """How a liquidation ended."""

    HEALTHY = "healthy"
    CLOSED = "closed"
    """Nothing is left to liquidate."""
    WAITING = "waiting"
    """What is left has no mark or does not trade now; it goes on when it does."""

    __hash__ = object.__hash__


class LiquidationEnded(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The exchange leaves the account to its owner again."""

    seq: int
    ts_ns: int
    account: str
    symbol: str | None
    currency: str
    outcome: LiquidationOutcome
    equity_quanta: int
    maintenance_quanta: int


class CollateralSold(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """What an account owed in one currency was paid from another, at the index less its haircut."""

    seq: int
    ts_ns: int
    account: str
    currency: str
    """What was owed."""
    paid_quanta: int
    """Of that."""
    haircut_quanta: int
    """Of that, to the insurance fund."""
    sold_currency: str
    sold_quanta: int


class InsurancePaid(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The insurance fund covered what an account owed beyond all it had."""

    seq: int
    ts_ns: int
    account: str
    currency: str
    amount_quanta: int
    fund_quanta: int
    """What the fund has left."""


class LossSocialised(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An account bore a share of a loss that neither its maker nor the fund could."""

    seq: int
    ts_ns: int
    account: str
    """Who bore it; `exchange:fees` for the exchange itself."""
    debtor: str
    """Whose loss it was."""
    currency: str
    amount_quanta: int
