"""Cancel-replace: an order goes and another one comes, or nothing happens."""

from engine.core.accounts import Account
from engine.core.commands import ReplaceOrder
from engine.core.events import EndCause
from engine.core.market import Market
from engine.core.mirror.depth import release_due
from engine.core.orders.acceptance import accept
from engine.core.orders.cancelling import own_order
from engine.core.orders.ending import withdraw
from engine.core.orders.order import Order
from engine.core.orders.placing import checked, enter
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State


def replace(state: State, market: Market, account: Account, command: ReplaceOrder) -> None:
    """Check the new order as if the old one were gone, then let it be so.

    Raises:
        Refusal: The old order stays as it was, in its place.
    """
    release_due(state, market)
    old = own_order(state, account, command.order_id)
    if command.order.account != command.account:
        raise Refusal(
            Reason.LEGS_CONFLICT, "an order is replaced by one of the account that sent it"
        )
    order = _checked_without(state, market, account, command, old)
    withdraw(state, old, EndCause.REPLACED)
    accept(state, market, order)
    limits.count_placed(state, account)
    enter(state, market, order)


def _checked_without(
    state: State, market: Market, account: Account, command: ReplaceOrder, old: Order
) -> Order:
    """The new order, checked while the old one is set aside from its queue."""
    book = state.markets[old.symbol].book
    level, behind = old.level, old.after
    if level is not None:
        book.remove(old)
    try:
        return checked(state, market, account, command.order, spare=(old,))
    finally:
        if level is not None:
            book.put_back(old, behind, level)
