"""Orders that are sent as one: pairs and baskets."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from math import floor

from engine.core import commands as c
from engine.core import events as e
from engine.core.commands import OrderType, PlaceOrder, TimeInForce
from engine.core.events import EndCause
from engine.core.reasons import Reason
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_endings import end
from tests.reference.naive_exits import link
from tests.reference.naive_limits import beyond_limits, too_many
from tests.reference.naive_matching import at_market, market_limit, match
from tests.reference.naive_means import increase, pays_in, room
from tests.reference.naive_orders import (
    accept,
    book_reasons,
    draft,
    enter,
    market_remainder,
    missing,
    needs,
    over_leveraged,
)
from tests.reference.naive_reach import reach
from tests.reference.naive_state import NaiveState
from tests.reference.naive_terms import RESTING, TERMS, terms_reasons

# Pairs


def place_oco(x: NaiveState, command: c.PlaceOco) -> None:
    x.note_placed(command.account, 2)
    drafts = [draft(x, leg) for leg in (command.first, command.second)]
    first = accept(x, drafts[0])
    second = accept(x, drafts[1], linked_id=first.order_id)
    link(first, second)
    enter(x, first)
    if second in x.live:
        enter(x, second)


def oco_reasons(x: NaiveState, command: c.PlaceOco) -> Iterator[Reason]:
    first, second = command.first, command.second
    shared = ("symbol", "side", "lots", "reduce_only")
    if any(getattr(first, name) != getattr(second, name) for name in shared):
        yield Reason.LEGS_CONFLICT
    if _ids_repeat([first, second]):
        yield Reason.LEGS_CONFLICT
    for leg in (first, second):
        waits_or_rests = not TERMS[leg.order_type].market or TERMS[leg.order_type].waits
        if leg.account != command.account or not waits_or_rests:
            yield Reason.LEGS_CONFLICT
        if leg.time_in_force not in RESTING or leg.exits is not None:
            yield Reason.LEGS_CONFLICT


def _ids_repeat(legs: list[PlaceOrder]) -> bool:
    ids = [leg.client_id for leg in legs if leg.client_id]
    return len(set(ids)) < len(ids)


def leg_reasons(x: NaiveState, leg: PlaceOrder) -> list[Reason]:
    """Everything for which an order alone would be refused."""
    if leg.symbol not in x.instruments:
        return [Reason.UNKNOWN_INSTRUMENT]
    return list(terms_reasons(x, leg)) or list(book_reasons(x, leg))


def oco_leg_reasons(x: NaiveState, command: c.PlaceOco) -> Iterator[Reason]:
    """The first leg's first, then the second's while the first holds what it needs.

    Only one of them fills, so how large a position may be is asked of each alone.
    """
    found = leg_reasons(x, command.first)
    if found:
        yield from found
        return
    if too_many(x, command.account, 2):
        yield Reason.LIMIT_EXCEEDED
    first = draft(x, command.first)
    if first.waiting:
        yield from leg_reasons(x, command.second)
        return
    with x.without([]):
        first.hold_price = x.hold_price(first.account, first.symbol, first.side, first.price)
        first.closing = 0 if first.reduce_only else x.closing(first, first.open, at_once=False)
        x.live, x.book.resting = [*x.live, first], [*x.book.resting, first]
        found = leg_reasons(x, command.second)
    each = (Reason.LEVERAGE_TOO_HIGH, Reason.LIMIT_EXCEEDED)
    yield from (reason for reason in found if reason not in each)
    yield from (reason for reason in leg_reasons(x, command.second) if reason in each)


# Baskets


def basket_reasons(x: NaiveState, command: c.PlaceBasket) -> Iterator[Reason]:
    legs = command.legs
    if len(legs) < 2 or len({leg.symbol for leg in legs}) != len(legs):
        yield Reason.LEGS_CONFLICT
    if _ids_repeat(list(legs)):
        yield Reason.LEGS_CONFLICT
    for leg in legs:
        plain = leg.order_type in (OrderType.MARKET, OrderType.LIMIT)
        at_once = leg.time_in_force in (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK)
        if leg.account != command.account or leg.exits is not None or leg.post_only:
            yield Reason.LEGS_CONFLICT
        if not plain or not at_once:
            yield Reason.LEGS_CONFLICT


ALONE_ONLY = (
    Reason.FOK_NOT_FILLABLE,
    Reason.LIMIT_EXCEEDED,
    Reason.LEVERAGE_TOO_HIGH,
    Reason.INSUFFICIENT_FUNDS,
    Reason.NOTHING_TO_SELL,
)
"""Reasons that a basket finds for all of its legs together."""


def basket_leg_reasons(x: NaiveState, command: c.PlaceBasket) -> Iterator[Reason]:
    for leg in command.legs:
        found = [reason for reason in leg_reasons(x, leg) if reason not in ALONE_ONLY]
        if found:
            yield from found
            return
    share = basket_share(x, command)
    if command.all_or_none and share < 1:
        yield Reason.FOK_NOT_FILLABLE
        return
    if share == 0:
        yield Reason.NO_LIQUIDITY
        return
    if too_many(x, command.account, len(command.legs)):
        yield Reason.LIMIT_EXCEEDED
    total: dict[str, int] = {}
    for leg in command.legs:
        order = draft(x, leg)
        if beyond_limits(x, replace(order, open=floor(order.lots * share))):
            yield Reason.LIMIT_EXCEEDED
        if over_leveraged(x, order, floor(order.lots * share)):
            yield Reason.LEVERAGE_TOO_HIGH
        currency = pays_in(x, order)
        more = increase(x, order, needs(x, order, floor(order.lots * share)))
        total[currency] = total.get(currency, 0) + more
        if total[currency] > max(0, room(x, order)):
            yield missing(x, order)


def basket_share(x: NaiveState, command: c.PlaceBasket) -> Fraction:
    """How much of every leg can trade, as the scarcest one allows."""
    shares = []
    for order in (draft(x, leg) for leg in command.legs):
        found = sum(lots for _, lots in reach(x, order, order.lots, leg_limit(x, order)))
        shares.append(Fraction(found, order.lots))
    return min(shares)


def leg_limit(x: NaiveState, order: NaiveOrder) -> int | None:
    return market_limit(x, order) if at_market(order) else order.price


def place_basket(x: NaiveState, command: c.PlaceBasket) -> None:
    x.note_placed(command.account, len(command.legs))
    share = basket_share(x, command)
    basket_id = x.new_id()
    x.say(
        e.BasketAccepted,
        basket_id=basket_id,
        account=command.account,
        legs=len(command.legs),
        share_ppm=floor(1_000_000 * share),
    )
    for leg in command.legs:
        _trade_leg(x, accept(x, draft(x, leg), parent_id=basket_id), share)
    x.say(e.BasketDone, basket_id=basket_id, account=command.account)


def _trade_leg(x: NaiveState, order: NaiveOrder, share: Fraction) -> None:
    target = floor(order.lots * share)
    if not match(x, order, leg_limit(x, order), target):
        return
    if order.open == 0:
        end(x, order, EndCause.FILLED)
    elif order.filled >= target:
        end(x, order, EndCause.BASKET_SHARE)
    elif at_market(order):
        end(x, order, market_remainder(x, order))
    else:
        end(x, order, EndCause.IOC_REMAINDER)
