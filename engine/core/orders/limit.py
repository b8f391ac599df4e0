"""Limit orders: trade up to a price, rest with what is left."""

from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import FOK, TimeInForce
from engine.core.events import FILLED, EndCause
from engine.core.market import Market
from engine.core.mirror.mirror import DOWN
from engine.core.orders import checks
from engine.core.orders.ending import finish, rehold
from engine.core.orders.funds import Spare, require_limit
from engine.core.orders.order import Order
from engine.core.orders.reach import reach
from engine.core.orders.reducing import fit
from engine.core.orders.resting import rest
from engine.core.orders.sweep import sweep
from engine.core.risk import limits
from engine.core.state import State

IOC = TimeInForce.IOC


def check(state: State, market: Market, order: Order, spare: Spare) -> None:
    """See that a new order may go in; what it must hold is computed, and held by `hold_now`.

    Raises:
        Refusal: The book or the account does not allow it.
    """
    command = order.command
    terms = market.instrument
    if terms.notional_min_quanta:
        checks.check_notional(market, command.lots, order.price_ticks)
    if (
        market.halt is not None
        or market.hours.sessions
        or market.mirror.state is DOWN
        or not market.tradable
    ):
        checks.check_open(state, market)
    if command.reduce_only:
        fit(order)
    if terms.band_ppm is not None:
        checks.check_band(market, order.price_ticks)
    if command.post_only:
        order.price_ticks = checks.post_only_ticks(
            market, order.side, order.price_ticks, slide=command.slide
        )
    if command.time_in_force is FOK:
        found, _ = reach(market, order, order.lots, order.price_ticks)
        checks.check_fill_or_kill(market, order.lots, order.price_ticks, found)
    if order.owner.limits is not NO_LIMITS:
        limits.check_priced(state, market, order, order.lots, order.price_ticks, spare)
    require_limit(state, market, order, spare)


def enter(state: State, market: Market, order: Order) -> None:
    """Trade what crosses, then rest or end."""
    if market.book.crosses(order.side, order.price_ticks):
        goes_on = sweep(state, market, order, order.price_ticks)
        if not goes_on:
            finish(state, order, EndCause.SELF_TRADE)
            return
        if not order.open_lots:
            finish(state, order, FILLED)
            return
        rehold(market, order)
    life = order.command.time_in_force
    if life is IOC or life is FOK:
        finish(state, order, EndCause.IOC_REMAINDER)
    else:
        rest(state, market, order)
