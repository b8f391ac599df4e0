"""Orders that end, and orders that the exchange makes smaller.

The end of an order is told once. A complete fill has ended the order linked to it before, and then
ends the rest of the entry whose exit it is; any other end leaves the linked order alone.
"""

from engine.core.accounts import holds
from engine.core.events import FILLED, EndCause, OrderDone, OrderEnd, OrderResized, ResizeCause
from engine.core.market import Market
from engine.core.orders.order import WAITING, WORKING, Order
from engine.core.orders.resting import take_out
from engine.core.state import State

END_FILLED = OrderEnd.FILLED
END_CANCELLED = OrderEnd.CANCELLED
ENDS = {
    EndCause.EXPIRED: OrderEnd.EXPIRED,
    EndCause.FUNDS_MISSING: OrderEnd.REJECTED,
    EndCause.LIMIT_EXCEEDED: OrderEnd.REJECTED,
}
"""Other ends that are not cancellations."""


def withdraw(state: State, order: Order, cause: EndCause) -> None:
    """Take an order from where it rests or waits, and end it."""
    market = state.markets[order.symbol]
    if order.level is not None:
        take_out(state, market, order)
    elif order.stage is WAITING:
        market.triggers.remove(order)
    finish(state, order, cause)


def finish(state: State, order: Order, cause: EndCause) -> None:
    """End an order that neither rests nor waits any more: give back its hold and say why."""
    owner = order.owner
    if order.hold_quanta:
        holds.hold(order, 0)
    if order.closing_lots:
        owner.position(order.symbol).closing_lots -= order.closing_lots
        order.closing_lots = 0
    if order.reduce_only:
        _forget_reducing(order)
    del state.orders[order.order_id]
    del owner.orders[order.order_id]
    unfilled_lots = order.open_lots + order.hidden_lots
    state.events.append(
        OrderDone(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order.order_id,
            account=owner.name,
            symbol=order.symbol,
            end=END_FILLED if cause is FILLED else ENDS.get(cause, END_CANCELLED),
            cause=cause,
            filled_lots=order.lots - unfilled_lots,
            cancelled_lots=unfilled_lots,
        )
    )
    if order.linked is not None:
        unlink(order)
    if order.parent_id is not None:
        _finish_exit(state, order, cause)


def shrink(state: State, order: Order, lots: int, cause: ResizeCause) -> None:
    """Take some of what is open off an order, where it stands; what it hides goes first."""
    market = state.markets[order.symbol]
    order.lots -= lots
    _take_open(market, order, lots)
    close_no_more_than_open(order)
    rehold(market, order)
    say_resized(state, order, cause)


def cut_open(market: Market, order: Order, lots: int) -> None:
    """Make the whole of an order smaller without a word: an amendment speaks for itself."""
    order.lots -= lots
    _take_open(market, order, lots)


def close_no_more_than_open(order: Order) -> None:
    """A smaller order has fewer lots that can close a position."""
    dropped = order.closing_lots - order.open_lots - order.hidden_lots
    if dropped > 0:
        order.closing_lots -= dropped
        order.owner.position(order.symbol).closing_lots -= dropped


def say_resized(state: State, order: Order, cause: ResizeCause) -> None:
    """Tell an order's new quantity."""
    state.events.append(
        OrderResized(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order.order_id,
            account=order.owner.name,
            symbol=order.symbol,
            lots=order.lots,
            open_lots=order.unfilled_lots,
            cause=cause,
        )
    )


def rehold(market: Market, order: Order) -> None:
    """Hold what the open part of a working order needs, and no more."""
    if order.stage is not WORKING or not order.hold_ticks:
        return
    lots = order.open_lots + order.hidden_lots
    value = market.scale.notional_quanta(order.hold_ticks, lots)
    holds.hold(order, holds.required(market, order, lots, value, order.closing_lots))


def exit_entry(state: State, order: Order) -> None:
    """Withdraw what is left of the entry whose exit this order is."""
    entry = None if order.parent_id is None else state.orders.get(order.parent_id)
    if entry is not None:
        withdraw(state, entry, EndCause.EXITED)


def unlink(order: Order) -> None:
    """From now on an order and the one linked to it are on their own."""
    if order.linked is not None:
        order.linked.linked = None
        order.linked = None


def _take_open(market: Market, order: Order, lots: int) -> None:
    hidden = min(order.hidden_lots, lots)
    order.hidden_lots -= hidden
    lots -= hidden
    if not lots:
        return
    if order.level is not None:
        market.book.reduce(order, lots)
    else:
        order.open_lots -= lots


def _finish_exit(state: State, order: Order, cause: EndCause) -> None:
    entry = None if order.parent_id is None else state.orders.get(order.parent_id)
    if entry is None:
        return
    entry.exits = tuple(live for live in entry.exits if live is not order)
    if cause is FILLED:
        withdraw(state, entry, EndCause.EXITED)


def _forget_reducing(order: Order) -> None:
    position = order.owner.position(order.symbol)
    if not order.follows:
        position.reducing.pop(order.order_id, None)
    elif order in position.exits:
        position.exits.remove(order)
