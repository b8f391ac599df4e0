"""OCO: two orders sent as one, of which only one fills."""

from engine.core.accounts import Account
from engine.core.commands import PlaceOco, PlaceOrder
from engine.core.market import Market
from engine.core.orders.acceptance import accept
from engine.core.orders.funds import give_back, reserve
from engine.core.orders.linking import link
from engine.core.orders.order import Order
from engine.core.orders.placing import checked, enter
from engine.core.orders.terms import LASTING, TERMS
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State


def place(state: State, market: Market, account: Account, command: PlaceOco) -> None:
    """Check both legs, accept both, then let them trade, rest or wait.

    Raises:
        Refusal: The legs do not go together, or one of them is refused: then both are.
    """
    first, second = command.first, command.second
    _check_pair(command)
    legs = _checked(state, market, account, first, second)
    limits.check_rate(state, account, len(legs))
    limits.count_placed(state, account, len(legs))
    link(*legs)
    for order in legs:
        accept(state, market, order)
    for order in sorted(legs, key=_trades_on_entry):
        if order.order_id in state.orders:
            enter(state, market, order)


def _checked(
    state: State, market: Market, account: Account, first: PlaceOrder, second: PlaceOrder
) -> tuple[Order, Order]:
    """Both legs; the second is checked while the first holds what it needs."""
    try:
        one = checked(state, market, account, first)
    except Refusal as refusal:
        raise Refusal(refusal.reason, f"first leg: {refusal.text}") from refusal
    reserve(one)
    try:
        other = checked(state, market, account, second, linked=one)
    except Refusal as refusal:
        raise Refusal(refusal.reason, f"second leg: {refusal.text}") from refusal
    finally:
        give_back(one)
    return one, other


def _trades_on_entry(order: Order) -> bool:
    """A leg that waits enters first, so that it sees what the other one trades."""
    terms = TERMS[order.order_type]
    return not (terms.trigger or terms.trailing)


def _check_pair(command: PlaceOco) -> None:
    first, second = command.first, command.second
    problem = ""
    if (first.account, second.account) != (command.account, command.account):
        problem = "both legs must be of the account that sends them"
    elif (first.symbol, first.side, first.lots) != (second.symbol, second.side, second.lots):
        problem = "both legs must be of one instrument, side and quantity"
    elif first.client_id and first.client_id == second.client_id:
        problem = "the legs need client ids of their own"
    elif first.reduce_only is not second.reduce_only:
        problem = "both legs are reduce-only, or neither"
    else:
        problem = _leg_problem(first) or _leg_problem(second)
    if problem:
        raise Refusal(Reason.LEGS_CONFLICT, problem)


def _leg_problem(leg: PlaceOrder) -> str:
    if leg.exits is not None:
        return "a leg has no exits of its own"
    if leg.time_in_force not in LASTING or not _stays(leg):
        return "a leg is an order that rests or waits: gtc, gtd or day, and not a market order"
    return ""


def _stays(leg: PlaceOrder) -> bool:
    terms = TERMS[leg.order_type]
    return terms.price or terms.trigger or terms.trailing
