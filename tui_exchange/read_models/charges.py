"""What positions cost while they were held, and how the insurance fund did: newest first.

A reader of the sequencer for this session; what was before comes from the history, once.
"""

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from engine.core.commands import Command
from engine.core.events import (
    BorrowFeePaid,
    CollateralSold,
    Event,
    FundingPaid,
    FundingSettled,
    InsurancePaid,
    LiquidationEnded,
    PositionLiquidated,
)
from engine.core.exchange import Exchange

KEPT = 2_000
LOOK_NS = 10_000_000_000
"""How often the fund is looked at, whose share of trading fees comes with every trade."""
T = TypeVar("T")
_FUND_MOVES = (CollateralSold, FundingPaid, InsurancePaid, LiquidationEnded, PositionLiquidated)


class Charge(NamedTuple):
    """Funding, or a day's fee for what was borrowed, of one position."""

    ts_ns: int
    account: str
    symbol: str
    until_ns: int
    """The end of the interval, or the midnight, that it is for."""
    rate_ppb: int | None
    """Of the interval; None for a borrow fee."""
    lots: int
    """Of the position, signed."""
    paid_quanta: int
    """In the settlement currency; negative when it was received."""


class Settled(NamedTuple):
    """One interval's funding of an instrument."""

    ts_ns: int
    symbol: str
    until_ns: int
    rate_ppb: int
    mark_ticks: int


class FundBalance(NamedTuple):
    """What the insurance fund had of a currency after it changed."""

    ts_ns: int
    currency: str
    balance_quanta: int


class PastCharges(NamedTuple):
    """The same of earlier sessions, oldest first."""

    charges: tuple[Charge, ...]
    settled: tuple[Settled, ...]
    fund: tuple[FundBalance, ...]


class Charges:
    """The latest of each kind, however long the session runs."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._charges: deque[Charge] = deque(maxlen=KEPT)
        self._settled: deque[Settled] = deque(maxlen=KEPT)
        self._fund: deque[FundBalance] = deque(maxlen=KEPT)
        self._balances = self._present()
        self._looked_ns = 0

    def __call__(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> None:
        """Take one applied command."""
        del command
        moved = False
        for event in events:
            if isinstance(event, FundingSettled):
                settled = event.symbol, event.boundary_ns, event.rate_ppb, event.mark_ticks
                self._settled.append(Settled(event.ts_ns, *settled))
            elif isinstance(event, FundingPaid | BorrowFeePaid):
                self._charges.append(_charge(event))
            moved = moved or isinstance(event, _FUND_MOVES)
        if moved or (events and ts_ns - self._looked_ns >= LOOK_NS):
            self._look_at_fund(ts_ns)

    def add_past(self, past: PastCharges) -> None:
        """Put what earlier sessions saw before what this one has seen."""
        _put_before(self._charges, past.charges)
        _put_before(self._settled, past.settled)
        _put_before(self._fund, past.fund)

    def paid(self, account: str, symbols: frozenset[str]) -> tuple[Charge, ...]:
        """What positions of an account in these instruments paid or received, newest first."""
        return tuple(
            each
            for each in reversed(self._charges)
            if each.account == account and each.symbol in symbols
        )

    def settled(self, symbols: frozenset[str]) -> tuple[Settled, ...]:
        """The funding of these instruments, newest first."""
        return tuple(each for each in reversed(self._settled) if each.symbol in symbols)

    def fund(self) -> tuple[FundBalance, ...]:
        """How the insurance fund's balances changed, newest first."""
        return tuple(reversed(self._fund))

    def _look_at_fund(self, ts_ns: int) -> None:
        self._looked_ns = ts_ns
        before, self._balances = self._balances, self._present()
        for currency, balance in self._balances.items():
            if balance != before.get(currency, 0):
                self._fund.append(FundBalance(ts_ns, currency, balance))

    def _present(self) -> dict[str, int]:
        exchange = self._exchange
        currencies = sorted({exchange.instrument(s).settlement for s in exchange.symbols()})
        return {currency: exchange.fund(currency) for currency in currencies}


def _charge(event: FundingPaid | BorrowFeePaid) -> Charge:
    rate_ppb: int | None
    if isinstance(event, FundingPaid):
        until_ns, rate_ppb = event.boundary_ns, event.rate_ppb
    else:
        until_ns, rate_ppb = event.day_ns, None
    return Charge(
        ts_ns=event.ts_ns,
        account=event.account,
        symbol=event.symbol,
        until_ns=until_ns,
        rate_ppb=rate_ppb,
        lots=event.lots,
        paid_quanta=event.paid_quanta,
    )


def _put_before(kept: deque[T], past: Iterable[T]) -> None:
    for each in reversed(tuple(past)):
        if len(kept) == KEPT:
            return
        kept.appendleft(each)
