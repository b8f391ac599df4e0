"""What happens to instruments and accounts, and what a live venue printed."""

import msgspec

from engine.core.commands import QueueModel, Side
from engine.core.commands.portfolios import DepositKind
from engine.core.events.causes import HaltCause
from engine.core.instruments import Instrument


class InstrumentListed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """An instrument can be traded on these terms."""

    seq: int
    ts_ns: int
    instrument: Instrument


class AccountOpened(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An account exists."""

    seq: int
    ts_ns: int
    account: str


class Deposited(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Paper money arrived in an account."""

    seq: int
    ts_ns: int
    account: str
    currency: str
    amount_quanta: int
    balance_quanta: int
    """What the account holds now."""
    kind: DepositKind = DepositKind.START


class SessionsSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """When an instrument trades is known."""

    seq: int
    ts_ns: int
    symbol: str
    sessions: int
    """How many are known; 0: it trades at all times."""
    until_ns: int | None
    """Where the last of them ends."""


class InstrumentHalted(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An instrument does not trade."""

    seq: int
    ts_ns: int
    symbol: str
    cause: HaltCause
    until_ns: int | None
    """When it resumes by itself; None: when it is told to."""


class InstrumentResumed(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An instrument trades again."""

    seq: int
    ts_ns: int
    symbol: str


class MarketBreakerSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """A fall of this instrument halts every instrument."""

    seq: int
    ts_ns: int
    symbol: str
    reference_ticks: int


class FeesSet(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Fills of an instrument cost what a schedule says."""

    seq: int
    ts_ns: int
    symbol: str
    schedule: str


class FeeTierReached(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An account's trailing volume moved it to another fee tier, from its next fill on."""

    seq: int
    ts_ns: int
    account: str
    symbol: str
    tier: int
    """Counted from 0."""
    volume_quanta: int
    maker_ppm: int
    taker_ppm: int


class MarketTraded(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """The live venue printed this trade, whether or not our orders had a share in it."""

    seq: int
    ts_ns: int
    symbol: str
    side: Side
    """The aggressor's."""
    price_ticks: int
    lots: int


class MirrorConfigured(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """An instrument's mirrored liquidity behaves like this from now on."""

    seq: int
    ts_ns: int
    symbol: str
    queue_model: QueueModel
    taken_hold_ns: int
