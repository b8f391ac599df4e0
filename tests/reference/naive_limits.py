"""What a portfolio may do at most, each limit asked of everything that there is.

What only reduces a position passes every limit but the rate. A position is taken as it will be when
the order and all of its side in the book have filled; positions and orders in the book count at the
mark, without one at the last trade, the order at its own price.
"""

from collections.abc import Iterator
from fractions import Fraction

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import Side, TriggerSource
from engine.core.margin_terms import InstrumentLimit, Limits
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_margin import PPM, notional, worth
from tests.reference.naive_matching import market_limit
from tests.reference.naive_means import leverage, resting
from tests.reference.naive_rates import equity, rate
from tests.reference.naive_reach import reach
from tests.reference.naive_state import NaiveState

SECOND_NS = 10**9


def set_limits(x: NaiveState, command: c.SetLimits) -> None:
    x.limits[command.account] = command.limits
    x.say(e.LimitsSet, account=command.account, limits=command.limits)


def beyond_limits(x: NaiveState, order: NaiveOrder) -> bool:
    """Whether an order would lead beyond a limit of its portfolio, the rate apart."""
    limits = x.limits.get(order.account)
    if limits is None or only_reduces(x, order):
        return False
    own = limits.by_symbol.get(order.symbol)
    return any(_of_all(x, order, limits)) or (own is not None and any(_of_one(x, order, own)))


def too_many(x: NaiveState, account: str, orders: int) -> bool:
    """Whether so many more orders are too many for the second that ends now."""
    limits = x.limits.get(account)
    if limits is None or limits.orders_per_second_max is None:
        return False
    recent = [at_ns for name, at_ns in x.placed if name == account and at_ns > x.now_ns - SECOND_NS]
    return len(recent) + orders > limits.orders_per_second_max


def only_reduces(x: NaiveState, order: NaiveOrder) -> bool:
    """What can only make a position smaller: at most what other orders leave of it."""
    sells_owned = not x.margined(order.account, order.symbol) and order.side is Side.SELL
    return order.reduce_only or sells_owned or lots_of(x, order) <= -_before(x, order)


def _of_all(x: NaiveState, order: NaiveOrder, limits: Limits) -> Iterator[bool]:
    in_base = _rate(x, order.account, x.instruments[order.symbol].quote)
    if limits.order_notional_max_quanta is not None:
        yield own_notional(x, order) * in_base > limits.order_notional_max_quanta
    if limits.position_notional_max_quanta is not None:
        made = made_notional(x, order, _before(x, order))
        yield made * in_base > limits.position_notional_max_quanta
    if limits.positions_max is not None:
        used = {symbol for symbol in x.instruments if _is_used(x, order.account, symbol)}
        yield order.symbol not in used and len(used) >= limits.positions_max
    if limits.leverage_max_ppm is not None and x.margined(order.account, order.symbol):
        gross = int(made_notional(x, order, _held(x, order)) * in_base)
        for symbol, terms in x.instruments.items():
            if symbol != order.symbol and x.margined(order.account, symbol):
                held = _at_mark(x, symbol, abs(x.position_lots(order.account, symbol)))
                gross += int(held * _rate(x, order.account, terms.quote)) if held else 0
        yield gross * PPM > limits.leverage_max_ppm * equity(x, order.account)


def _of_one(x: NaiveState, order: NaiveOrder, limit: InstrumentLimit) -> Iterator[bool]:
    if limit.lots_max is not None:
        yield _before(x, order) + lots_of(x, order) > limit.lots_max
    if limit.notional_max_quanta is not None:
        yield made_notional(x, order, _before(x, order)) > limit.notional_max_quanta
    if limit.leverage_max is not None and x.margined(order.account, order.symbol):
        yield leverage(x, order.account, order.symbol) > limit.leverage_max


def _rate(x: NaiveState, account: str, currency: str) -> Fraction:
    price = rate(x, currency, x.profile(account).base_currency)
    assert price is not None, "limits are tried where the base currency has a price"
    return price


def _is_used(x: NaiveState, account: str, symbol: str) -> bool:
    """Whether there is a position, or an order in the book that may open one."""
    margined = x.margined(account, symbol)
    opens = [
        order
        for order in resting(x, account, symbol)
        if not order.reduce_only and (margined or order.side is Side.BUY)
    ]
    return bool(x.position_lots(account, symbol) or opens)


# What it would make


def lots_of(x: NaiveState, order: NaiveOrder) -> int:
    """How many of its lots are going to trade; at market no more than there are."""
    if order.price or order.waiting:
        return order.open
    return sum(
        part for _, part in reach(x, order, order.open, market_limit(x, order), decrement=True)
    )


def _held(x: NaiveState, order: NaiveOrder) -> int:
    """Lots of the position, positive on the side of the order."""
    lots = x.position_lots(order.account, order.symbol)
    return lots if order.side is Side.BUY else -lots


def _before(x: NaiveState, order: NaiveOrder) -> int:
    """The same once all orders of its side in the book have filled; of two linked ones, one."""
    mine = [
        other
        for other in resting(x, order.account, order.symbol)
        if other is not order and other.side is order.side and not other.reduce_only
    ]
    second = [o for o in mine if o.linked in mine and o.order_id > o.linked.order_id]
    return _held(x, order) + sum(other.open for other in mine if other not in second)


def made_notional(x: NaiveState, order: NaiveOrder, before: int) -> int:
    """The order's own lots at its price, those before it at the mark, if there is one."""
    lots, own = lots_of(x, order), own_notional(x, order)
    if before < 0:
        return own * max(0, lots + before) // lots if lots else 0
    if x.price(order.symbol, TriggerSource.MARK) is None and lots:
        return own * (lots + before) // lots
    return _at_mark(x, order.symbol, before) + own


def _at_mark(x: NaiveState, symbol: str, lots: int) -> int:
    at, terms = x.price(symbol, TriggerSource.MARK), x.instruments[symbol]
    return 0 if at is None or not lots else notional(terms, lots, worth(terms, at, lots))


def own_notional(x: NaiveState, order: NaiveOrder) -> int:
    """Of an order, at the price that it has or waits for, or at those that it finds."""
    terms, lots = x.instruments[order.symbol], lots_of(x, order)
    price = order.price or (order.trigger if order.waiting else None)
    if price is None and order.waiting:
        price = x.price(order.symbol, TriggerSource.MARK)
    if price:
        return notional(terms, lots, worth(terms, price, lots))
    parts = reach(x, order, order.open, market_limit(x, order), decrement=True)
    return notional(terms, lots, sum(worth(terms, at, part) for at, part in parts))
