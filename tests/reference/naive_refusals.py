"""Every reason for which a command must be refused, in no particular order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from engine.core import commands as c
from engine.core.commands import MARKET, Command, OrderType, PlaceOrder, TriggerSource
from engine.core.reasons import Reason
from tests.reference.naive_book import NaiveOrder
from tests.reference.naive_choices import change_reasons, leverage_reasons, mode_reasons
from tests.reference.naive_funding import configure_reasons, rate_reasons
from tests.reference.naive_groups import (
    basket_leg_reasons,
    basket_reasons,
    leg_reasons,
    oco_leg_reasons,
    oco_reasons,
)
from tests.reference.naive_limits import beyond_limits
from tests.reference.naive_margin import worth as worth_of
from tests.reference.naive_mass import reverse_reasons
from tests.reference.naive_means import increase, need, own_hold, room, size_of, too_large
from tests.reference.naive_money import INSURANCE
from tests.reference.naive_oracle import source_reasons
from tests.reference.naive_orders import (
    amended,
    market_reasons,
    missing,
    outside_band,
    slid,
    value_in_quote,
)
from tests.reference.naive_portfolios import archive_reasons, archived_reasons
from tests.reference.naive_portfolios import configure_reasons as configure_portfolio_reasons
from tests.reference.naive_state import NaiveState
from tests.reference.naive_terms import in_range, slices_fit
from tests.reference.naive_watching import trigger_reached

Reasons = Iterator[Reason]


def refusal(x: NaiveState, command: Command) -> Reason | None:
    """The first reason in order of precedence."""
    found = list(_scope(x, command)) or list(archived_reasons(x, command))
    found = found or list(RULES.get(type(command), _none)(x, command))
    if not found and isinstance(command, c.PlaceOco):
        found = list(oco_leg_reasons(x, command))
    if not found and isinstance(command, c.PlaceBasket):
        found = list(basket_leg_reasons(x, command))
    return min(found, key=list(Reason).index, default=None)


def _none(x: NaiveState, command: Command) -> Reasons:
    del x, command
    return iter(())


def _scope(x: NaiveState, command: Any) -> Reasons:
    """What every command of an account, or about an instrument, has in common."""
    if isinstance(command, c.OpenAccount):
        return
    if hasattr(command, "account") and command.account not in x.accounts:
        yield Reason.UNKNOWN_ACCOUNT
    symbol = getattr(command, "symbol", None)
    if symbol is not None and symbol not in x.instruments:
        yield Reason.UNKNOWN_INSTRUMENT


def _place(x: NaiveState, command: PlaceOrder) -> Reasons:
    return iter(leg_reasons(x, command))


def _of_an_order(x: NaiveState, command: Any) -> Reasons:
    order = x.find(command.order_id)
    if order is None:
        yield Reason.UNKNOWN_ORDER
    elif order.account != command.account:
        yield Reason.NOT_YOUR_ORDER


def _replace(x: NaiveState, command: c.ReplaceOrder) -> Reasons:
    found = list(_of_an_order(x, command))
    order = x.find(command.order_id)
    if found or order is None:
        yield from found
    elif command.order.account != command.account:
        yield Reason.LEGS_CONFLICT
    else:
        with x.without([order]):
            yield from leg_reasons(x, command.order)


# Amendments


def _amend(x: NaiveState, command: c.AmendOrder) -> Reasons:
    found = list(_of_an_order(x, command))
    yield from found
    order = x.find(command.order_id)
    if found or order is None:
        return
    yield from _amended_terms(x, order, command)
    lots, price = command.lots, command.price_ticks
    moved = price is not None and price != order.price
    larger = amended(x, order, command)[0] > order.lots
    if order.account in x.killed and not order.reduce_only and (moved or larger):
        yield Reason.KILL_SWITCH
    changed = (
        (None if lots is None else amended(x, order, command)[0], order.lots),
        (price, order.price),
        (command.display_lots, order.display),
        (command.trigger_ticks, order.trigger),
        (command.expires_ns, order.expires),
    )
    if all(new in (None, old) for new, old in changed):
        yield Reason.AMEND_CHANGES_NOTHING
    if lots is not None and lots < order.filled:
        yield Reason.AMEND_BELOW_FILLED
    if moved or larger:
        yield from _moved(x, order, command)


def _amended_terms(x: NaiveState, order: NaiveOrder, command: c.AmendOrder) -> Reasons:
    terms = x.instruments[order.symbol]
    lots, price, trigger = command.lots, command.price_ticks, command.trigger_ticks
    if not all(in_range(stated) for stated in (price, trigger) if stated is not None):
        yield Reason.PRICE_OUT_OF_RANGE
    new_lots = order.lots if lots is None else lots
    display = command.display_lots
    if display is None and lots is not None and order.display is not None:
        display = min(order.display, new_lots)
    if display is not None and new_lots > order.filled and not slices_fit(new_lots, display):
        yield Reason.DISPLAY_INVALID
    if command.expires_ns is not None and command.expires_ns <= x.now_ns:
        yield Reason.EXPIRY_INVALID
    if lots is not None and (lots <= 0 or (lots < terms.lots_min and lots != order.filled)):
        yield Reason.QUANTITY_TOO_SMALL
    if lots is not None and lots > terms.lots_max and lots != order.filled:
        yield Reason.QUANTITY_TOO_LARGE
    if any(_has_not(order, command)):
        yield Reason.AMEND_NOT_ALLOWED
    if trigger is not None and order.waiting:
        watched = x.price(order.symbol, x.watched(order.symbol, order.sent.trigger_on))
        before, order.trigger = order.trigger, trigger
        if watched is not None and trigger_reached(order, watched):
            yield Reason.TRIGGER_WOULD_FIRE
        order.trigger = before


def _has_not(order: NaiveOrder, command: c.AmendOrder) -> Iterator[bool]:
    """Whether an amendment names a field that the order does not have."""
    yield command.display_lots is not None and order.display is None
    waits = order.waiting and order.reached is None and not order.trailing
    yield command.trigger_ticks is not None and not waits
    yield command.price_ticks is not None and not order.price
    yield command.lots is not None and (order.protects or order.parent is not None)


def _moved(x: NaiveState, order: NaiveOrder, command: c.AmendOrder) -> Reasons:
    """What an order must satisfy to stand in a new place."""
    terms = x.instruments[order.symbol]
    lots, price = amended(x, order, command)
    worth = price or command.trigger_ticks or order.trigger
    trailing = order.sent.order_type in (OrderType.TRAILING_STOP, OrderType.TRAILING_STOP_LIMIT)
    if trailing and order.waiting:
        worth = None
    if worth and value_in_quote(terms, worth, lots) < terms.notional_min_quanta:
        yield Reason.NOTIONAL_TOO_SMALL
    yield from market_reasons(x, order.symbol)
    if outside_band(x, order.symbol, price or None):
        yield Reason.PRICE_OUTSIDE_BAND
    with x.without([order]):
        if beyond_limits(x, replace(order, price=price, open=lots - order.filled)):
            yield Reason.LIMIT_EXCEEDED
    if order.waiting:
        return
    crosses = bool(x.book.facing(order.symbol, order.side, price))
    if order.sent.post_only and not order.sent.slide and crosses:
        yield Reason.POST_ONLY_WOULD_TAKE
    if order.sent.slide:
        price = slid(x, order.symbol, order.side, price)
        if price < 1:
            yield Reason.POST_ONLY_WOULD_TAKE
    open_lots = lots - order.filled
    closing = min(order.closing, open_lots)
    at = x.hold_price(order.account, order.symbol, order.side, price)
    extent = (open_lots, worth_of(terms, at, open_lots), closing)
    before = _added(x, order)
    with x.without([order]):
        other = order.linked
        closes = closing if other is None else min(open_lots, closing + other.closing)
        if too_large(x, order, size_of(x, order, *extent[:2], closes)):
            yield Reason.LEVERAGE_TOO_HIGH
        more = increase(x, order, need(x, order, *extent)) - before
    if more > max(0, room(x, order)):
        yield missing(x, order)


def _added(x: NaiveState, order: NaiveOrder) -> int:
    """What a resting order adds to what is held."""
    needed = own_hold(x, order)
    with x.without([order]):
        return increase(x, order, needed)


# Positions


def _protect(x: NaiveState, command: c.ProtectPosition) -> Reasons:
    profit, loss = command.take_profit_ticks, command.stop_loss_ticks
    lots = x.position_lots(command.account, command.symbol)
    if lots == 0:
        yield Reason.NO_POSITION
    if not all(in_range(price) for price in (profit, loss) if price is not None):
        yield Reason.PRICE_OUT_OF_RANGE
    sign = 1 if lots > 0 else -1
    if lots and profit is not None and loss is not None and profit * sign <= loss * sign:
        yield Reason.EXITS_INVALID
    price = x.price(command.symbol, x.watched(command.symbol, command.trigger_on))
    if price is None or lots == 0:
        return
    if profit is not None and price * sign >= profit * sign:
        yield Reason.TRIGGER_WOULD_FIRE
    if loss is not None and price * sign <= loss * sign:
        yield Reason.TRIGGER_WOULD_FIRE


def _send(x: NaiveState, command: c.SendCommand) -> Reasons:
    mine = [sent for sent in x.on_the_way if sent.command.account == command.account]
    if command.command.account != command.account:
        yield Reason.NOT_SENDABLE
    if not 0 <= command.delay_ns <= 60 * 10**9 or len(mine) >= 1_000:
        yield Reason.NOT_SENDABLE


# The market


def _depth(x: NaiveState, command: c.MirrorDepth) -> Reasons:
    shown = command.bids + command.asks
    if not all(in_range(price) and (not lots or in_range(lots)) for price, lots in shown):
        yield Reason.PRICE_OUT_OF_RANGE
    if x.mirrors[command.symbol].state == "down" and not command.snapshot:
        yield Reason.MARKET_STALE


def _print(x: NaiveState, command: c.MirrorTrade) -> Reasons:
    del x
    if not in_range(command.price_ticks) or not in_range(command.lots):
        yield Reason.PRICE_OUT_OF_RANGE


def _quote(x: NaiveState, command: c.MirrorQuote) -> Reasons:
    del x
    prices = (command.bid_ticks, command.ask_ticks)
    sizes = (command.bid_lots, command.ask_lots)
    if not all(map(in_range, prices)) or command.bid_ticks >= command.ask_ticks:
        yield Reason.PRICE_OUT_OF_RANGE
    if not all(lots == 0 or in_range(lots) for lots in sizes):
        yield Reason.PRICE_OUT_OF_RANGE
    if not in_range(command.liquidity_lots) or min(command.base_ppm, command.impact_ppm) < 0:
        yield Reason.PRICE_OUT_OF_RANGE


def _list(x: NaiveState, command: c.ListInstrument) -> Reasons:
    terms = command.instrument
    if x.instruments.get(terms.symbol) in (None, terms):
        return
    orders = any(order.symbol == terms.symbol for order in x.live)
    present = x.instruments[terms.symbol].asset_class
    holders = [*x.accounts, INSURANCE, *([] if present.owned else [MARKET])]
    if orders or any(x.position_lots(name, terms.symbol) for name in holders):
        yield Reason.INSTRUMENT_IN_USE


def _open(x: NaiveState, command: c.OpenAccount) -> Reasons:
    if command.account in x.accounts:
        yield Reason.ACCOUNT_EXISTS
    if command.account == MARKET or not command.account or ":" in command.account:
        yield Reason.RESERVED_ACCOUNT


def _deposit(x: NaiveState, command: c.Deposit) -> Reasons:
    del x
    if command.amount_quanta <= 0:
        yield Reason.AMOUNT_NOT_POSITIVE


def _set_price(x: NaiveState, command: c.SetPrice) -> Reasons:
    del x
    if command.source is TriggerSource.LAST:
        yield Reason.INVALID_TERMS
    if not in_range(command.price_ticks):
        yield Reason.PRICE_OUT_OF_RANGE


def _sessions(x: NaiveState, command: c.SetSessions) -> Reasons:
    del x
    edges = [edge for session in command.sessions for edge in session]
    touching = all(a <= b for a, b in zip(edges[1::2], edges[2::2], strict=False))
    if not touching or any(opens >= closes for opens, closes in command.sessions):
        yield Reason.INVALID_TERMS


def _halt(x: NaiveState, command: c.HaltInstrument) -> Reasons:
    if command.until_ns is not None and command.until_ns <= x.now_ns:
        yield Reason.EXPIRY_INVALID


def _resume(x: NaiveState, command: c.ResumeInstrument) -> Reasons:
    if command.symbol not in x.halts:
        yield Reason.NOT_HALTED


def _market_breaker(x: NaiveState, command: c.ConfigureMarketBreaker) -> Reasons:
    del x
    falls = [level.fall_ppm for level in command.levels]
    if any(not 0 < fall < 1_000_000 for fall in falls):
        yield Reason.INVALID_TERMS
    if any(a >= b for a, b in pairwise(falls)):
        yield Reason.INVALID_TERMS
    if not in_range(command.reference_ticks):
        yield Reason.PRICE_OUT_OF_RANGE


RULES: dict[type, Callable[[NaiveState, Any], Reasons]] = {
    PlaceOrder: _place,
    c.PlaceOco: oco_reasons,
    c.PlaceBasket: basket_reasons,
    c.ProtectPosition: _protect,
    c.CancelOrder: _of_an_order,
    c.AmendOrder: _amend,
    c.ReplaceOrder: _replace,
    c.Reverse: reverse_reasons,
    c.SetPrice: _set_price,
    c.SetIndexSource: source_reasons,
    c.ConfigureFunding: configure_reasons,
    c.SetFundingRate: rate_reasons,
    c.SetSessions: _sessions,
    c.HaltInstrument: _halt,
    c.ResumeInstrument: _resume,
    c.ConfigureMarketBreaker: _market_breaker,
    c.MirrorDepth: _depth,
    c.MirrorTrade: _print,
    c.MirrorQuote: _quote,
    c.SetMarginMode: mode_reasons,
    c.SetLeverage: leverage_reasons,
    c.ChangeMargin: change_reasons,
    c.ConfigurePortfolio: configure_portfolio_reasons,
    c.ArchivePortfolio: archive_reasons,
    c.SendCommand: _send,
    c.ListInstrument: _list,
    c.OpenAccount: _open,
    c.Deposit: _deposit,
}
