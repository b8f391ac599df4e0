"""Changing a resting order in place."""

from engine.core.accounts import Account, holds
from engine.core.commands import AmendOrder
from engine.core.events import EndCause, OrderAmended
from engine.core.execution import finish, rehold
from engine.core.market import Market
from engine.core.orders import checks
from engine.core.orders.cancelling import own_order
from engine.core.orders.funds import hold_ticks, require
from engine.core.orders.limit import enter
from engine.core.orders.order import Order
from engine.core.reasons import Reason, Refusal
from engine.core.state import State


def amend(state: State, account: Account, command: AmendOrder) -> None:
    """Reduce in place, or take out and enter again at the back of the queue.

    Raises:
        Refusal: The order stays as it was.
    """
    order = own_order(state, account, command.order_id)
    market = state.markets[order.symbol]
    price_ticks = order.price_ticks if command.price_ticks is None else command.price_ticks
    lots = order.lots if command.lots is None else command.lots
    checks.check_price(market, price_ticks)
    if not lots or lots != order.filled_lots:
        checks.check_lots(market, lots)
    _check_changed(market, order, lots, price_ticks)
    if price_ticks == order.price_ticks and lots < order.lots:
        _reduce(state, market, order, lots)
    else:
        _move(state, market, order, lots, price_ticks)


def _check_changed(market: Market, order: Order, lots: int, price_ticks: int) -> None:
    if (lots, price_ticks) == (order.lots, order.price_ticks):
        raise Refusal(
            Reason.AMEND_CHANGES_NOTHING,
            f"order {order.order_id} is already {market.scale.size_decimal(lots)} at"
            f" {market.scale.price_decimal(price_ticks)}",
        )
    if lots < order.filled_lots:
        filled = market.scale.size_decimal(order.filled_lots)
        raise Refusal(
            Reason.AMEND_BELOW_FILLED,
            f"{filled} of order {order.order_id} is filled: its quantity cannot be less",
        )


def _reduce(state: State, market: Market, order: Order, lots: int) -> None:
    """A smaller quantity keeps its place."""
    removed = order.lots - lots
    order.lots = lots
    market.book.reduce(order, removed)
    _close_no_more_than_open(order)
    rehold(market, order)
    _say(state, order, kept_priority=True)
    if not order.open_lots:
        finish(state, order, EndCause.AMENDED_TO_FILLED)


def _move(state: State, market: Market, order: Order, lots: int, price_ticks: int) -> None:
    """A new price or a larger quantity goes to the back, and may trade there."""
    open_lots = lots - order.filled_lots
    checks.check_notional(market, lots, price_ticks)
    checks.check_live(market)
    if order.post_only:
        checks.check_post_only(market, order.side, price_ticks)
    ticks = hold_ticks(market, order.side, price_ticks)
    value = market.scale.notional_quanta(ticks, open_lots)
    closing = min(order.closing_lots, open_lots)
    needed = holds.required(market, order.side, open_lots, value, closing)
    require(market, order.holding, needed, open_lots, spare=order.hold_quanta)
    market.book.remove(order)
    order.lots = lots
    order.open_lots = open_lots
    order.price_ticks = price_ticks
    order.hold_ticks = ticks
    _close_no_more_than_open(order)
    rehold(market, order)
    _say(state, order, kept_priority=False)
    if open_lots:
        enter(state, market, order)
    else:
        finish(state, order, EndCause.AMENDED_TO_FILLED)


def _close_no_more_than_open(order: Order) -> None:
    """A smaller order has fewer lots that can close a position."""
    dropped = order.closing_lots - order.open_lots
    if dropped > 0:
        order.closing_lots -= dropped
        order.owner.position(order.symbol).closing_lots -= dropped


def _say(state: State, order: Order, *, kept_priority: bool) -> None:
    state.events.append(
        OrderAmended(
            seq=state.seq,
            ts_ns=state.now_ns,
            order_id=order.order_id,
            account=order.owner.name,
            symbol=order.symbol,
            lots=order.lots,
            open_lots=order.open_lots,
            price_ticks=order.price_ticks,
            kept_priority=kept_priority,
            display_lots=None,
            trigger_ticks=None,
            expires_ns=None,
        )
    )
