"""One order's way: drafted, checked against the book, accepted, entered, amended."""

from collections.abc import Iterator

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import OrderType, PlaceOrder, Side, TimeInForce
from engine.core.events import EndCause
from engine.core.instruments import Instrument
from engine.core.reasons import Reason
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end
from tests.reference.naive_limits import beyond_limits, too_many
from tests.reference.naive_margin import notional, worth
from tests.reference.naive_matching import at_market, market_limit, match
from tests.reference.naive_means import increase, need, room, size_of, too_large
from tests.reference.naive_reach import reach
from tests.reference.naive_state import NaiveState
from tests.reference.naive_terms import TERMS
from tests.reference.naive_watching import begin_to_follow, trigger_reached


def draft(x: NaiveState, command: PlaceOrder) -> NaiveOrder:
    """The order that a command would become, cut to its position and slid where that applies."""
    lots = command.lots
    if command.reduce_only:
        lots = min(lots, x.closable(command.account, command.symbol, command.side))
    price = command.price_ticks or 0
    if command.slide:
        price = slid(x, command.symbol, command.side, price)
    order = NaiveOrder(0, command.account, command.symbol, command.side, price, lots, lots, command)
    if command.display_lots is not None:
        order.display = min(command.display_lots, lots)
    order.waiting = TERMS[command.order_type].waits
    order.trigger = command.trigger_ticks
    return order


def slid(x: NaiveState, symbol: str, side: Side, price: int) -> int:
    """The price itself, or the best one that does not trade if it would."""
    facing = x.book.facing(symbol, side, price)
    if not facing:
        return price
    return facing[0].price - 1 if side is Side.BUY else facing[0].price + 1


def book_reasons(x: NaiveState, command: PlaceOrder) -> Iterator[Reason]:
    """Why the market or the account does not allow an order whose terms are right."""
    terms = x.instruments[command.symbol]
    facing = x.book.side(command.symbol, command.side.opposite)
    price = command.price_ticks if command.price_ticks is not None else command.trigger_ticks
    if price is None and command.order_type is OrderType.MARKET and facing:
        price = facing[0].price
    if price and value_in_quote(terms, price, command.lots) < terms.notional_min_quanta:
        yield Reason.NOTIONAL_TOO_SMALL
    yield from market_reasons(x, command.symbol)
    order = draft(x, command)
    if order.lots == 0:
        yield Reason.NO_POSITION
        return
    if order.waiting and not order.trailing:
        watched = x.price(order.symbol, x.watched(order.symbol, command.trigger_on))
        if watched is not None and trigger_reached(order, watched):
            yield Reason.TRIGGER_WOULD_FIRE
    if outside_band(x, command.symbol, command.price_ticks):
        yield Reason.PRICE_OUTSIDE_BAND
    if command.order_type is OrderType.MARKET and not facing:
        yield Reason.NO_LIQUIDITY
    if too_many(x, order.account, 1) or beyond_limits(x, order):
        yield Reason.LIMIT_EXCEEDED
    if order.waiting:
        return
    if command.post_only and x.book.facing(order.symbol, order.side, order.price):
        yield Reason.POST_ONLY_WOULD_TAKE
    if command.slide and order.price < 1:
        yield Reason.POST_ONLY_WOULD_TAKE
    limit = market_limit(x, order) if at_market(order) else order.price
    found = sum(lots for _, lots in reach(x, order, order.lots, limit))
    if command.time_in_force is TimeInForce.FOK and found < order.lots:
        yield Reason.FOK_NOT_FILLABLE
    if over_leveraged(x, order):
        yield Reason.LEVERAGE_TOO_HIGH
    if not can_pay(x, order):
        yield missing(x, order)


def value_in_quote(terms: Instrument, price: int, lots: int) -> int:
    return notional(terms, lots, worth(terms, price, lots))


def market_reasons(x: NaiveState, symbol: str) -> Iterator[Reason]:
    if not x.instruments[symbol].asset_class.tradable:
        yield Reason.NOT_TRADABLE
    if x.session(symbol) is None:
        yield Reason.MARKET_CLOSED
    if symbol in x.halts:
        yield Reason.MARKET_HALTED
    if x.stale(symbol):
        yield Reason.MARKET_STALE


def outside_band(x: NaiveState, symbol: str, price: int | None) -> bool:
    band = x.band(symbol)
    return price is not None and band is not None and not band[0] <= price <= band[1]


def missing(x: NaiveState, order: NaiveOrder) -> Reason:
    """The reason for which an order that cannot be paid for is refused."""
    in_full = not x.margined(order.account, order.symbol)
    selling = in_full and order.side is Side.SELL
    return Reason.NOTHING_TO_SELL if selling else Reason.INSUFFICIENT_FUNDS


def can_pay(x: NaiveState, order: NaiveOrder) -> bool:
    """Whether what an order adds to what is held is there; what adds nothing always is."""
    return increase(x, order, needs(x, order)) <= max(0, room(x, order))


def over_leveraged(x: NaiveState, order: NaiveOrder, lots: int | None = None) -> bool:
    """Whether an order leads to a position that may not have the leverage that it would."""
    return too_large(x, order, size_of(x, order, *extent(x, order, lots)))


def needs(x: NaiveState, order: NaiveOrder, lots: int | None = None) -> int:
    """What an order holds on its own, or so many lots of it at once."""
    return need(x, order, *extent(x, order, lots))


