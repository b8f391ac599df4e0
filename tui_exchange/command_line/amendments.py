"""Statements that withdraw and change live orders."""

from msgspec.structs import replace

from engine.core.commands import AmendOrder, CancelAll, CancelOrder, ReplaceOrder
from tui_exchange.command_line.actions import Resolved
from tui_exchange.command_line.context import Context, LineState, Market, WorkingOrder
from tui_exchange.command_line.drafts import named_symbol
from tui_exchange.command_line.guards import check_size_cap
from tui_exchange.command_line.moments import expiry_ns
from tui_exchange.command_line.placements import resolve_close, resolve_place
from tui_exchange.command_line.prices import price_ticks
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.sizes import Sizing, order_lots, quantity_lots
from tui_exchange.command_line.statements import (
    AmendStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    CloseStatement,
    NewOrder,
    PlaceStatement,
    ReplaceStatement,
    StopStatement,
)
from tui_exchange.command_line.terms import Price
from tui_exchange.command_line.waiting import resolve_stop, resolve_trail

ORDERS_SHOWN = 8


def resolve_cancel_orders(
    statement: CancelOrdersStatement, context: Context, state: LineState
) -> Resolved:
    """Withdraw orders by number.

    Raises:
        ResolutionRefusal: One of them is not live; names some that are.
    """
    orders = [live_order(order_id, context) for order_id in statement.order_ids]
    commands = tuple(
        CancelOrder(account=context.account, order_id=order.order_id) for order in orders
    )
    return Resolved(statement, commands, state.named(orders[-1].symbol))


def resolve_cancel_many(
    statement: CancelManyStatement, context: Context, state: LineState
) -> Resolved:
    """Withdraw orders by instrument, side and label; those that wait one by one.

    Raises:
        ResolutionRefusal: No such symbol, or no order waits.
    """
    symbol = None if statement.everywhere else named_symbol(statement.symbol, context, state)
    named, after = replace(statement, symbol=symbol), state.named(symbol)
    if not statement.stops:
        tag = statement.tag or None
        labelled = _labelled(named, context)
        if labelled:
            return Resolved(named, labelled, after)
        command = CancelAll(account=context.account, symbol=symbol, side=statement.side, tag=tag)
        return Resolved(named, (command,), after)
    commands = tuple(
        CancelOrder(account=context.account, order_id=order.order_id)
        for order in context.working_orders()
        if order.waits and _is_meant(order, named)
    )
    if not commands:
        raise ResolutionRefusal(
            f"no order waits for its trigger{'' if symbol is None else f' in {symbol}'}"
        )
    return Resolved(named, commands, after)


def resolve_amend(statement: AmendStatement, context: Context, state: LineState) -> Resolved:
    """Change a live order in place.

    Raises:
        ResolutionRefusal: No such order, price or size, or a price for an order at market.
        GuardRefusal: It grows above the size cap.
    """
    order = live_order(statement.order_id, context)
    market = context.market(order.symbol)
    price, trigger = _new_prices(statement, order, market)
    lots = display = None
    if statement.size is not None:
        at_ticks = next(
            (t for t in (price, order.price_ticks, trigger, order.trigger_ticks) if t), None
        )
        lots = order_lots(statement.size, Sizing(context, market, order.side, at_ticks))
        _check_grows_within_cap(lots, order, market)
    if statement.display is not None:
        display = quantity_lots(statement.display, market)
    expires = None if statement.expires is None else expiry_ns(statement.expires, context.now_ns)
    command = AmendOrder(
        account=context.account,
        order_id=order.order_id,
        lots=lots,
        price_ticks=price,
        display_lots=display,
        trigger_ticks=trigger,
        expires_ns=expires,
    )
    return Resolved(statement, (command,), state.named(order.symbol))


def resolve_replace(statement: ReplaceStatement, context: Context, state: LineState) -> Resolved:
    """Cancel one order and send another; without a symbol, in the same instrument.

    Raises:
        ResolutionRefusal: No such order, or the new one has no meaning.
        GuardRefusal: The new one is held back.
    """
    order = live_order(statement.order_id, context)
    inside = state.named(order.symbol)
    found = _new_order(statement.order, context, inside)
    (new,) = found.orders
    command = ReplaceOrder(account=context.account, order_id=order.order_id, order=new)
    named = found.statement
    assert isinstance(named, NewOrder)
    return Resolved(ReplaceStatement(statement.order_id, named), (command,), found.state)


def live_order(order_id: int, context: Context) -> WorkingOrder:
    """A live order by its number.

    Raises:
        ResolutionRefusal: There is none; names some that are.
    """
    orders = context.working_orders()
    for order in orders:
        if order.order_id == order_id:
            return order
    shown = ", ".join(f"#{order.order_id}" for order in orders[-ORDERS_SHOWN:])
    raise ResolutionRefusal(
        f"there is no working order #{order_id}; "
        + (f"working: {shown}" if shown else "no order is working")
    )


def _labelled(scope: CancelManyStatement, context: Context) -> tuple[CancelOrder, ...]:
    """A cancel for each order that has the label now: one may have got it after it was sent."""
    if not scope.tag:
        return ()
    return tuple(
        CancelOrder(account=context.account, order_id=order.order_id)
        for order in context.working_orders()
        if _is_meant(order, scope)
    )


def _is_meant(order: WorkingOrder, scope: CancelManyStatement) -> bool:
    return (
        scope.symbol in (None, order.symbol)
        and scope.side in (None, order.side)
        and scope.tag in ("", order.tag)
    )


def _new_prices(
    statement: AmendStatement, order: WorkingOrder, market: Market
) -> tuple[int | None, int | None]:
    """The new limit and the new trigger; a price for an order without a limit is its trigger."""
    price, trigger = statement.price, statement.trigger
    if price is not None and order.price_ticks is None and order.trigger_ticks is not None:
        if trigger is not None:
            raise ResolutionRefusal(
                f"order #{order.order_id} has a trigger and no limit: leave out `at`"
            )
        price, trigger = None, price
    if price is not None and order.price_ticks is None:
        raise ResolutionRefusal(
            f"order #{order.order_id} has no price yet; replace it to change how it trades"
        )
    return (
        _moved(price, order, market, order.price_ticks),
        _moved(trigger, order, market, order.trigger_ticks),
    )


def _moved(
    price: Price | None, order: WorkingOrder, market: Market, own_ticks: int | None
) -> int | None:
    return None if price is None else price_ticks(price, order.side, market, own_ticks)


def _new_order(statement: NewOrder, context: Context, state: LineState) -> Resolved:
    if isinstance(statement, PlaceStatement):
        return resolve_place(statement, context, state)
    if isinstance(statement, CloseStatement):
        return resolve_close(statement, context, state)
    if isinstance(statement, StopStatement):
        return resolve_stop(statement, context, state)
    return resolve_trail(statement, context, state)


def _check_grows_within_cap(lots: int, order: WorkingOrder, market: Market) -> None:
    if lots > order.lots:
        check_size_cap(lots, market)
