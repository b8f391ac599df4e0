"""Why an order would be refused, asked before it is sent: nothing is changed."""

from engine.core.accounts import Account
from engine.core.commands import PlaceOrder
from engine.core.market import Market
from engine.core.orders.acceptance import imagine
from engine.core.orders.funds import NONE_SPARE
from engine.core.orders.placing import ORDER_TYPES
from engine.core.orders.terms import check_terms
from engine.core.reasons import Refusal
from engine.core.state import State


def order_refusal(
    state: State, market: Market, account: Account, command: PlaceOrder
) -> Refusal | None:
    """The first reason for which an order would be refused now, with its sentence; None for none.

    Where a limit of the portfolio is the reason, it says how many lots would pass.
    """
    try:
        check_terms(market, account, command, state.now_ns)
        order = imagine(state, market, account, command)
        ORDER_TYPES[command.order_type].check(state, market, order, NONE_SPARE)
    except Refusal as refusal:
        return refusal
    return None
