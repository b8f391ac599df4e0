"""What follows a command, until nothing follows any more."""

from engine.core import events as e
from engine.core.commands import OrderType
from engine.core.events import EndCause
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end, leave_entry
from tests.reference.naive_exits import settle
from tests.reference.naive_halts import break_circuits, cascade
from tests.reference.naive_limits import beyond_limits
from tests.reference.naive_orders import can_pay, enter, over_leveraged, set_hold
from tests.reference.naive_state import NaiveState
from tests.reference.naive_terms import PRICE_MAX
from tests.reference.naive_watching import follow_price, source_of


def after(x: NaiveState) -> None:
    """Exits settle, prices are followed, one order fires; and again."""
    x.fired = {}
    while True:
        settle(x)
        while x.prices:
            change = x.prices.pop(0)
            follow_price(x, change)
            break_circuits(x, change)
        if not _fire_one(x):
            return


def _fire_one(x: NaiveState) -> bool:
    """Fire the next order; False when none may."""
    for symbol in x.instruments:
        queue = [order for order in x.firing if order.symbol == symbol]
        if not queue or not x.trades(symbol) or x.stale(symbol):
            continue
        if x.fired.get(symbol, 0) >= x.instruments[symbol].cascade_orders_max:
            cascade(x, symbol)
            continue
        x.fired[symbol] = x.fired.get(symbol, 0) + 1
        x.firing.remove(queue[0])
        _fire(x, queue[0])
        return True
    return False


def _fire(x: NaiveState, order: NaiveOrder) -> None:
    order.waiting = False
    _take_limit(order)
    with x.without([] if order.linked is None else [order.linked]):
        within = not beyond_limits(x, order)
        payable = can_pay(x, order) and not over_leveraged(x, order)
        set_hold(x, order)
    x.say(
        e.OrderTriggered,
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        source=source_of(x, order),
        reached_ticks=order.reached,
        trigger_ticks=order.trigger,
        price_ticks=order.price or None,
    )
    if not within or not payable:
        end(x, order, EndCause.FUNDS_MISSING if within else EndCause.LIMIT_EXCEEDED)
        return
    if order.linked is not None:
        end(x, order.linked, EndCause.LINKED_TRIGGERED)
    leave_entry(x, order)
    enter(x, order)


def _take_limit(order: NaiveOrder) -> None:
    """A trailing stop's limit lies beyond its trigger."""
    if order.sent.order_type is not OrderType.TRAILING_STOP_LIMIT:
        return
    assert order.trigger is not None
    offset = order.sent.limit_offset_ticks or 0
    sells = order.side.value == "sell"
    away = order.trigger - offset if sells else order.trigger + offset
    order.price = min(max(1, away), PRICE_MAX)
