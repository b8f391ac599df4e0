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
from tests.reference.naive_matching import at_market, market_limit
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
    if order.reduce_only:
        return True
    if not x.margined(order.account, order.symbol):
        return order.side is Side.SELL
    left = x.closable(order.account, order.symbol, order.side) - _waiting_there(x, order)
    return order.open <= left


def _waiting_there(x: NaiveState, order: NaiveOrder) -> int:
    """Lots of its side in the book."""
    mine = [o for o in resting(x, order.account, order.symbol) if o.side is order.side]
    return sum(o.open for o in mine if not o.reduce_only and o is not order)


def _of_all(x: NaiveState, order: NaiveOrder, limits: Limits) -> Iterator[bool]:
    quote = x.instruments[order.symbol].quote
    if limits.order_notional_max_quanta is not None:
        yield _in_base(x, order, own_notional(x, order), quote) > limits.order_notional_max_quanta
    if limits.position_notional_max_quanta is not None:
        made = _in_base(x, order, made_notional(x, order), quote)
        yield made > limits.position_notional_max_quanta
    if limits.positions_max is not None:
        held = {symbol for symbol in x.instruments if x.position_lots(order.account, symbol)}
        yield len(held | {order.symbol}) > limits.positions_max
    if limits.leverage_max_ppm is not None:
        gross = _in_base(x, order, own_notional(x, order), quote)
        for symbol, terms in x.instruments.items():
            gross += _in_base(x, order, held_notional(x, order.account, symbol), terms.quote)
        yield gross * PPM > limits.leverage_max_ppm * equity(x, order.account)


def _of_one(x: NaiveState, order: NaiveOrder, limit: InstrumentLimit) -> Iterator[bool]:
    if limit.lots_max is not None:
        yield made_lots(x, order) > limit.lots_max
    if limit.notional_max_quanta is not None:
        yield made_notional(x, order) > limit.notional_max_quanta
    if limit.leverage_max is not None and x.margined(order.account, order.symbol):
        yield leverage(x, order.account, order.symbol) > limit.leverage_max


def _in_base(x: NaiveState, order: NaiveOrder, quanta: int, currency: str) -> int:
    price = rate(x, currency, x.profile(order.account).base_currency)
    return int(quanta * (Fraction(0) if price is None else price))


# What it would make


def made_lots(x: NaiveState, order: NaiveOrder) -> int:
    sign = 1 if order.side is Side.BUY else -1
    after = x.position_lots(order.account, order.symbol) * sign
    return max(0, after + _waiting_there(x, order) + order.open)


def made_notional(x: NaiveState, order: NaiveOrder) -> int:
    """The order's own lots at its price, the others at the mark, if there is one."""
    lots = made_lots(x, order)
    own = min(order.open, lots)
    if x.price(order.symbol, TriggerSource.MARK) is None:
        own = lots
    return _at_mark(x, order.symbol, lots - own) + own_notional(x, order, own)


def held_notional(x: NaiveState, account: str, symbol: str) -> int:
    return _at_mark(x, symbol, abs(x.position_lots(account, symbol)))


def _at_mark(x: NaiveState, symbol: str, lots: int) -> int:
    at, terms = x.price(symbol, TriggerSource.MARK), x.instruments[symbol]
    return 0 if at is None or not lots else notional(terms, lots, worth(terms, at, lots))


def own_notional(x: NaiveState, order: NaiveOrder, lots: int | None = None) -> int:
    """Of an order, or of so many lots of it, at the price that it has or waits for."""
    terms = x.instruments[order.symbol]
    wanted = order.open if lots is None else lots
    price = order.price or (order.trigger if order.waiting else None)
    if price is None and order.waiting:
        price = x.price(order.symbol, TriggerSource.MARK)
    if price:
        return notional(terms, wanted, worth(terms, price, wanted))
    limit = market_limit(x, order) if at_market(order) else order.price
    parts = reach(x, order, wanted, limit)
    value = sum(worth(terms, at, part) for at, part in parts)
    return notional(terms, sum(part for _, part in parts), value)
