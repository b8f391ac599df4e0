"""The exchange: commands in, events out, nothing else.

`Exchange.apply` finds what a command is about, hands it to the module that knows the rule, and
returns the events. A refusal anywhere becomes one reject event; nothing is left half done, because
every check of a rule comes before its first change.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.core import listing
from engine.core.accounts import Account, Position
from engine.core.book import Level
from engine.core.commands import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Command,
    ConfigureMirror,
    Deposit,
    Flatten,
    ListInstrument,
    MirrorDepth,
    MirrorDown,
    MirrorTrade,
    OpenAccount,
    PlaceOrder,
    Side,
)
from engine.core.events import CommandRejected, Event, OrderRejected
from engine.core.instruments import Instrument
from engine.core.market import Market
from engine.core.mirror import depth, prints
from engine.core.mirror.mirror import MirrorState
from engine.core.orders import amending, cancelling, covering, placing
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import Scale


class Exchange:
    """A deterministic exchange over one state.

    The same commands with the same times give the same events, byte for byte, on any machine.
    """

    __slots__ = ("state",)

    def __init__(self, state: State | None = None) -> None:
        self.state = State() if state is None else state

    def apply(self, command: Command, ts_ns: int) -> tuple[Event, ...]:
        """Apply one command at a time that never runs backwards.

        Args:
            ts_ns: Unix time in nanoseconds; an earlier one than before counts as the same.
        """
        state = self.state
        state.seq += 1
        if ts_ns > state.now_ns:
            state.now_ns = ts_ns
        state.events = []
        try:
            APPLY[type(command)](state, command)
        except Refusal as refusal:
            state.events.append(_reject(state, command, refusal))
        if state.shrunk:
            covering.cover_all(state)
        events = tuple(state.events)
        state.events = []
        return events

    @property
    def seq(self) -> int:
        """How many commands have been applied."""
        return self.state.seq

    @property
    def now_ns(self) -> int:
        """The time of the last command."""
        return self.state.now_ns

    # Reading: what panes, traders and tests may ask. Nothing here changes anything.

    def symbols(self) -> list[str]:
        """Every instrument, in the order of listing."""
        return list(self.state.markets)

    def instrument(self, symbol: str) -> Instrument:
        """The terms of an instrument; KeyError when it is not listed."""
        return self.state.markets[symbol].instrument

    def scale(self, symbol: str) -> Scale:
        """The conversions of an instrument; KeyError when it is not listed."""
        return self.state.markets[symbol].scale

    def accounts(self) -> list[str]:
        """Every trader's account, in the order of opening."""
        return list(self.state.accounts)

    def best_bid(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots) of the highest bid."""
        return _touch(self.state.markets[symbol], Side.BUY)

    def best_ask(self, symbol: str) -> tuple[int, int] | None:
        """(price_ticks, lots) of the lowest ask."""
        return _touch(self.state.markets[symbol], Side.SELL)

    def depth(
        self, symbol: str, side: Side, levels: int | None = None
    ) -> list[tuple[int, int, int]]:
        """(price_ticks, lots, orders) of each level, best first."""
        book_side = self.state.markets[symbol].book.side(side)
        found: list[tuple[int, int, int]] = []
        for level in book_side.best_first():
            if len(found) == levels:
                break
            found.append((level.rank * book_side.sign, level.lots, level.orders))
        return found

    def level(self, symbol: str, side: Side, price_ticks: int) -> tuple[int, int]:
        """(lots, orders) at a price; (0, 0) when nobody stands there."""
        level = _level(self.state.markets[symbol], side, price_ticks)
        return (0, 0) if level is None else (level.lots, level.orders)

    def queue_at(self, symbol: str, side: Side, price_ticks: int) -> list[tuple[str, int, int]]:
        """(account, order_id, open_lots) at a price, in priority order."""
        level = _level(self.state.markets[symbol], side, price_ticks)
        return [] if level is None else [(owner_of(o), o.order_id, o.open_lots) for o in level]

    def last_trade(self, symbol: str) -> tuple[int, Side] | None:
        """(price_ticks, aggressor) of the last trade or venue print."""
        market = self.state.markets[symbol]
        if market.last_ticks is None or market.last_side is None:
            return None
        return market.last_ticks, market.last_side

    def mirror_state(self, symbol: str) -> MirrorState:
        """Whether a venue's depth stands in the book."""
        return self.state.markets[symbol].mirror.state

    def order(self, order_id: int) -> Order | None:
        """A live order of a trader; None when it has ended or never was."""
        return self.state.orders.get(order_id)

    def open_orders(self, account: str, symbol: str | None = None) -> list[Order]:
        """An account's live orders, oldest first."""
        orders = self.state.accounts[account].orders.values()
        return [order for order in orders if symbol in (None, order.symbol)]

    def queue_ahead(self, order_id: int) -> int:
        """Lots in front of a resting order; KeyError when it does not rest."""
        order = self.state.orders[order_id]
        return 0 if order.level is None else order.level.ahead_of(order)

    def balance(self, account: str, currency: str) -> tuple[int, int]:
        """(balance_quanta, held_quanta) of one currency."""
        found = self.state.ledger.accounts.get((account, currency))
        return (0, 0) if found is None else (found.balance_quanta, found.held_quanta)

    def balances(self, account: str) -> dict[str, tuple[int, int]]:
        """(balance_quanta, held_quanta) by currency, in the order of first use."""
        return {
            currency: (entry.balance_quanta, entry.held_quanta)
            for (owner, currency), entry in self.state.ledger.accounts.items()
            if owner == account
        }

    def position(self, account: str, symbol: str) -> Position | None:
        """A position, flat ones that were traded included; None when never traded."""
        return self.state.accounts[account].positions.get(symbol)

    def positions(self, account: str) -> dict[str, Position]:
        """Every position of an account that was ever traded, by symbol."""
        return dict(self.state.accounts[account].positions)

    def ledger_totals(self) -> dict[str, int]:
        """The sum of all balances per currency: zero, always."""
        return self.state.ledger.totals()


