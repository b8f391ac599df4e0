"""Changing a live order in place.

A smaller quantity, another slice, trigger or expiry keep the order's place. A new price or a larger
quantity takes it out and lets it enter again, at the back of its queue, where it may trade.
"""

from dataclasses import dataclass

from engine.core.accounts import Account, holds
from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import AmendOrder
from engine.core.events import EndCause, OrderAmended
from engine.core.market import Market
from engine.core.orders import checks, limit, waiting
from engine.core.orders.acceptance import schedule_expiry
from engine.core.orders.cancelling import own_order
from engine.core.orders.ending import close_no_more_than_open, cut_open, finish, rehold
from engine.core.orders.funds import hold_ticks, require, set_aside
from engine.core.orders.order import NO_PRICE, WAITING, WORKING, Order
from engine.core.orders.resting import take_out
from engine.core.orders.terms import TERMS, killed
from engine.core.orders.tier_check import check_tier
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State
from engine.core.units import time_text


@dataclass(frozen=True, slots=True)
class Amended:
    """The terms of an order after an amendment, those that stay included."""

    lots: int
    price_ticks: int
    display_lots: int | None
    trigger_ticks: int | None
    expires_ns: int | None


def amend(state: State, account: Account, command: AmendOrder) -> None:
    """Change an order.

    Raises:
        Refusal: The order stays as it was.
    """
    order = own_order(state, account, command.order_id)
    market = state.markets[order.symbol]
    _check_ranges(state, market, order, command)
    _check_allowed(order, command)
    new = _amended(order, command)
    _check_changed(market, order, new)
    if new.price_ticks != order.price_ticks or new.lots > order.lots:
        _move(state, market, order, new)
    else:
        _change(state, market, order, new)


def _check_ranges(state: State, market: Market, order: Order, command: AmendOrder) -> None:
    for price_ticks in (command.price_ticks, command.trigger_ticks):
        if price_ticks is not None:
            checks.check_price(market, price_ticks)
    display_lots = order.display_lots if command.display_lots is None else command.display_lots
    changed = command.lots is not None or command.display_lots is not None
    if display_lots is not None and changed:
        lots = order.lots if command.lots is None else command.lots
        if command.display_lots is None:
            display_lots = min(display_lots, lots)
        if lots > order.filled_lots:
            checks.check_slices(market, lots, display_lots)
    if command.expires_ns is not None and command.expires_ns <= state.now_ns:
        raise Refusal(
            Reason.EXPIRY_INVALID,
            f"an order must end later than {time_text(state.now_ns)}, which is now",
        )
    if command.lots is not None and (not command.lots or command.lots != order.filled_lots):
        checks.check_lots(market, command.lots)


def _check_allowed(order: Order, command: AmendOrder) -> None:
    """Each term must be one that this order has, and that is its owner's to change."""
    problem = ""
    if command.price_ticks is not None and order.price_ticks == NO_PRICE:
        problem = "has no limit to change: cancel or replace it"
    elif command.display_lots is not None and order.display_lots is None:
        problem = "shows all of itself; only an iceberg has a slice"
    elif command.trigger_ticks is not None and TERMS[order.order_type].trailing:
        problem = "trails: its trigger follows the price; cancel it and send another"
    elif command.trigger_ticks is not None and order.stage is not WAITING:
        problem = "does not wait for a trigger, or has fired already"
    elif command.lots is not None and order.follows:
        problem = "follows the size of its position"
    elif command.lots is not None and order.parent_id is not None:
        problem = "follows what the entry of its bracket has filled"
    if problem:
        raise Refusal(Reason.AMEND_NOT_ALLOWED, f"order {order.order_id} {problem}")


def _amended(order: Order, command: AmendOrder) -> Amended:
    lots = order.lots if command.lots is None else command.lots
    if order.reduce_only and lots > order.lots:
        most = order.filled_lots + order.owner.position(order.symbol).closable(order.side)
        lots = max(order.lots, min(lots, most))
    return Amended(
        lots=lots,
        price_ticks=order.price_ticks if command.price_ticks is None else command.price_ticks,
        display_lots=order.display_lots if command.display_lots is None else command.display_lots,
        trigger_ticks=(
            order.trigger_ticks if command.trigger_ticks is None else command.trigger_ticks
        ),
        expires_ns=order.expires_ns if command.expires_ns is None else command.expires_ns,
    )


def _check_changed(market: Market, order: Order, new: Amended) -> None:
    present = Amended(
        lots=order.lots,
        price_ticks=order.price_ticks,
        display_lots=order.display_lots,
        trigger_ticks=order.trigger_ticks,
        expires_ns=order.expires_ns,
    )
    if new == present:
        size = market.scale.size_decimal(order.lots)
        where = ""
        if order.price_ticks != NO_PRICE:
            where = f" at {market.scale.price_decimal(order.price_ticks)}"
        raise Refusal(
            Reason.AMEND_CHANGES_NOTHING, f"order {order.order_id} is already {size}{where}"
        )
    if new.lots < order.filled_lots:
        filled = market.scale.size_decimal(order.filled_lots)
        raise Refusal(
            Reason.AMEND_BELOW_FILLED,
            f"{filled} of order {order.order_id} is filled: its quantity cannot be less",
        )


def _change(state: State, market: Market, order: Order, new: Amended) -> None:
    """Everything that keeps an order where it is."""
    if new.trigger_ticks != order.trigger_ticks:
        _retrigger(market, order, new.trigger_ticks)
    removed = order.lots - new.lots
    if removed:
        _reduce(state, market, order, removed)
    _set_terms(state, order, new)
    _say(state, order, kept_priority=True)
    if not order.unfilled_lots:
        _end(state, market, order)


