"""What the operator of the exchange states: instruments, accounts, prices, hours, halts, fees."""

import msgspec

from engine.core.commands.choices import TriggerSource
from engine.core.commands.portfolios import DepositKind
from engine.core.instruments import (
    MARKET_BREAKER_LEVELS,
    BreakerLevel,
    FeeSchedule,
    Instrument,
)


class ListInstrument(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Make an instrument tradable, or replace its terms while it has no orders and no positions."""

    instrument: Instrument


class OpenAccount(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """Create an account without money."""

    account: str
    group: str = ""
    """The owner group, whose orders never trade with each other; empty: the account alone."""


class Deposit(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True):
    """Put paper money into an account."""

    account: str
    currency: str
    amount_quanta: int
    """Positive."""
    kind: DepositKind = DepositKind.START


class SetPrice(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """State an instrument's mark or index price; trades alone make its last price."""

    symbol: str
    source: TriggerSource
    """MARK or INDEX."""
    price_ticks: int


class SetSessions(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """State when an instrument trades, in place of what was stated before.

    Without any statement it trades at all times and its day ends at midnight UTC.
    """

    symbol: str
    sessions: tuple[tuple[int, int], ...]
    """(open_ns, close_ns) of each, in order, without overlap; it trades from open to before close.
    Empty: at all times."""


class HaltInstrument(
    msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False, omit_defaults=True
):
    """Stop trading in an instrument: no new orders, no triggers; cancels are taken."""

    symbol: str
    until_ns: int | None = None
    """When it resumes by itself; None: when it is told to."""
    cancel_orders: bool = False
    """Also cancel every order."""


class ResumeInstrument(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """End a halt."""

    symbol: str


class ConfigureMarketBreaker(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Halt every instrument when the market, as one of them stands for it, falls far in a day.

    It is the index price of that instrument that is watched, or its last price where it has none.
    Stating it anew starts a new day: every level can be reached again.
    """

    symbol: str
    reference_ticks: int
    """Where the fall is counted from, such as yesterday's close."""
    levels: tuple[BreakerLevel, ...] = MARKET_BREAKER_LEVELS


class ConfigureFees(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Charge an instrument's fills by a schedule from now on."""

    symbol: str
    schedule: FeeSchedule


class AdvanceTime(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """Time passed. The time itself is the one stamped on the command."""
