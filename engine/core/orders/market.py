"""Market orders: trade at once at whatever price there is, never rest.

Two things may stop one short: its own protection, counted from the touch that it meets, and the
price band of the instrument.
"""

from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import BUY, FOK
from engine.core.events import FILLED, EndCause
from engine.core.market import Market
from engine.core.orders import checks
from engine.core.orders.ending import finish
from engine.core.orders.funds import Spare, require_market
from engine.core.orders.order import Order
from engine.core.orders.reach import reach
from engine.core.orders.reducing import fit
from engine.core.orders.sweep import sweep
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State
from engine.core.units import PPM


def check(state: State, market: Market, order: Order, spare: Spare) -> None:
    """See that a new order may trade.

    Raises:
        Refusal: The book or the account does not allow it.
    """
    best_ticks = market.book.facing(order.side).best_ticks()
    if best_ticks is not None:
        checks.check_notional(market, order.command.lots, best_ticks)
    checks.check_open(state, market)
    if order.reduce_only:
        fit(order)
    if best_ticks is None:
        raise Refusal(
            Reason.NO_LIQUIDITY,
            f"nobody to trade with in {order.symbol} now: send a limit order, it can wait",
        )
    limit_ticks = reachable_ticks(market, order)
    if order.time_in_force is FOK:
        found, _ = reach(market, order, order.lots, limit_ticks)
        checks.check_fill_or_kill(market, order.lots, limit_ticks, found)
    found, value = would_get(market, order)
    if order.owner.limits is not NO_LIMITS:
        check_limits(state, market, order, found, spare)
    require_market(state, market, order, found, value, spare)


def enter(state: State, market: Market, order: Order) -> None:
    """Trade what the book gives, and end."""
    limit_ticks = reachable_ticks(market, order)
    if not sweep(state, market, order, limit_ticks):
        cause = EndCause.SELF_TRADE
    elif not order.open_lots:
        cause = FILLED
    else:
        cause = shortfall(market, order)
    finish(state, order, cause)


def shortfall(market: Market, order: Order) -> EndCause:
    """Why an order at market got less than it wanted: nobody is left, or only too far away."""
    if market.book.front(order.side, None) is None:
        return EndCause.NO_LIQUIDITY
    return EndCause.PROTECTED


def would_get(market: Market, order: Order) -> tuple[int, int]:
    """(lots, what they would cost in quanta) of all that the book could give."""
    limit_ticks = reachable_ticks(market, order)
    return reach(market, order, order.open_lots, limit_ticks, undiminished=False)


def check_limits(
    state: State, market: Market, order: Order, found: int, spare: Spare, *, placed: int = 1
) -> None:
    """See that what the book would give an order stays within the limits of its portfolio.

    Raises:
        Refusal: It would not.
    """
    limit_ticks = order.price_ticks or reachable_ticks(market, order)

    def worth(lots: int) -> int:
        if market.inverse:
            return market.scale.quote_notional_quanta(1, lots)
        return reach(market, order, lots, limit_ticks, undiminished=False)[1]

    limits.check(state, market, order, found, worth, spare, placed=placed)


def reachable_ticks(market: Market, order: Order) -> int | None:
    """The worst price that an order at market takes; None for any."""
    protection_ppm = order.command.protection_ppm
    allowed = checks.band(market)
    if protection_ppm is None:
        if allowed is None:
            return None
        return allowed[1] if order.side is BUY else max(1, allowed[0])
    best_ticks = market.book.facing(order.side).best_ticks() or 1
    if order.side is BUY:
        limit_ticks = best_ticks * (PPM + protection_ppm) // PPM
        return limit_ticks if allowed is None else min(limit_ticks, allowed[1])
    limit_ticks = max(1, -(-best_ticks * (PPM - protection_ppm) // PPM))
    return limit_ticks if allowed is None else max(limit_ticks, allowed[0])