def _reduce(state: State, market: Market, order: Order, removed: int) -> None:
    """A smaller quantity; an order that keeps nothing open leaves its place."""
    if removed < order.unfilled_lots:
        cut_open(market, order, removed)
    else:
        if order.level is not None:
            take_out(state, market, order)
        order.lots -= removed
        order.open_lots = 0
        order.hidden_lots = 0
    close_no_more_than_open(order)
    rehold(market, order)


def _end(state: State, market: Market, order: Order) -> None:
    if order.stage is WAITING:
        market.triggers.remove(order)
    finish(state, order, EndCause.AMENDED_TO_FILLED)


def _move(state: State, market: Market, order: Order, new: Amended) -> None:
    """A new price or a larger quantity."""
    if order.owner.killed and not order.reduce_only:
        raise killed(order.owner)
    if order.stage is not WORKING:
        _move_waiting(state, market, order, new)
        return
    checks.check_notional(market, new.lots, new.price_ticks)
    checks.check_open(state, market)
    checks.check_band(market, new.price_ticks)
    price_ticks = new.price_ticks
    if order.post_only:
        price_ticks = checks.post_only_ticks(
            market, order.side, price_ticks, slide=order.command.slide
        )
    open_lots = new.lots - order.filled_lots
    _check_limits(state, market, order, open_lots, price_ticks)
    ticks = _require_funds(state, market, order, open_lots, price_ticks)
    take_out(state, market, order)
    order.lots = new.lots
    order.open_lots = open_lots
    order.price_ticks = price_ticks
    order.hold_ticks = ticks
    close_no_more_than_open(order)
    rehold(market, order)
    _set_terms(state, order, new)
    if order.reduce_only:
        order.owner.position(order.symbol).let_reduce(order)
    _say(state, order, kept_priority=False)
    if open_lots:
        limit.enter(state, market, order)
    else:
        finish(state, order, EndCause.AMENDED_TO_FILLED)


def _require_funds(
    state: State, market: Market, order: Order, open_lots: int, price_ticks: int
) -> int:
    """See that the order can be paid for as it will be; returns the price that it is held at."""
    ticks = price_ticks
    if order.margined:
        ticks = hold_ticks(market, order.side, price_ticks)
    value = market.scale.notional_quanta(ticks, open_lots)
    closing = min(order.closing_lots, open_lots)
    if order.margined:
        check_tier(market, order, open_lots, value, closing)
    needed = holds.required(market, order, open_lots, value, closing)
    with set_aside((order,)):
        # What holds no more than before is taken even where a loss has used up all there is.
        if holds.increase(order, needed) > holds.increase(order, order.hold_quanta):
            require(state, market, order, needed, open_lots)
    return ticks


def _check_limits(
    state: State, market: Market, order: Order, open_lots: int, price_ticks: int
) -> None:
    """An order that grows, or moves to where it is worth more, keeps within its owner's limits."""
    if order.owner.limits is NO_LIMITS:
        return
    scale = market.scale
    before_ticks = order.price_ticks or order.trigger_ticks or 0
    before = scale.quote_notional_quanta(before_ticks, order.unfilled_lots)
    worth = scale.quote_notional_quanta(price_ticks, open_lots)
    if open_lots > order.unfilled_lots or worth > before:
        limits.check_priced(state, market, order, open_lots, price_ticks, (order,), placed=0)


def _move_waiting(state: State, market: Market, order: Order, new: Amended) -> None:
    """An order that waits has no place to lose and holds no money."""
    if order.price_ticks != NO_PRICE:
        checks.check_notional(market, new.lots, new.price_ticks)
    elif new.trigger_ticks is not None and not TERMS[order.order_type].trailing:
        checks.check_notional(market, new.lots, new.trigger_ticks)
    checks.check_open(state, market)
    if new.trigger_ticks != order.trigger_ticks:
        _check_trigger(market, order, new.trigger_ticks)
    if order.price_ticks != NO_PRICE:
        checks.check_band(market, new.price_ticks)
    worth_at = new.price_ticks if order.price_ticks != NO_PRICE else new.trigger_ticks
    _check_limits(state, market, order, new.lots, worth_at or 0)
    if new.trigger_ticks != order.trigger_ticks:
        _retrigger(market, order, new.trigger_ticks)
    added = new.lots - order.lots
    order.lots += added
    order.open_lots += added
    order.price_ticks = new.price_ticks
    if order.reduce_only:
        order.owner.position(order.symbol).let_reduce(order)
    _set_terms(state, order, new)
    _say(state, order, kept_priority=True)


def _check_trigger(market: Market, order: Order, trigger_ticks: int | None) -> None:
    before = order.trigger_ticks
    order.trigger_ticks = trigger_ticks
    try:
        waiting.check_not_reached(market, order)
    finally:
        order.trigger_ticks = before


def _retrigger(market: Market, order: Order, trigger_ticks: int | None) -> None:
    """Wait for another price."""
    _check_trigger(market, order, trigger_ticks)
    market.triggers.remove(order)
    order.trigger_ticks = trigger_ticks
    market.triggers.add(order)


def _set_terms(state: State, order: Order, new: Amended) -> None:
    order.display_lots = new.display_lots
    if new.expires_ns != order.expires_ns:
        order.expires_ns = new.expires_ns
        schedule_expiry(state, order)


def _say(state: State, order: Order, *, kept_priority: bool) -> None:
    state.events.append(
        OrderAmended(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order.order_id,
            account=order.owner.name,
            symbol=order.symbol,
            lots=order.lots,
            open_lots=order.unfilled_lots,
            price_ticks=None if order.price_ticks == NO_PRICE else order.price_ticks,
            kept_priority=kept_priority,
            display_lots=order.display_lots,
            trigger_ticks=order.trigger_ticks if order.waiting else None,
            expires_ns=order.expires_ns,
        )
    )
