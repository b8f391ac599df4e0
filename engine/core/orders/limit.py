"""Limit orders: trade up to a price, rest with what is left."""

from engine.core.accounts import Account
from engine.core.commands import FOK, GTC, PlaceOrder
from engine.core.events import FILLED, EndCause
from engine.core.execution import execute, finish, rehold
from engine.core.market import Market
from engine.core.orders import checks
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.funds import reserve
from engine.core.orders.order import Order
from engine.core.state import State


def place(state: State, market: Market, account: Account, command: PlaceOrder) -> None:
    """Check, hold, match, rest.

    Raises:
        Refusal: The book or the account does not allow it.
    """
    assert command.price_ticks is not None, "checked before"
    checks.check_notional(market, command.lots, command.price_ticks)
    checks.check_live(market)
    if command.post_only:
        checks.check_post_only(market, command.side, command.price_ticks)
    if command.time_in_force is FOK:
        checks.check_fill_or_kill(market, command.side, command.lots, command.price_ticks)
    order = draft(state, market, account, command)
    reserve(market, order)
    accept(state, order, command)
    enter(state, market, order)


def enter(state: State, market: Market, order: Order) -> None:
    """Trade what crosses, then rest or end."""
    fills = market.book.match(order.side, order.open_lots, order.price_ticks)
    if fills:
        execute(state, market, order, fills)
        if not order.open_lots:
            finish(state, order, FILLED)
            return
        rehold(market, order)
    if order.time_in_force is GTC:
        market.book.add(order)
    else:
        finish(state, order, EndCause.IOC_REMAINDER)
