"""Giving an order its identity."""

from heapq import heappush

from engine.core.accounts import Account, LedgerAccount
from engine.core.accounts.pool import Pool
from engine.core.commands import SELL, PlaceOrder, TimeInForce
from engine.core.events import OrderAccepted
from engine.core.fees import FeeBook, TrailingSum
from engine.core.margin_terms import CASH
from engine.core.market import Market
from engine.core.orders.funds import reserve
from engine.core.orders.order import NO_PRICE, Order
from engine.core.state import State

DAY = TimeInForce.DAY
Purses = tuple[LedgerAccount, LedgerAccount, FeeBook]
"""Where settlement and base of an account are, and what it is charged by, in one instrument."""


def draft(
    state: State,
    market: Market,
    account: Account,
    command: PlaceOrder,
    purses: Purses | None = None,
) -> Order:
    """The order that a command would become; it gets its number when it is accepted.

    Args:
        purses: What it pays from, is paid to and charged by; None for what its owner has here,
            opened on first use.
    """
    if purses is None:
        purses = account.purses.get(command.symbol)
        if purses is None:
            purses = account.purses[command.symbol] = purses_of(state, market, account)
    order = Order(state.next_order_id, account, purses, command, state.now_ns)
    if not market.spot:
        order.margined = True
        return order
    position = account.positions.get(command.symbol)
    if position is not None and position.mode is not CASH:
        order.margined = True
    elif command.side is SELL:
        order.holding = order.asset
    return order


def imagine(state: State, market: Market, account: Account, command: PlaceOrder) -> Order:
    """As `draft`, for an order that is never sent: nothing is opened for it."""
    instrument = market.instrument
    accounts, name = state.ledger.accounts, account.name
    purses = account.purses.get(command.symbol) or (
        accounts.get((name, instrument.settlement)) or LedgerAccount(name, instrument.settlement),
        accounts.get((name, instrument.base)) or LedgerAccount(name, instrument.base),
        FeeBook(TrailingSum()),
    )
    return draft(state, market, account, command, purses)


def purses_of(state: State, market: Market, account: Account) -> Purses:
    """What an account pays, is paid and is charged by in an instrument it has not used before."""
    instrument = market.instrument
    cash = state.ledger.account(account.name, instrument.settlement)
    if instrument.settlement not in account.pools:
        account.pools[instrument.settlement] = Pool(cash)
    volume = account.volumes.setdefault((instrument.asset_class, instrument.quote), TrailingSum())
    return (
        cash,
        state.ledger.account(account.name, instrument.base),
        FeeBook(volume),
    )


def accept(state: State, market: Market, order: Order) -> None:
    """Register a checked order, hold what it needs, and say so."""
    order_id = order.order_id = state.next_order_id
    state.next_order_id = order_id + 1
    command, owner = order.command, order.owner
    state.orders[order_id] = order
    owner.orders[order_id] = order
    if command.client_id:
        owner.remember(command.client_id, order_id)
    if order.margined:
        reserve(order)
    else:
        order.holding.held_quanta += order.hold_quanta
    if command.reduce_only:
        position = owner.position(order.symbol)
        if order.follows:
            position.exits.append(order)
        else:
            position.let_reduce(order)
    expires_ns = command.expires_ns
    if command.time_in_force is DAY:
        expires_ns = order.expires_ns = market.hours.day_end_ns(state.now_ns)
    if expires_ns is not None:
        schedule_expiry(state, order)
    state.events.append(
        OrderAccepted(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order_id,
            account=owner.name,
            symbol=command.symbol,
            order=command,
            lots=order.lots,
            price_ticks=None if order.price_ticks == NO_PRICE else order.price_ticks,
            expires_ns=expires_ns,
            parent_id=order.parent_id,
            linked_id=None if order.linked is None else _linked_id(state, order.linked),
        )
    )


def _linked_id(state: State, other: Order) -> int | None:
    """The number of a linked order, once it has one."""
    return other.order_id if state.orders.get(other.order_id) is other else None


def schedule_expiry(state: State, order: Order) -> None:
    """Let an order end at its time."""
    assert order.expires_ns is not None, "asked of orders that expire"
    heappush(state.expiries, (order.expires_ns, order.order_id))
    state.due_ns = min(state.due_ns, order.expires_ns)
