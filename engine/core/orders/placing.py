"""The order types there are, and the way every order goes in."""

from collections.abc import Callable

from engine.core.accounts import Account
from engine.core.commands import OrderType, PlaceOrder
from engine.core.market import Market
from engine.core.mirror.depth import release_due
from engine.core.orders import limit, market
from engine.core.orders.checks import check_terms
from engine.core.state import State

ORDER_TYPES: dict[OrderType, Callable[[State, Market, Account, PlaceOrder], None]] = {
    OrderType.LIMIT: limit.place,
    OrderType.MARKET: market.place,
}


def place(state: State, target: Market, account: Account, command: PlaceOrder) -> None:
    """Check an order's terms and hand it to its type.

    Raises:
        Refusal: The first reason that applies.
    """
    check_terms(target, account, command)
    if target.mirror.due_ns <= state.now_ns:
        release_due(state, target)
    ORDER_TYPES[command.order_type](state, target, account, command)
