"""The order types there are, and the way every order goes in."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.core.accounts import Account
from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import OrderType, PlaceOrder
from engine.core.market import Market
from engine.core.mirror.depth import release_due
from engine.core.orders import iceberg, limit, market, trailing, waiting
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.funds import NONE_SPARE, Spare
from engine.core.orders.order import Order
from engine.core.orders.terms import check_terms
from engine.core.risk import limits
from engine.core.state import State


@dataclass(frozen=True, slots=True)
class Rules:
    """What an order type is: what must hold before it is taken, and what it does then."""

    check: Callable[[State, Market, Order, Spare], None]
    """Raises Refusal; changes nothing but the draft."""
    enter: Callable[[State, Market, Order], None]
    """Trades, rests, waits or ends an accepted order."""


_WAITING = Rules(waiting.check, waiting.enter)
_TRAILING = Rules(trailing.check, trailing.enter)
ORDER_TYPES: dict[OrderType, Rules] = {
    OrderType.LIMIT: Rules(limit.check, limit.enter),
    OrderType.MARKET: Rules(market.check, market.enter),
    OrderType.ICEBERG: Rules(iceberg.check, iceberg.enter),
    OrderType.STOP: _WAITING,
    OrderType.TAKE_PROFIT: _WAITING,
    OrderType.STOP_LIMIT: _WAITING,
    OrderType.TAKE_PROFIT_LIMIT: _WAITING,
    OrderType.TRAILING_STOP: _TRAILING,
    OrderType.TRAILING_STOP_LIMIT: _TRAILING,
}


def place(state: State, target: Market, account: Account, command: PlaceOrder) -> None:
    """Check an order, accept it, and let it do what its type does.

    Raises:
        Refusal: The first reason that applies.
    """
    check_terms(target, account, command, state.now_ns)
    if target.mirror.due_ns <= state.now_ns:
        release_due(state, target)
    order = draft(state, target, account, command)
    rules = ORDER_TYPES[command.order_type]
    rules.check(state, target, order, NONE_SPARE)
    if account.limits is not NO_LIMITS:
        limits.count_placed(state, account)
    accept(state, target, order)
    rules.enter(state, target, order)


def checked(
    state: State,
    target: Market,
    account: Account,
    command: PlaceOrder,
    spare: Spare = NONE_SPARE,
    linked: Order | None = None,
) -> Order:
    """The order that a command would become, if it may be accepted with others.

    Args:
        spare: Orders that end if this one is taken.
        linked: The order of which only one will fill, checked before.

    Raises:
        Refusal: The first reason that applies.
    """
    check_terms(target, account, command, state.now_ns)
    if target.mirror.due_ns <= state.now_ns:
        release_due(state, target)
    order = draft(state, target, account, command)
    if linked is not None:
        order.linked = linked
    ORDER_TYPES[command.order_type].check(state, target, order, spare)
    return order


def enter(state: State, target: Market, order: Order) -> None:
    """Let an accepted order do what its type does."""
    ORDER_TYPES[order.command.order_type].enter(state, target, order)
