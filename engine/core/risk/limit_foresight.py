"""Why an order would be refused, asked before it is sent: nothing is changed."""

from __future__ import annotations

import msgspec

from engine.core.accounts import Account
from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import PlaceOrder
from engine.core.market import Market
from engine.core.orders.acceptance import imagine
from engine.core.orders.funds import NONE_SPARE
from engine.core.orders.placing import ORDER_TYPES
from engine.core.orders.terms import check_terms
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


class LimitRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """An enforced limit that stands in the way of an order."""

    text: str
    """The sentence with which the order would be refused: the limit, its value, what passes."""
    fits_lots: int | None
    """The most lots that pass all of that limit, 0 when none do; None where the size does not
    matter: the rate of orders, the number of positions, the leverage that was chosen."""


def limit_refusal(
    state: State, market: Market, account: Account, command: PlaceOrder
) -> LimitRefusal | None:
    """The limit that would refuse an order now; None when none would, or another reason would."""
    if account.limits is NO_LIMITS:
        return None
    found = order_refusal(state, market, account, command)
    if found is None or found.reason is not Reason.LIMIT_EXCEEDED:
        return None
    return LimitRefusal(text=found.text, fits_lots=found.fits_lots)


def order_refusal(
    state: State, market: Market, account: Account, command: PlaceOrder
) -> Refusal | None:
    """The first reason for which an order would be refused now, with its sentence; None for none.

    Whether its market trades now is not asked.
    """
    try:
        check_terms(market, account, command, state.now_ns)
        order = imagine(state, market, account, command)
        ORDER_TYPES[command.order_type].check(state, market, order, NONE_SPARE)
    except Refusal as refusal:
        return refusal
    return None
