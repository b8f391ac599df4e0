"""Exits of brackets and of positions: how they come alive and follow what they belong to."""

from engine.core import commands as c
from engine.core.commands import OrderType, PlaceOrder, Side
from engine.core.events import EndCause, ResizeCause
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end, resize
from tests.reference.naive_orders import accept, can_pay, draft, enter, set_hold
from tests.reference.naive_state import NaiveState
from tests.reference.naive_watching import queue_up, source_of, trigger_reached


def settle(x: NaiveState) -> None:
    """Until nothing is left to settle: entries that were filled, then positions that changed."""
    while x.grown or x.changed:
        if x.grown:
            _settle_entry(x, x.grown.pop(0))
        else:
            _settle_position(x, *x.changed.pop(0))


# Brackets


def _settle_entry(x: NaiveState, entry: NaiveOrder) -> None:
    lots = entry.filled - entry.protected
    entry.protected = entry.filled
    alive = [order for order in entry.exits if order in x.live]
    if lots and alive:
        _grow(x, alive, lots)
    elif lots:
        _create(x, entry, lots)


def _room(x: NaiveState, order: NaiveOrder, lots: int) -> int:
    """How much of `lots` more a reduce-only exit can close."""
    if not order.reduce_only:
        return lots
    closable = x.closable(order.account, order.symbol, order.side)
    return max(0, min(lots, closable - order.open))


def _create(x: NaiveState, entry: NaiveOrder, lots: int) -> None:
    exits = entry.sent.exits
    assert exits is not None
    entry.exits = []
    profit = None
    if exits.take_profit_ticks is not None:
        profit = _make(x, entry, lots, OrderType.LIMIT, price_ticks=exits.take_profit_ticks)
        if profit is not None:
            _enter_profit(x, entry, profit)
            if profit.filled and profit not in x.live:
                return
    if exits.stop_loss_ticks is None:
        return
    linked = profit if profit in x.live else None
    stop = _make(
        x,
        entry,
        lots if linked is None else linked.open,
        OrderType.STOP if exits.stop_limit_ticks is None else OrderType.STOP_LIMIT,
        price_ticks=exits.stop_limit_ticks,
        trigger_ticks=exits.stop_loss_ticks,
        trigger_on=x.watched(entry.symbol, exits.trigger_on),
    )
    if stop is not None:
        _accept_stop(x, entry, stop, linked)


def _make(
    x: NaiveState, entry: NaiveOrder, lots: int, kind: OrderType, **terms: object
) -> NaiveOrder | None:
    """An exit, or None where the entry has opened nothing that it could close."""
    side, reduces = entry.side.opposite, x.margined(entry.account, entry.symbol)
    if reduces:
        lots = min(lots, x.closable(entry.account, entry.symbol, side))
    if lots == 0:
        return None
    command = PlaceOrder(
        account=entry.account,
        symbol=entry.symbol,
        side=side,
        order_type=kind,
        lots=lots,
        reduce_only=reduces,
        tag=entry.sent.tag,
        **terms,  # type: ignore[arg-type]
    )
    order = draft(x, command)
    order.parent = entry
    return order


def _enter_profit(x: NaiveState, entry: NaiveOrder, profit: NaiveOrder) -> None:
    payable = can_pay(x, profit)
    entry.exits.append(accept(x, profit, parent_id=entry.order_id))
    if payable:
        enter(x, profit)
    else:
        end(x, profit, EndCause.FUNDS_MISSING)


def _accept_stop(
    x: NaiveState, entry: NaiveOrder, stop: NaiveOrder, linked: NaiveOrder | None
) -> None:
    linked_id = None if linked is None else linked.order_id
    entry.exits.append(accept(x, stop, parent_id=entry.order_id, linked_id=linked_id))
    if linked is not None:
        link(linked, stop)
    price = x.price(stop.symbol, source_of(x, stop))
    if price is not None and trigger_reached(stop, price):
        queue_up(x, stop, price)


def _grow(x: NaiveState, exits: list[NaiveOrder], lots: int) -> None:
    moving = None
    for order in exits:
        more = _room(x, order, lots)
        if not more or not _can_grow(x, order, more):
            continue
        order.lots += more
        order.open += more
        if x.rests(order):
            moving = order
        resize(x, order, ResizeCause.ENTRY_FILLED)
    if moving is not None:
        x.book.remove(moving)
        set_hold(x, moving)
        enter(x, moving)


def _can_grow(x: NaiveState, order: NaiveOrder, lots: int) -> bool:
    """A take-profit that rests must be paid for; one that cannot be ends."""
    if order.waiting:
        return True
    with x.without([order]):
        order.open += lots
        payable = can_pay(x, order)
        order.open -= lots
    if not payable:
        end(x, order, EndCause.FUNDS_MISSING)
    return payable


def link(first: NaiveOrder, second: NaiveOrder) -> None:
    first.linked, second.linked = second, first


# Positions


def protect(x: NaiveState, command: c.ProtectPosition) -> None:
    for order in x.orders_of(command.account, command.symbol):
        if order.protects:
            end(x, order, EndCause.REPLACED)
    made: list[NaiveOrder] = []
    triggers = (
        (OrderType.TAKE_PROFIT, command.take_profit_ticks),
        (OrderType.STOP, command.stop_loss_ticks),
    )
    for kind, trigger in triggers:
        if trigger is not None:
            made.append(_attach(x, command, kind, trigger, made[0].order_id if made else None))
    if len(made) == 2:
        link(*made)


def _attach(
    x: NaiveState, command: c.ProtectPosition, kind: OrderType, trigger: int, linked: int | None
) -> NaiveOrder:
    lots = x.position_lots(command.account, command.symbol)
    sent = PlaceOrder(
        account=command.account,
        symbol=command.symbol,
        side=Side.SELL if lots > 0 else Side.BUY,
        order_type=kind,
        lots=abs(lots),
        reduce_only=True,
        trigger_ticks=trigger,
        trigger_on=x.watched(command.symbol, command.trigger_on),
    )
    order = draft(x, sent)
    order.protects = True
    return accept(x, order, linked_id=linked)


def _settle_position(x: NaiveState, account: str, symbol: str) -> None:
    for order in [o for o in x.orders_of(account, symbol) if o.protects]:
        if order not in x.live:
            continue
        closable = x.closable(account, symbol, order.side)
        if closable == 0:
            end(x, order, EndCause.POSITION_GONE)
        elif closable != order.open:
            order.lots += closable - order.open
            order.open = closable
            resize(x, order, ResizeCause.POSITION)
