"""Withdrawing orders: one, many, or all together with the positions."""

from engine.core.accounts import Account
from engine.core.commands import (
    BUY,
    MARKET_ORDER,
    SELL,
    CancelAll,
    CancelOrder,
    Flatten,
    PlaceOrder,
    Side,
)
from engine.core.events import AllCancelled, EndCause, Flattened
from engine.core.execution import finish
from engine.core.market import Market
from engine.core.mirror.depth import release_due
from engine.core.mirror.mirror import DOWN
from engine.core.orders.acceptance import draft
from engine.core.orders.market import trade
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State

REQUESTED = EndCause.REQUESTED


def own_order(state: State, account: Account, order_id: int) -> Order:
    """A live order of this account.

    Raises:
        Refusal: It does not exist, has ended, or is somebody else's.
    """
    order = state.orders.get(order_id)
    if order is None:
        raise Refusal(
            Reason.UNKNOWN_ORDER,
            f"order {order_id} is not working: it was filled or cancelled, or never existed",
        )
    if order.owner is not account:
        raise Refusal(Reason.NOT_YOUR_ORDER, f"order {order_id} is not one of {account.name}'s")
    return order


def cancel(state: State, account: Account, command: CancelOrder) -> None:
    """Withdraw one order.

    Raises:
        Refusal: No such order of this account.
    """
    withdraw(state, own_order(state, account, command.order_id), REQUESTED)


def cancel_all(state: State, account: Account, command: CancelAll) -> None:
    """Withdraw all orders in scope, oldest first."""
    count = _withdraw_matching(state, account, command.symbol, command.side, REQUESTED)
    state.events.append(
        AllCancelled(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=command.symbol,
            tag=None,
            orders=count,
        )
    )


def flatten(state: State, account: Account, command: Flatten) -> None:
    """Withdraw all orders in scope, then close the positions against whatever the book has."""
    count = _withdraw_matching(state, account, command.symbol, None, EndCause.FLATTENED)
    open_positions = 0
    for symbol, market in state.markets.items():
        if command.symbol in (None, symbol):
            release_due(state, market)
            open_positions += _close(state, market, account)
    state.events.append(
        Flattened(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=command.symbol,
            cancelled_orders=count,
            open_positions=open_positions,
        )
    )


def withdraw(state: State, order: Order, cause: EndCause) -> None:
    """Take a resting order out of its book and end it."""
    state.markets[order.symbol].book.remove(order)
    finish(state, order, cause)


def _withdraw_matching(
    state: State, account: Account, symbol: str | None, side: Side | None, cause: EndCause
) -> int:
    doomed = [
        order
        for order in account.orders.values()
        if symbol in (None, order.symbol) and side in (None, order.side)
    ]
    for order in doomed:
        withdraw(state, order, cause)
    return len(doomed)


def _close(state: State, market: Market, account: Account) -> bool:
    """Trade a position away; returns whether any of it stays open.

    A derivative closes whatever its fee; a spot position is closed with what is owned and free.
    """
    symbol = market.instrument.symbol
    position = account.positions.get(symbol)
    if position is None or not position.lots:
        return False
    side = SELL if position.lots > 0 else BUY
    if market.mirror.state is DOWN or not market.book.facing(side).ranks:
        return True
    lots = abs(position.lots)
    if market.spot:
        owned = state.ledger.account(account.name, market.instrument.base)
        lots = min(lots, owned.free_quanta // market.scale.base_quanta_per_lot)
        if not lots:
            return True
    command = PlaceOrder(
        account=account.name, symbol=symbol, side=side, order_type=MARKET_ORDER, lots=lots
    )
    trade(state, market, draft(state, market, account, command), command)
    return position.lots != 0
