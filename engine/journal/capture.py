"""What the history needs of each command, taken in the thread that applied it.

Events are kept as they are; what no event says, an account's balances and the prices to value it
at, is read from the exchange between two commands. Everything else happens elsewhere, later.
"""

from typing import Protocol

import msgspec

from engine.core.accounts import Position
from engine.core.commands import Command
from engine.core.events import Deposited, Event, OrderFilled

EQUITY_INTERVAL_NS = 10 * 10**9
"""How often every account is valued, besides after its own fills and deposits."""


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
    positions: dict[str, tuple[int, int]]
    """(lots, cost_quanta) by symbol, open ones only."""
    marks: dict[str, int]
    """Bid plus ask in ticks, that is twice the mid, by symbol; absent where either is missing."""


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """One command's share in the history."""

    seq: int
    ts_ns: int
    command: str
    """The name of its class."""
    events: tuple[Event, ...]
    valuations: tuple[Valuation, ...]


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
        if slot != self._slot:
            self._slot = slot
            valued = self._exchange.accounts()
        else:
            valued = _touched(events)
        if not events and not valued:
            return None
        return Captured(
            seq=self._exchange.seq,
            ts_ns=ts_ns,
            command=type(command).__name__,
            events=events,
            valuations=self._value(valued),
        )

    def _value(self, accounts: list[str]) -> tuple[Valuation, ...]:
        if not accounts:
            return ()
        marks = self._marks()
        return tuple(
            Valuation(
                account=account,
                balances=self._exchange.balances(account),
                positions={
                    symbol: (position.lots, position.cost_quanta)
                    for symbol, position in self._exchange.positions(account).items()
                    if position.lots
                },
                marks=marks,
            )
            for account in accounts
        )

    def _marks(self) -> dict[str, int]:
        marks: dict[str, int] = {}
        for symbol in self._exchange.symbols():
            bid, ask = self._exchange.best_bid(symbol), self._exchange.best_ask(symbol)
            if bid is not None and ask is not None:
                marks[symbol] = bid[0] + ask[0]
        return marks


def _touched(events: tuple[Event, ...]) -> list[str]:
    """Accounts whose money a command moved, in the order in which it did."""
    touched: dict[str, None] = {}
    for event in events:
        if isinstance(event, OrderFilled | Deposited):
            touched[event.account] = None
    return list(touched)