def extent(x: NaiveState, order: NaiveOrder, lots: int | None = None) -> tuple[int, int, int]:
    """(lots, their value, how many of them close) of an order, or of so many lots of it at once."""
    at_once = lots is not None or at_market(order)
    terms = x.instruments[order.symbol]
    if at_once:
        limit = market_limit(x, order) if at_market(order) else order.price
        whole = lots is None
        parts = reach(x, order, order.open if lots is None else lots, limit, decrement=whole)
        lots = sum(part for _, part in parts)
        value = sum(worth(terms, price, part) for price, part in parts)
    else:
        lots = order.open
        price = x.hold_price(order.account, order.symbol, order.side, order.price)
        value = worth(terms, price, lots)
    return lots, value, x.closing(order, lots, at_once=at_once)


def place(x: NaiveState, command: PlaceOrder) -> None:
    x.note_placed(command.account)
    enter(x, accept(x, draft(x, command)))


def accept(
    x: NaiveState,
    order: NaiveOrder,
    *,
    parent_id: int | None = None,
    linked_id: int | None = None,
) -> NaiveOrder:
    """Give an order its id; unless it waits, hold its money."""
    command = order.sent
    order.order_id = x.new_id()
    order.parent_id = parent_id
    order.expires = expiry(x, command)
    if command.client_id:
        x.accounts[command.account].add(command.client_id)
    x.live.append(order)
    begin_to_follow(x, order)
    set_hold(x, order)
    x.say(
        e.OrderAccepted,
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        order=command,
        lots=order.lots,
        price_ticks=order.price or None,
        expires_ns=order.expires,
        parent_id=parent_id,
        linked_id=linked_id,
    )
    return order


def expiry(x: NaiveState, command: PlaceOrder) -> int | None:
    if command.time_in_force is not TimeInForce.DAY:
        return command.expires_ns
    session = x.session(command.symbol)
    assert session is not None, "a closed market takes no orders"
    return session[1]


def set_hold(x: NaiveState, order: NaiveOrder) -> None:
    """Fix the price of its hold, and how much of it closes a position."""
    if order.waiting or not order.price:
        return
    order.hold_price = x.hold_price(order.account, order.symbol, order.side, order.price)
    if not order.reduce_only:
        order.closing = x.closing(order, order.open, at_once=False)


def enter(x: NaiveState, order: NaiveOrder) -> None:
    """Wait, or trade what can be traded and rest with what is left, or end."""
    if order.waiting:
        return
    market = at_market(order)
    limit = market_limit(x, order) if market else order.price
    if not match(x, order, limit):
        return
    if order.open == 0:
        end(x, order, EndCause.FILLED)
    elif market:
        end(x, order, market_remainder(x, order))
    elif order.sent.time_in_force in (TimeInForce.IOC, TimeInForce.FOK):
        end(x, order, EndCause.IOC_REMAINDER)
    else:
        rest(x, order)


def market_remainder(x: NaiveState, order: NaiveOrder) -> EndCause:
    """Why an order at market could not trade more."""
    facing = x.book.side(order.symbol, order.side.opposite)
    return EndCause.PROTECTED if facing else EndCause.NO_LIQUIDITY


def rest(x: NaiveState, order: NaiveOrder) -> None:
    order.show_slice()
    x.book.rest(order, x.now_ns)
    if two_sided(x, order.account, order.symbol):
        x.fees.first_quoted.setdefault((order.account, order.symbol), x.now_ns)


def two_sided(x: NaiveState, account: str, symbol: str) -> bool:
    """Whether an account quotes both sides of an instrument now."""
    mine = [o for o in x.book.resting if (o.account, o.symbol) == (account, symbol)]
    return {o.side for o in mine} == set(Side)


def amended(x: NaiveState, order: NaiveOrder, command: c.AmendOrder) -> tuple[int, int]:
    """(lots, price) after the amendment."""
    lots = order.lots if command.lots is None else command.lots
    price = order.price if command.price_ticks is None else command.price_ticks
    if order.reduce_only and lots > order.lots:
        closable = x.closable(order.account, order.symbol, order.side)
        lots = max(order.lots, min(lots, order.filled + closable))
    return lots, price


def amend(x: NaiveState, command: c.AmendOrder) -> None:
    order = x.find(command.order_id)
    assert order is not None
    lots, price = amended(x, order, command)
    moves = (price != order.price or lots > order.lots) and not order.waiting
    if moves:
        x.book.remove(order)
        if order.sent.slide:
            price = slid(x, order.symbol, order.side, price)
        order.hold_price = x.hold_price(order.account, order.symbol, order.side, price)
    if lots < order.lots:
        order.lose(order.lots - lots)
    order.open, order.lots, order.price = lots - order.filled, lots, price
    order.display = command.display_lots or order.display
    order.trigger = command.trigger_ticks or order.trigger
    order.expires = command.expires_ns or order.expires
    _say_amended(x, order, kept=not moves)
    if order.open == 0:
        end(x, order, EndCause.AMENDED_TO_FILLED)
    elif moves:
        enter(x, order)


def _say_amended(x: NaiveState, order: NaiveOrder, *, kept: bool) -> None:
    x.say(
        e.OrderAmended,
        order_id=order.order_id,
        account=order.account,
        symbol=order.symbol,
        lots=order.lots,
        open_lots=order.open,
        price_ticks=order.price or None,
        kept_priority=kept,
        display_lots=order.display,
        trigger_ticks=order.trigger if order.waiting else None,
        expires_ns=order.expires,
    )
