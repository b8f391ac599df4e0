"""Baskets: several instruments traded as one order, whole or by one share of each leg."""

from dataclasses import dataclass

from engine.core.accounts import Account, LedgerAccount, holds
from engine.core.accounts.account import NO_LIMITS
from engine.core.commands import GTC, LIMIT_ORDER, MARKET_ORDER, PlaceBasket, PlaceOrder
from engine.core.events import FILLED, BasketAccepted, BasketDone, EndCause
from engine.core.market import Market
from engine.core.mirror.depth import release_due
from engine.core.orders import checks
from engine.core.orders import market as at_market
from engine.core.orders.acceptance import accept, draft
from engine.core.orders.ending import finish
from engine.core.orders.funds import closing_lots, free_quanta, refuse_unpaid
from engine.core.orders.order import NO_PRICE, Order
from engine.core.orders.reach import reach
from engine.core.orders.reducing import fit
from engine.core.orders.sweep import sweep
from engine.core.orders.terms import AT_ONCE, check_terms
from engine.core.orders.tier_check import check_tier
from engine.core.reasons import Reason, Refusal
from engine.core.risk import limits
from engine.core.state import State
from engine.core.units import PPM

LIVES = (GTC, *AT_ONCE)
Share = tuple[int, int]
"""A part of a whole, as two integers."""


def place(state: State, account: Account, command: PlaceBasket) -> None:
    """Find the share of the legs that the book gives, see that it can be paid, and trade it.

    Raises:
        Refusal: The legs do not go together, or the book or the account does not allow them.
    """
    for leg in command.legs:
        if leg.symbol not in state.markets:
            listed = ", ".join(state.markets)
            raise Refusal(
                Reason.UNKNOWN_INSTRUMENT, f"{leg.symbol} is not listed; listed: {listed}"
            )
    _check_legs(command)
    legs: list[tuple[Market, Order]] = []
    for leg in command.legs:
        market = state.markets[leg.symbol]
        try:
            legs.append((market, _checked(state, market, account, leg)))
        except Refusal as refusal:
            named = "" if leg.symbol in refusal.text else f"{leg.symbol}: "
            raise Refusal(refusal.reason, named + refusal.text) from refusal
    share = _share(legs, all_or_none=command.all_or_none)
    if account.limits is not NO_LIMITS:
        _check_limits(state, account, legs, share)
    _require_funds(state, legs, share)
    limits.count_placed(state, account, len(legs))
    _trade(state, account, legs, share)


def _check_legs(command: PlaceBasket) -> None:
    symbols = [leg.symbol for leg in command.legs]
    problem = ""
    if len(symbols) < 2:
        problem = "a basket has two legs or more"
    elif len(set(symbols)) < len(symbols):
        problem = "every leg of a basket is of another instrument"
    elif any(leg.account != command.account for leg in command.legs):
        problem = "every leg must be of the account that sends the basket"
    elif any(leg.order_type not in (LIMIT_ORDER, MARKET_ORDER) for leg in command.legs):
        problem = "a basket trades at once: its legs are limit or market orders"
    elif any(
        leg.time_in_force not in LIVES or leg.post_only or leg.exits is not None
        for leg in command.legs
    ):
        problem = "nothing of a basket rests: no gtd, day, post-only or exits"
    ids = [leg.client_id for leg in command.legs if leg.client_id]
    if not problem and len(set(ids)) < len(ids):
        problem = "the legs need client ids of their own"
    if problem:
        raise Refusal(Reason.LEGS_CONFLICT, problem)


def _checked(state: State, market: Market, account: Account, leg: PlaceOrder) -> Order:
    check_terms(market, account, leg, state.now_ns)
    release_due(state, market)
    best_ticks = market.book.facing(leg.side).best_ticks()
    worth_at = best_ticks if leg.price_ticks is None else leg.price_ticks
    if worth_at is not None:
        checks.check_notional(market, leg.lots, worth_at)
    checks.check_open(state, market)
    order = draft(state, market, account, leg)
    if order.reduce_only:
        fit(order)
    if leg.price_ticks is not None:
        checks.check_band(market, leg.price_ticks)
    elif best_ticks is None:
        raise Refusal(
            Reason.NO_LIQUIDITY,
            f"nobody to trade with in {leg.symbol} now: leave this leg out or wait",
        )
    return order


def _limit_ticks(market: Market, order: Order) -> int | None:
    if order.price_ticks != NO_PRICE:
        return order.price_ticks
    return at_market.reachable_ticks(market, order)


def _reach(market: Market, order: Order, lots: int) -> tuple[int, int]:
    return reach(market, order, lots, _limit_ticks(market, order))


