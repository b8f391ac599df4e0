"""What the history needs of each command, taken in the thread that applied it.

Events are kept as they are; what no event says, an account's balances and the prices to value it
at, is read from the exchange between two commands. Everything else happens elsewhere, later.
"""

from typing import Protocol

import msgspec

from engine.core.accounts import Position, chart
from engine.core.commands import MARKET, Command
from engine.core.events import (
    BorrowFeePaid,
    CollateralSold,
    Deposited,
    Event,
    FundingPaid,
    InsurancePaid,
    LossSocialised,
    MarginChanged,
    OrderFilled,
    PortfolioReset,
    PositionDeleveraged,
    PositionLiquidated,
)
from engine.core.margin_terms import CASH
from engine.core.perps.standing import OracleStanding

EQUITY_INTERVAL_NS = 10 * 10**9
"""How often every account is valued, besides after its own fills and deposits."""

_OF_THE_FUND = (PositionLiquidated, PositionDeleveraged, CollateralSold, InsurancePaid)
_MOVES_MONEY = frozenset(
    (
        OrderFilled,
        Deposited,
        PortfolioReset,
        MarginChanged,
        FundingPaid,
        BorrowFeePaid,
        LossSocialised,
        *_OF_THE_FUND,
    )
)


class Readable(Protocol):
    """What is read of the exchange."""

    @property
    def seq(self) -> int:
        """Commands applied."""
        ...

    @property
    def now_ns(self) -> int:
        """The time of the last command."""
        ...

    def accounts(self) -> list[str]:
        """Every trader's account."""
        ...

    def symbols(self) -> list[str]:
        """Every instrument."""
        ...

    def balances(self, account: str) -> dict[str, tuple[int, int]]:
        """(balance_quanta, held_quanta) by currency."""
        ...

    def positions(self, account: str) -> dict[str, Position]:
        """Positions by symbol."""
        ...

    def oracle(self, symbol: str) -> OracleStanding:
        """Where its mark comes from, and the mark."""
        ...

    def best_bid(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots)."""
        ...

    def best_ask(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots)."""
        ...


class Valuation(msgspec.Struct, frozen=True, kw_only=True):
    """What one account has, and what it is worth, at one moment."""

    account: str
    balances: dict[str, tuple[int, int]]
    """(balance_quanta, held_quanta) by currency."""
    positions: dict[str, tuple[int, int, bool]]
    """(lots, cost_quanta, whether its mode is one on margin) by symbol, open ones only."""
    isolated: dict[str, int]
    """Quanta that stand behind isolated positions, by symbol."""
    marks: dict[str, int]
    """Bid plus ask in ticks, that is twice the mid, by symbol; absent where either is missing."""
    stated: dict[str, int]
    """Marks in ticks of the instruments of `positions`, where there are any."""


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """One command's share in the history."""

    seq: int
    ts_ns: int
    command: str
    """The name of its class."""
    events: tuple[Event, ...]
    valuations: tuple[Valuation, ...]
    fund: dict[str, int] = {}
    """What the insurance fund has, by currency, where it may have changed."""


class Capture:
    """Turns each applied command into what the history needs of it, which is mostly nothing.

    What it gives depends on the commands alone, so a replay of the log gives the same.

    Args:
        exchange: Read between commands.
        equity_interval_ns: How often every account is valued.
    """

    def __init__(self, exchange: Readable, equity_interval_ns: int = EQUITY_INTERVAL_NS) -> None:
        self._exchange = exchange
        self._interval_ns = equity_interval_ns
        self._slot = exchange.now_ns // equity_interval_ns

    def take(self, command: Command, ts_ns: int, events: tuple[Event, ...]) -> Captured | None:
        """What this command leaves in the history; None for nothing."""
        slot = ts_ns // self._interval_ns
        if slot == self._slot and not events:
            return None
        fund: dict[str, int] = {}
        if slot != self._slot:
            self._slot = slot
            valued = self._exchange.accounts()
            fund = self._fund()
        else:
            valued = _touched(events)
            if any(map(_moves_the_fund, events)):
                fund = self._fund()
        if not events and not valued:
            return None
        return Captured(
            seq=self._exchange.seq,
            ts_ns=ts_ns,
            command=type(command).__name__,
            events=events,
            valuations=self._value(valued),
            fund=fund,
        )

    def _fund(self) -> dict[str, int]:
        held = self._exchange.balances(chart.INSURANCE)
        return {currency: balance for currency, (balance, _) in held.items()}

    def _value(self, accounts: list[str]) -> tuple[Valuation, ...]:
        if not accounts:
            return ()
        marks = self._marks()
        return tuple(self._valued(account, marks) for account in accounts)

    def _valued(self, account: str, marks: dict[str, int]) -> Valuation:
        positions: dict[str, tuple[int, int, bool]] = {}
        isolated: dict[str, int] = {}
        stated: dict[str, int] = {}
        for symbol, position in self._exchange.positions(account).items():
            if position.isolated is not None and position.isolated.balance_quanta:
                isolated[symbol] = position.isolated.balance_quanta
            if position.lots:
                chosen = position.mode is not CASH
                positions[symbol] = position.lots, position.cost_quanta, chosen
                mark_ticks = self._exchange.oracle(symbol).mark_ticks
                if mark_ticks is not None:
                    stated[symbol] = mark_ticks
        return Valuation(
            account=account,
            balances=self._exchange.balances(account),
            positions=positions,
            isolated=isolated,
            marks=marks,
            stated=stated,
        )

    def _marks(self) -> dict[str, int]:
        marks: dict[str, int] = {}
        for symbol in self._exchange.symbols():
            bid, ask = self._exchange.best_bid(symbol), self._exchange.best_ask(symbol)
            if bid is not None and ask is not None:
                marks[symbol] = bid[0] + ask[0]
        return marks


def _moves_the_fund(event: Event) -> bool:
    """Whether the insurance fund may have another balance after an event."""
    kind = type(event)
    return kind in _OF_THE_FUND or (
        kind in _MOVES_MONEY and getattr(event, "account", "") == chart.INSURANCE
    )


def _touched(events: tuple[Event, ...]) -> list[str]:
    """Accounts whose money a command moved, in the order in which it did."""
    touched: dict[str, None] = {}
    for event in events:
        if type(event) in _MOVES_MONEY:
            account: str = getattr(event, "account", "")
            if chart.is_trader_name(account) and account != MARKET:
                touched[account] = None
    return list(touched)