def owner_of(order: object) -> str:
    """The account that an order in a queue belongs to."""
    return order.owner.name if isinstance(order, Order) else "market"


def _level(market: Market, side: Side, price_ticks: int) -> Level | None:
    book_side = market.book.side(side)
    return book_side.levels.get(price_ticks * book_side.sign)


def _touch(market: Market, side: Side) -> tuple[int, int] | None:
    book_side = market.book.side(side)
    if not book_side.ranks:
        return None
    rank = book_side.ranks[-1]
    return rank * book_side.sign, book_side.levels[rank].lots


def _reject(state: State, command: Command, refusal: Refusal) -> Event:
    if isinstance(command, PlaceOrder):
        return OrderRejected(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=command.account,
            symbol=command.symbol,
            side=command.side,
            lots=command.lots,
            price_ticks=command.price_ticks,
            client_id=command.client_id,
            reason=refusal.reason,
            text=refusal.text,
        )
    return CommandRejected(
        seq=state.seq,
        ts_ns=state.now_ns,
        account=getattr(command, "account", ""),
        order_id=getattr(command, "order_id", None),
        reason=refusal.reason,
        text=refusal.text,
    )


def _account(state: State, name: str) -> Account:
    account = state.accounts.get(name)
    if account is None:
        raise Refusal(Reason.UNKNOWN_ACCOUNT, f"there is no account {name!r}: open it first")
    return account


def _market(state: State, symbol: str) -> Market:
    market = state.markets.get(symbol)
    if market is None:
        listed = ", ".join(state.markets) or "none"
        raise Refusal(Reason.UNKNOWN_INSTRUMENT, f"{symbol} is not listed; listed: {listed}")
    return market


def _place(state: State, command: PlaceOrder) -> None:
    account = state.accounts.get(command.account) or _account(state, command.account)
    market = state.markets.get(command.symbol) or _market(state, command.symbol)
    placing.place(state, market, account, command)


def _cancel(state: State, command: CancelOrder) -> None:
    cancelling.cancel(state, _account(state, command.account), command)


def _amend(state: State, command: AmendOrder) -> None:
    account = _account(state, command.account)
    order = state.orders.get(command.order_id)
    if order is not None:
        depth.release_due(state, state.markets[order.symbol])
    amending.amend(state, account, command)


def _cancel_all(state: State, command: CancelAll) -> None:
    account = _account(state, command.account)
    if command.symbol is not None:
        _market(state, command.symbol)
    cancelling.cancel_all(state, account, command)


def _flatten(state: State, command: Flatten) -> None:
    account = _account(state, command.account)
    if command.symbol is not None:
        _market(state, command.symbol)
    cancelling.flatten(state, account, command)


def _mirror_depth(state: State, command: MirrorDepth) -> None:
    depth.apply_depth(state, _market(state, command.symbol), command)


def _mirror_trade(state: State, command: MirrorTrade) -> None:
    prints.apply_print(state, _market(state, command.symbol), command)


def _mirror_down(state: State, command: MirrorDown) -> None:
    depth.apply_down(state, _market(state, command.symbol), command)


def _configure_mirror(state: State, command: ConfigureMirror) -> None:
    depth.configure(state, _market(state, command.symbol), command)


def _advance_time(state: State, command: AdvanceTime) -> None:
    del command
    for market in state.markets.values():
        depth.release_due(state, market)


APPLY: dict[type, Callable[[State, Any], None]] = {
    PlaceOrder: _place,
    CancelOrder: _cancel,
    AmendOrder: _amend,
    CancelAll: _cancel_all,
    Flatten: _flatten,
    MirrorDepth: _mirror_depth,
    MirrorTrade: _mirror_trade,
    MirrorDown: _mirror_down,
    ConfigureMirror: _configure_mirror,
    AdvanceTime: _advance_time,
    ListInstrument: listing.list_instrument,
    OpenAccount: listing.open_account,
    Deposit: listing.deposit,
}