def _share(legs: list[tuple[Market, Order]], *, all_or_none: bool) -> Share:
    """The share of each leg that the scarcest one finds."""
    share: Share = (1, 1)
    for market, order in legs:
        found, _ = _reach(market, order, order.lots)
        if all_or_none and found < order.lots:
            scale = market.scale
            raise Refusal(
                Reason.FOK_NOT_FILLABLE,
                f"{order.symbol}: {scale.size_decimal(found)} of"
                f" {scale.size_decimal(order.lots)} is there, and the basket is all or none:"
                " send less of each leg, or by share",
            )
        if found * share[1] < share[0] * order.lots:
            share = (found, order.lots)
        if not found:
            raise Refusal(
                Reason.NO_LIQUIDITY,
                f"{order.symbol}: nobody to trade with at these prices now, so no share of the"
                " basket can trade: leave this leg out or wait",
            )
    return share


def _lots_of(order: Order, share: Share) -> int:
    return order.lots * share[0] // share[1]


def _check_limits(
    state: State, account: Account, legs: list[tuple[Market, Order]], share: Share
) -> None:
    """Each leg by itself, then all as orders of one second."""
    for market, order in legs:
        found, _ = _reach(market, order, _lots_of(order, share))
        try:
            at_market.check_limits(state, market, order, found, (), placed=0)
        except Refusal as refusal:
            named = "" if order.symbol in refusal.text else f"{order.symbol}: "
            raise Refusal(refusal.reason, named + refusal.text) from refusal
    limits.check_rate(state, account, len(legs))


def _require_funds(state: State, legs: list[tuple[Market, Order]], share: Share) -> None:
    """Each leg must be affordable, by its own rule, while those before it hold what they need.

    Raises:
        Refusal: Names what all legs need of a currency; money that is missing before coins.
    """
    asked: dict[LedgerAccount, _Asked] = {}
    held: list[tuple[Order, int]] = []
    try:
        for market, order in legs:
            found, value = _reach(market, order, _lots_of(order, share))
            closing = closing_lots(market, order, found, at_once=True)
            if order.margined:
                check_tier(market, order, found, value, closing)
            needed = holds.required(market, order, found, value, closing)
            of_purse = asked.setdefault(order.holding, _Asked())
            of_purse.needed += needed
            more = max(0, holds.increase(order, needed))
            of_purse.more += more
            if of_purse.unpaid is None and more > max(0, free_quanta(state, order)):
                of_purse.unpaid = market, order
            holds.add(order, needed)
            held.append((order, needed))
    finally:
        for order, needed in held:
            holds.add(order, -needed)
    unpaid = [_unpaid(state, of_purse) for of_purse in asked.values() if of_purse.unpaid]
    if unpaid:
        raise min(unpaid, key=lambda refusal: refusal.reason is Reason.NOTHING_TO_SELL)


@dataclass(slots=True)
class _Asked:
    """What the legs that pay from one ledger account ask of it."""

    needed: int = 0
    more: int = 0
    """By how much more is held then."""
    unpaid: tuple[Market, Order] | None = None
    """The first leg that cannot be paid."""


def _unpaid(state: State, asked: _Asked) -> Refusal:
    assert asked.unpaid is not None, "asked of what cannot be paid"
    market, order = asked.unpaid
    free = free_quanta(state, order) + asked.needed - asked.more
    return refuse_unpaid(market, order, asked.needed, free, 0)


def _trade(state: State, account: Account, legs: list[tuple[Market, Order]], share: Share) -> None:
    basket_id = state.new_order_id()
    state.events.append(
        BasketAccepted(
            seq=state.seq,
            ts_ns=state.now_ns,
            basket_id=basket_id,
            account=account.name,
            legs=len(legs),
            share_ppm=share[0] * PPM // share[1],
        )
    )
    for market, order in legs:
        order.parent_id = basket_id
        accept(state, market, order)
        _trade_leg(state, market, order, _lots_of(order, share))
    state.events.append(
        BasketDone(seq=state.seq, ts_ns=state.now_ns, basket_id=basket_id, account=account.name)
    )


def _trade_leg(state: State, market: Market, order: Order, lots: int) -> None:
    """Trade the share of a leg; what is beyond it never reaches the book."""
    beyond = order.lots - lots
    order.open_lots, order.hidden_lots = lots, beyond
    goes_on = not lots or sweep(state, market, order, _limit_ticks(market, order))
    if not goes_on:
        finish(state, order, EndCause.SELF_TRADE)
    elif order.open_lots and order.price_ticks != NO_PRICE:
        finish(state, order, EndCause.IOC_REMAINDER)
    elif order.open_lots:
        finish(state, order, at_market.shortfall(market, order))
    else:
        finish(state, order, EndCause.BASKET_SHARE if beyond else FILLED)
