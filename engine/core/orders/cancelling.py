"""Withdrawing orders: one, or many at once."""

from engine.core.accounts import Account
from engine.core.commands import CancelAll, CancelOrder, Side
from engine.core.events import AllCancelled, EndCause
from engine.core.orders.ending import withdraw
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
            f"order {order_id} is not live: it was filled or cancelled, or never existed",
        )
    if order.owner is not account:
        raise Refusal(Reason.NOT_YOUR_ORDER, f"order {order_id} is not one of {account.title}'s")
    return order


def cancel(state: State, account: Account, command: CancelOrder) -> None:
    """Withdraw one order.

    Raises:
        Refusal: No such order of this account.
    """
    withdraw(state, own_order(state, account, command.order_id), REQUESTED)


def cancel_all(state: State, account: Account, command: CancelAll) -> None:
    """Withdraw all orders in scope, oldest first."""
    count = withdraw_matching(
        state, account, REQUESTED, symbol=command.symbol, side=command.side, tag=command.tag
    )
    state.events.append(
        AllCancelled(
            seq=state.seq,
            ts_ns=state.now_ns,
            account=account.name,
            symbol=command.symbol,
            tag=command.tag,
            orders=count,
        )
    )


def withdraw_matching(
    state: State,
    account: Account,
    cause: EndCause,
    *,
    symbol: str | None = None,
    side: Side | None = None,
    tag: str | None = None,
) -> int:
    """Withdraw an account's orders, oldest first; None matches all. Returns how many there were."""
    doomed = [
        order
        for order in account.orders.values()
        if symbol in (None, order.symbol)
        and side in (None, order.side)
        and tag in (None, order.command.tag)
    ]
    for order in doomed:
        withdraw(state, order, cause)
    return len(doomed)
