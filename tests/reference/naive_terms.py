"""Which fields an order type has, as one table, and every reason that needs no book."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from engine.core.commands import OrderType, PlaceOrder, Side, TimeInForce
from engine.core.reasons import Reason
from tests.reference.naive_state import NaiveState

PRICE_MAX = 10**15
SLICES_MAX = 1_000
"""How often an iceberg may show itself."""
RESTING = (TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY)
AT_ONCE = (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK)


@dataclass(frozen=True)
class Terms:
    price: bool = False
    trigger: bool = False
    trails: bool = False
    offset: bool = False
    display: bool = False
    market: bool = False
    """At market when it trades."""
    lives: tuple[TimeInForce, ...] = RESTING
    post_only: bool = False
    exits: bool = True

    @property
    def waits(self) -> bool:
        return self.trigger or self.trails


TERMS = {
    OrderType.LIMIT: Terms(price=True, lives=tuple(TimeInForce), post_only=True),
    OrderType.MARKET: Terms(market=True, lives=AT_ONCE),
    OrderType.ICEBERG: Terms(price=True, display=True, post_only=True),
    OrderType.STOP: Terms(trigger=True, market=True),
    OrderType.TAKE_PROFIT: Terms(trigger=True, market=True),
    OrderType.STOP_LIMIT: Terms(price=True, trigger=True),
    OrderType.TAKE_PROFIT_LIMIT: Terms(price=True, trigger=True),
    OrderType.TRAILING_STOP: Terms(trails=True, market=True, exits=False),
    OrderType.TRAILING_STOP_LIMIT: Terms(trails=True, offset=True, exits=False),
}


def in_range(price: int) -> bool:
    return 0 < price <= PRICE_MAX


def slices_fit(lots: int, display: int) -> bool:
    return 0 < display <= lots <= display * SLICES_MAX


def terms_reasons(x: NaiveState, order: PlaceOrder) -> Iterator[Reason]:
    """Reasons of an order of a known account and instrument."""
    terms = TERMS[order.order_type]
    if order.client_id in x.accounts[order.account]:
        yield Reason.DUPLICATE_CLIENT_ID
    if order.account in x.killed and not order.reduce_only:
        yield Reason.KILL_SWITCH
    if terms.price and order.price_ticks is None:
        yield Reason.PRICE_MISSING
    if not terms.price and order.price_ticks is not None:
        yield Reason.PRICE_NOT_ALLOWED
    if not all(map(in_range, _prices(order))):
        yield Reason.PRICE_OUT_OF_RANGE
    if terms.trigger and order.trigger_ticks is None:
        yield Reason.TRIGGER_MISSING
    if _trigger_not_allowed(terms, order):
        yield Reason.TRIGGER_NOT_ALLOWED
    if not _trail_valid(terms, order):
        yield Reason.TRAIL_INVALID
    if terms.display != (order.display_lots is not None):
        yield Reason.DISPLAY_INVALID
    if order.display_lots is not None and not slices_fit(order.lots, order.display_lots):
        yield Reason.DISPLAY_INVALID
    gtd = order.time_in_force is TimeInForce.GTD
    if gtd != (order.expires_ns is not None):
        yield Reason.EXPIRY_INVALID
    if order.expires_ns is not None and order.expires_ns <= x.now_ns:
        yield Reason.EXPIRY_INVALID
    if order.exits is not None and not _exits_valid(x, order):
        yield Reason.EXITS_INVALID
    if order.protection_ppm is not None and (
        not terms.market or not 0 <= order.protection_ppm < 1_000_000
    ):
        yield Reason.PROTECTION_INVALID
    if any(_conflicts(x, terms, order)):
        yield Reason.FLAGS_CONFLICT
    if order.lots < x.instruments[order.symbol].lots_min:
        yield Reason.QUANTITY_TOO_SMALL
    if order.lots > x.instruments[order.symbol].lots_max:
        yield Reason.QUANTITY_TOO_LARGE


def _prices(order: PlaceOrder) -> list[int]:
    """Every price that an order states."""
    stated = [order.price_ticks, order.trigger_ticks, order.activation_ticks]
    if order.exits is not None:
        exits = order.exits
        stated += [exits.take_profit_ticks, exits.stop_loss_ticks, exits.stop_limit_ticks]
    return [price for price in stated if price is not None]


def _trigger_not_allowed(terms: Terms, order: PlaceOrder) -> bool:
    return (
        (order.trigger_ticks is not None and not terms.trigger)
        or (order.trigger_on is not None and not terms.waits)
        or (order.activation_ticks is not None and not terms.trails)
    )


def _trail_valid(terms: Terms, order: PlaceOrder) -> bool:
    given = (order.trail_ticks, order.trail_ppm, order.limit_offset_ticks)
    if not terms.trails:
        return given == (None, None, None)
    if (order.trail_ticks is None) == (order.trail_ppm is None):
        return False
    if order.trail_ticks is not None and not in_range(order.trail_ticks):
        return False
    if order.trail_ppm is not None and not 0 < order.trail_ppm < 1_000_000:
        return False
    offset = order.limit_offset_ticks
    return (offset is not None and 0 <= offset <= PRICE_MAX) if terms.offset else offset is None


def _exits_valid(x: NaiveState, order: PlaceOrder) -> bool:
    assert order.exits is not None
    profit, loss = order.exits.take_profit_ticks, order.exits.stop_loss_ticks
    if profit is None and loss is None:
        return False
    if loss is None and order.exits.stop_limit_ticks is not None:
        return False
    entry = order.price_ticks if order.price_ticks is not None else order.trigger_ticks
    if entry is None:
        facing = x.book.side(order.symbol, order.side.opposite)
        entry = facing[0].price if facing else None
    ascending = [price for price in (loss, entry, profit) if price is not None]
    if order.side is Side.SELL:
        ascending.reverse()
    return all(a < b for a, b in pairwise(ascending))


def _conflicts(x: NaiveState, terms: Terms, order: PlaceOrder) -> Iterator[bool]:
    yield order.time_in_force not in terms.lives
    yield order.post_only and not (terms.post_only and order.time_in_force in RESTING)
    yield order.slide and not order.post_only
    if order.exits is not None:
        yield order.reduce_only
        yield not terms.exits
        yield not x.margined(order.account, order.symbol) and order.side is Side.SELL
