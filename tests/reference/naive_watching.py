"""What waiting orders watch: when a trigger is reached, and how a trailing stop follows."""

from engine.core import events as e
from engine.core.commands import OrderType, Side, TriggerSource
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_state import NaiveState, PriceChange

PROFITS = (OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT)


def source_of(x: NaiveState, order: NaiveOrder) -> TriggerSource:
    return x.watched(order.symbol, order.sent.trigger_on)


def fires_upward(order: NaiveOrder) -> bool:
    """Whether it waits for a price at or above its trigger; otherwise at or below."""
    return (order.side is Side.BUY) != (order.sent.order_type in PROFITS)


def trigger_reached(order: NaiveOrder, price: int) -> bool:
    if order.trigger is None:
        return False
    return price >= order.trigger if fires_upward(order) else price <= order.trigger


def begin_to_follow(x: NaiveState, order: NaiveOrder) -> None:
    """A trailing stop whose activation price is reached, or that has none, follows at once."""
    price = x.price(order.symbol, source_of(x, order))
    if order.trailing and price is not None:
        _follow(order, price)


def _follow(order: NaiveOrder, price: int) -> None:
    sells = order.side is Side.SELL
    activation = order.sent.activation_ticks
    if order.best is None:
        if activation is not None and (price < activation if sells else price > activation):
            return
        order.best = price
    order.best = max(order.best, price) if sells else min(order.best, price)
    distance = order.sent.trail_ticks
    if order.sent.trail_ppm is not None:
        distance = max(1, -(-order.best * order.sent.trail_ppm // 1_000_000))
    assert distance is not None, "a trailing stop has a distance"
    order.trigger = max(1, order.best - distance) if sells else order.best + distance


def follow_price(x: NaiveState, change: PriceChange) -> None:
    """Trailing stops follow a price, then the orders that it has reached queue up to fire."""
    watching = [
        order
        for order in x.live
        if order.waiting
        and order not in x.firing
        and order.order_id < change.next_id
        and order.symbol == change.symbol
        and source_of(x, order) in change.sources
    ]
    for order in watching:
        before = order.trigger
        if order.trailing:
            _follow(order, change.price)
        if order.trigger != before:
            x.say(
                e.TriggerMoved,
                order_id=order.order_id,
                account=order.account,
                symbol=order.symbol,
                best_ticks=order.best,
                trigger_ticks=order.trigger,
            )
    reached = [order for order in watching if trigger_reached(order, change.price)]
    for order in sorted(reached, key=_nearest_first):
        queue_up(x, order, change.price)


def _nearest_first(order: NaiveOrder) -> tuple[bool, int, int]:
    assert order.trigger is not None
    up = fires_upward(order)
    return not up, order.trigger if up else -order.trigger, order.order_id


def queue_up(x: NaiveState, order: NaiveOrder, price: int) -> None:
    order.reached = price
    x.firing.append(order)
