"""Brackets: an entry whose fills are protected by a take-profit and a stop-loss.

The exits come alive with the first fill of the entry and grow with each further one. Only one of
them fills. When one has fired or is filled, what is left of the entry is withdrawn; an entry that
is cancelled leaves the exits of what it filled.
"""

from engine.core.commands import OrderType, PlaceOrder
from engine.core.events import EndCause, ResizeCause
from engine.core.market import Market
from engine.core.orders import limit, waiting
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.ending import finish, rehold, say_resized
from engine.core.orders.funds import overdrawn, require_limit
from engine.core.orders.linking import link
from engine.core.orders.order import FIRED, Order
from engine.core.orders.resting import take_out
from engine.core.reasons import Refusal
from engine.core.state import State
from engine.core.triggers.trigger_book import reaches


def grow(state: State, entry: Order) -> None:
    """Bring the exits of an entry up to what it has filled."""
    lots = entry.filled_lots - entry.protected_lots
    if lots <= 0:
        return
    entry.protected_lots = entry.filled_lots
    market = state.markets[entry.symbol]
    live = [order for order in entry.exits if order.order_id in state.orders]
    if live:
        _enlarge_all(state, market, live, lots)
        return
    lots = min(lots, _coverable(market, entry))
    if lots:
        _open(state, market, entry, lots)


def _coverable(market: Market, entry: Order) -> int:
    """How much the exits may have open: no more than there is of a derivative position."""
    if not entry.margined:
        return entry.filled_lots
    return entry.owner.position(entry.symbol).closable(entry.side.opposite)


def _open(state: State, market: Market, entry: Order, lots: int) -> None:
    """Send the exits, the take-profit first; what it trades at once the stop need not cover."""
    exits = entry.command.exits
    assert exits is not None, "only the entry of a bracket has exits"
    profit = None
    if exits.take_profit_ticks is not None:
        profit = _send_profit(state, market, entry, lots)
        if profit.order_id not in state.orders:
            if not profit.open_lots:
                return
            profit = None
    if exits.stop_loss_ticks is None:
        return
    if profit is not None:
        lots = profit.unfilled_lots
    stop = draft(state, market, entry.owner, _stop_command(market, entry, lots))
    stop.parent_id = entry.order_id
    stop.source = stop.command.trigger_on
    if profit is not None:
        link(profit, stop)
    entry.exits = (*entry.exits, stop)
    accept(state, market, stop)
    _let_wait(state, market, stop)


def _send_profit(state: State, market: Market, entry: Order, lots: int) -> Order:
    order = draft(state, market, entry.owner, _profit_command(market, entry, lots))
    order.parent_id = entry.order_id
    entry.exits = (order,)
    affordable = True
    try:
        require_limit(state, market, order)
    except Refusal:
        affordable = False
    accept(state, market, order)
    if affordable:
        limit.enter(state, market, order)
    else:
        finish(state, order, EndCause.FUNDS_MISSING)
    return order


def _profit_command(market: Market, entry: Order, lots: int) -> PlaceOrder:
    exits = entry.command.exits
    assert exits is not None, "only the entry of a bracket has exits"
    return PlaceOrder(
        account=entry.owner.name,
        symbol=entry.symbol,
        side=entry.side.opposite,
        order_type=OrderType.LIMIT,
        lots=lots,
        price_ticks=exits.take_profit_ticks,
        reduce_only=entry.margined,
        tag=entry.command.tag,
    )


def _stop_command(market: Market, entry: Order, lots: int) -> PlaceOrder:
    exits = entry.command.exits
    assert exits is not None, "only the entry of a bracket has exits"
    limited = exits.stop_limit_ticks is not None
    return PlaceOrder(
        account=entry.owner.name,
        symbol=entry.symbol,
        side=entry.side.opposite,
        order_type=OrderType.STOP_LIMIT if limited else OrderType.STOP,
        lots=lots,
        price_ticks=exits.stop_limit_ticks,
        trigger_ticks=exits.stop_loss_ticks,
        trigger_on=exits.trigger_on or market.default_source,
        reduce_only=entry.margined,
        tag=entry.command.tag,
    )


def _let_wait(state: State, market: Market, order: Order) -> None:
    """Wait; a stop whose trigger the price has passed in the meantime fires next."""
    assert order.source is not None, "an order that waits watches a price"
    price_ticks = market.price(order.source)
    if price_ticks is None or not reaches(order, price_ticks):
        waiting.enter(state, market, order)
        return
    order.stage = FIRED
    market.firing.append((order, order.source, price_ticks))
    state.restless[order.symbol] = market


def _enlarge_all(state: State, market: Market, exits: list[Order], lots: int) -> None:
    """The exits have more to do; one that rests goes to the back of its queue."""
    entering = []
    for order in exits:
        if order.order_id not in state.orders:
            continue
        more = lots
        if order.reduce_only:
            position = order.owner.position(order.symbol)
            more = min(lots, position.closable(order.side) - order.unfilled_lots)
        if more > 0 and _enlarge(state, market, order, more):
            entering.append(order)
    for order in entering:
        limit.enter(state, market, order)


def _enlarge(state: State, market: Market, order: Order, lots: int) -> bool:
    """Let one exit grow; whether it has to enter the book again."""
    resting = order.level is not None
    if resting:
        take_out(state, market, order)
    order.lots += lots
    order.open_lots += lots
    if order.reduce_only:
        order.owner.position(order.symbol).let_reduce(order)
    rehold(market, order)
    if resting and not order.reduce_only and overdrawn(state, order):
        order.lots -= lots
        order.open_lots -= lots
        finish(state, order, EndCause.FUNDS_MISSING)
        return False
    say_resized(state, order, ResizeCause.ENTRY_FILLED)
    return resting
