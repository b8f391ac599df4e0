"""Whether an account can pay for an order, and the hold that makes sure it stays so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from engine.core.accounts import holds
from engine.core.accounts.collateral import MULTI, available_quanta, spendable_quanta
from engine.core.commands import BUY, SELL, Side
from engine.core.margin_terms import ISOLATED
from engine.core.market import Market
from engine.core.orders.order import Order
from engine.core.orders.tier_check import check_tier
from engine.core.reasons import Reason, Refusal
from engine.core.state import State
from engine.core.units import Scale, money_text

Spare = tuple[Order, ...]
"""Orders that end if the one that is checked is taken: what they hold counts as free."""
NONE_SPARE: Spare = ()


def closing_lots(
    market: Market, order: Order, lots: int, *, at_once: bool = False, spare: Spare = NONE_SPARE
) -> int:
    """How many lots of an order would only close a position on margin.

    Args:
        at_once: The order trades before those that count on closing the same position, which are
            then covered again; otherwise it closes what they leave.
    """
    position = order.owner.positions.get(order.symbol)
    if not order.margined or position is None or not position.lots:
        return 0
    if (position.lots > 0) == (order.side is BUY):
        return 0
    counted = 0 if at_once else position.closing_lots
    if spare and not at_once:
        symbol = market.instrument.symbol
        counted -= sum(other.closing_lots for other in spare if other.symbol == symbol)
    return min(lots, max(0, abs(position.lots) - counted))


def hold_ticks(market: Market, side: Side, limit_ticks: int) -> int:
    """The price at which the hold of a limit order on margin is computed: its owner's worst.

    A contract sold above its limit ties up more margin than the limit says; an inverse one is worth
    the more the lower it is bought.
    """
    facing = market.book.facing(side).best_ticks()
    if facing is None or (side is SELL) is market.inverse:
        return limit_ticks
    if market.inverse:
        return min(facing, limit_ticks)
    return max(facing, limit_ticks)


def free_quanta(state: State, order: Order) -> int:
    """What its owner can hold for an order now, on the account that it is held on.

    Cross positions answer with what they gain or lose. What pays for an asset or stands behind an
    isolated position must be there as money: a gain that is not realised does not count.
    """
    purse, owner = order.holding, order.owner
    if owner.profile.collateral is MULTI:
        on_margin = order.margined and not _is_isolated(order)
        return (available_quanta if on_margin else spendable_quanta)(state, owner, purse)
    free = purse.balance_quanta - purse.held_quanta
    pool = owner.pools.get(purse.currency)
    if pool is None or pool.cash is not purse:
        return free
    gained = pool.unrealised_quanta
    if gained < 0 or (gained and order.margined and not _is_isolated(order)):
        return free + gained
    return free


def require(state: State, market: Market, order: Order, needed: int, lots: int) -> None:
    """What an order needs, the worse side of its instrument considered, must be free.

    What adds nothing to what is held is taken even where a loss has used up all there is.

    Args:
        needed: What the order needs on its own, if it holds nothing yet.
        lots: The order's quantity, for the one that would pass.

    Raises:
        Refusal: Not enough; names what is needed, what is free and the quantity that fits.
    """
    more = holds.increase(order, needed) if order.margined else needed
    free = free_quanta(state, order)
    if more > free and more > 0:
        raise refuse_unpaid(market, order, needed, free + needed - more, lots)


def refuse_unpaid(market: Market, order: Order, needed: int, free: int, lots: int) -> Refusal:
    """The refusal of what cannot be paid for; names the part of `lots` that can."""
    fits = lots * free // needed if free > 0 else 0
    scale, currency = market.scale, order.holding.currency
    if order.holding is order.asset and not order.margined:
        return Refusal(
            Reason.NOTHING_TO_SELL, lambda: _too_little_owned(scale, currency, needed, free, fits)
        )
    return Refusal(
        Reason.INSUFFICIENT_FUNDS, lambda: _too_little_money(scale, currency, needed, free, fits)
    )


def _too_little_owned(scale: Scale, currency: str, needed: int, free: int, fits: int) -> str:
    advice = f"buy {currency}, or cancel an order that holds it"
    if fits:
        advice = f"sell {scale.size_decimal(fits)} or less"
    needed_text, free_text = money_text(needed, currency), money_text(free, currency)
    return f"selling takes {needed_text}, {free_text} is free: {advice}"


def _too_little_money(scale: Scale, currency: str, needed: int, free: int, fits: int) -> str:
    advice = "deposit or cancel an order"
    if fits:
        advice = f"reduce to {scale.size_decimal(fits)} or deposit"
    needed_text, free_text = money_text(needed, currency), money_text(free, currency)
    return f"needs {needed_text}, {free_text} is free: {advice}"


def reserve(order: Order) -> None:
    """Hold what `require_limit` found that an order needs."""
    holds.add(order, order.hold_quanta)
    if order.closing_lots:
        order.owner.position(order.symbol).closing_lots += order.closing_lots


def give_back(order: Order) -> None:
    """Undo `reserve`; what the order needs stays known."""
    holds.add(order, -order.hold_quanta)
    if order.closing_lots:
        order.owner.position(order.symbol).closing_lots -= order.closing_lots


@contextmanager
def set_aside(spare: Spare) -> Iterator[None]:
    """For a while, orders that are about to end hold nothing."""
    for order in spare:
        holds.add(order, -order.hold_quanta)
    try:
        yield
    finally:
        for order in spare:
            holds.add(order, order.hold_quanta)


def require_limit(state: State, market: Market, order: Order, spare: Spare = NONE_SPARE) -> None:
    """Compute what a limit order must hold, and see that it is free; nothing is held yet.

    Raises:
        Refusal: Its owner cannot pay for it.
    """
    lots = order.open_lots + order.hidden_lots
    ticks = order.price_ticks
    closing = 0
    if order.margined:
        ticks = hold_ticks(market, order.side, ticks)
        if not order.reduce_only:
            closing = closing_lots(market, order, lots, spare=spare)
    value = market.scale.notional_quanta(ticks, lots)
    if order.margined:
        check_tier(market, order, lots, value, closing, spare)
    needed = holds.required(market, order, lots, value, closing)
    if spare:
        with set_aside(spare):
            require(state, market, order, needed, lots)
    else:
        require(state, market, order, needed, lots)
    order.hold_ticks = ticks
    order.closing_lots = closing
    order.hold_quanta = needed


def require_market(
    state: State,
    market: Market,
    order: Order,
    found: int,
    value_quanta: int,
    spare: Spare = NONE_SPARE,
) -> None:
    """An account must be able to pay for what the book would give an order at once.

    Args:
        found: The lots that it would get.
        value_quanta: What they would cost.

    Raises:
        Refusal: It cannot.
    """
    if order.margined:
        closing = closing_lots(market, order, found, at_once=True)
        check_tier(market, order, found, value_quanta, closing, spare)
    needed = required_at_once(market, order, found, value_quanta)
    with set_aside(spare):
        require(state, market, order, needed, found)


def required_at_once(market: Market, order: Order, found: int, value_quanta: int) -> int:
    """What an order needs that trades at once, `found` lots for `value_quanta`."""
    closing = closing_lots(market, order, found, at_once=True)
    return holds.required(market, order, found, value_quanta, closing)


def overdrawn(state: State, order: Order) -> bool:
    """Whether more is held where an order is held than is there to be held."""
    if order.margined:
        return available_quanta(state, order.owner, order.holding) < 0
    pool = order.owner.pools.get(order.holding.currency)
    return (order.holding.free_quanta if pool is None else pool.available_quanta) < 0


def _is_isolated(order: Order) -> bool:
    position = order.owner.positions.get(order.symbol)
    return position is not None and position.mode is ISOLATED
