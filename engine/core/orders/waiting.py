"""Stop and take-profit orders, plain or limit: wait for a price, then trade.

While it waits an order holds no money. It is paid for when it fires, and may be found wanting then.
"""

from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import BUY, TriggerSource
from engine.core.events import EndCause, OrderTriggered
from engine.core.market import Market
from engine.core.orders import checks, limit
from engine.core.orders import market as at_market
from engine.core.orders.ending import exit_entry, finish, unlink, withdraw
from engine.core.orders.funds import Spare, require_limit, require_market, reserve
from engine.core.orders.order import NO_PRICE, WAITING, WORKING, Order
from engine.core.orders.reducing import fit
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State
from engine.core.triggers.trigger_book import is_above, reaches
from engine.core.units import PRICE_TICKS_MAX


def check(state: State, market: Market, order: Order, spare: Spare) -> None:
    """See that a new order may wait.

    Raises:
        Refusal: It is worth too little, would fire at once, or reaches too far.
    """
    command = order.command
    assert command.trigger_ticks is not None, "checked with its terms"
    order.source = command.trigger_on or market.default_source
    worth_at = command.trigger_ticks if command.price_ticks is None else command.price_ticks
    checks.check_notional(market, command.lots, worth_at)
    checks.check_open(state, market)
    if order.reduce_only:
        fit(order)
    check_not_reached(market, order)
    if command.price_ticks is not None:
        checks.check_band(market, command.price_ticks)
    if order.owner.limits is not NO_LIMITS:
        limits.check_priced(state, market, order, order.lots, worth_at, spare)


def check_not_reached(market: Market, order: Order) -> None:
    """An order that waits must have something to wait for.

    Raises:
        Refusal: The price that it watches is at its trigger or beyond.
    """
    assert order.source is not None, "an order that waits watches a price"
    price_ticks = market.price(order.source)
    if price_ticks is None or not reaches(order, price_ticks):
        return
    where = "above" if is_above(order) else "below"
    name = order.command.order_type.value.replace("_", " ")
    raise Refusal(
        Reason.TRIGGER_WOULD_FIRE,
        f"a {name} to {order.side.value} waits {where} the {order.source.value} price,"
        f" which is {market.scale.price_decimal(price_ticks)}",
    )


def enter(state: State, market: Market, order: Order) -> None:
    """Begin to wait."""
    del state
    order.stage = WAITING
    market.triggers.add(order)


def fire(
    state: State, market: Market, order: Order, source: TriggerSource, reached_ticks: int
) -> None:
    """Trade now: the order linked to it ends, and so does the rest of a bracket's entry."""
    order.stage = WORKING
    assert order.trigger_ticks is not None, "an order that fires had a trigger"
    order.price_ticks = _limit_ticks(order)
    refused = _refused(state, market, order)
    state.events.append(
        OrderTriggered(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order.order_id,
            account=order.owner.name,
            symbol=order.symbol,
            source=source,
            reached_ticks=reached_ticks,
            trigger_ticks=order.trigger_ticks,
            price_ticks=None if order.price_ticks == NO_PRICE else order.price_ticks,
        )
    )
    if refused is not None:
        finish(state, order, refused)
        return
    other = order.linked
    unlink(order)
    if other is not None:
        withdraw(state, other, EndCause.LINKED_TRIGGERED)
    exit_entry(state, order)
    if order.price_ticks != NO_PRICE:
        reserve(order)
        limit.enter(state, market, order)
    elif market.book.front(order.side, None) is None:
        finish(state, order, EndCause.NO_LIQUIDITY)
    else:
        at_market.enter(state, market, order)


def _limit_ticks(order: Order) -> int:
    """The limit that an order has once it fires."""
    offset_ticks = order.command.limit_offset_ticks
    if offset_ticks is None:
        return order.price_ticks
    assert order.trigger_ticks is not None, "an order that fires had a trigger"
    if order.side is BUY:
        return min(PRICE_TICKS_MAX, order.trigger_ticks + offset_ticks)
    return max(1, order.trigger_ticks - offset_ticks)


def _refused(state: State, market: Market, order: Order) -> EndCause | None:
    """Why it cannot trade now; what the order linked to it holds counts as free."""
    spare: Spare = () if order.linked is None else (order.linked,)
    limited = order.owner.limits is not NO_LIMITS
    try:
        if order.price_ticks != NO_PRICE:
            if limited:
                lots, ticks = order.open_lots, order.price_ticks
                limits.check_priced(state, market, order, lots, ticks, spare, placed=0)
            require_limit(state, market, order, spare)
        else:
            found, value = at_market.would_get(market, order)
            if limited and found:
                at_market.check_limits(state, market, order, found, spare, placed=0)
            require_market(state, market, order, found, value, spare)
    except Refusal as refusal:
        if refusal.reason is Reason.LIMIT_EXCEEDED:
            return EndCause.LIMIT_EXCEEDED
        return EndCause.FUNDS_MISSING
    return None
