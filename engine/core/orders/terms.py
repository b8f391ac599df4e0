"""Which terms an order type has: everything that can be said of an order without the book.

| type | limit | trigger | distance | slice | may rest or wait | post-only | exits |
|---|---|---|---|---|---|---|---|
| limit | yes | | | | and IOC, FOK | yes | yes |
| market | | | | | IOC, FOK only | | yes |
| iceberg | yes | | | yes | yes | yes | yes |
| stop, take-profit | | yes | | | yes | | yes |
| stop-limit, take-profit-limit | yes | yes | | | yes | | yes |
| trailing stop, also limit | | | yes | | yes | | |
"""

from dataclasses import dataclass
from itertools import pairwise

from engine.core.accounts import Account
from engine.core.commands import BUY, OrderType, PlaceOrder, TimeInForce
from engine.core.margin_terms import CASH
from engine.core.market import Market
from engine.core.orders.checks import check_lots, check_price, check_slices
from engine.core.reasons import Reason, Refusal
from engine.core.units import PPM, PRICE_TICKS_MAX, time_text

LASTING = (TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY)
GTD = TimeInForce.GTD
AT_ONCE = (TimeInForce.IOC, TimeInForce.FOK)


@dataclass(frozen=True, slots=True)
class Terms:
    """What an order of one type has to say, and may say."""

    price: bool = False
    trigger: bool = False
    trailing: bool = False
    offset: bool = False
    display: bool = False
    post_only: bool = False
    exits: bool = True
    at_market: bool = False
    """Whether it is at market at some time, so that it can be protected."""
    lives: tuple[TimeInForce, ...] = LASTING


TERMS: dict[OrderType, Terms] = {
    OrderType.LIMIT: Terms(price=True, post_only=True, lives=(*LASTING, *AT_ONCE)),
    OrderType.MARKET: Terms(at_market=True, lives=(TimeInForce.GTC, *AT_ONCE)),
    OrderType.ICEBERG: Terms(price=True, display=True, post_only=True),
    OrderType.STOP: Terms(trigger=True, at_market=True),
    OrderType.TAKE_PROFIT: Terms(trigger=True, at_market=True),
    OrderType.STOP_LIMIT: Terms(price=True, trigger=True),
    OrderType.TAKE_PROFIT_LIMIT: Terms(price=True, trigger=True),
    OrderType.TRAILING_STOP: Terms(trailing=True, at_market=True, exits=False),
    OrderType.TRAILING_STOP_LIMIT: Terms(trailing=True, offset=True, exits=False),
}


def check_terms(market: Market, account: Account, command: PlaceOrder, now_ns: int) -> None:
    """Refuse what can be refused without looking at the book.

    Raises:
        Refusal: The first reason that applies.
    """
    if command.client_id and command.client_id in account.client_ids:
        raise Refusal(
            Reason.DUPLICATE_CLIENT_ID,
            f"an order with id {command.client_id} was sent before; it is order"
            f" {account.client_ids[command.client_id]}",
        )
    if account.killed and not command.reduce_only:
        raise killed(account)
    terms = TERMS[command.order_type]
    if not _is_plain(command) or terms.trigger or terms.trailing or terms.display:
        _check_all(market, command, terms, now_ns)
    elif terms.price:
        price_ticks = command.price_ticks
        if price_ticks is None:
            raise _price_missing(command)
        if not 0 < price_ticks <= PRICE_TICKS_MAX:
            check_price(market, price_ticks)
    elif command.price_ticks is not None:
        raise _price_not_allowed(command, terms)
    if (
        command.time_in_force not in terms.lives
        or command.post_only
        or command.slide
        or command.exits is not None
    ):
        _check_flags(market, account, command, terms)
    instrument = market.instrument
    if not instrument.lots_min <= command.lots <= instrument.lots_max:
        check_lots(market, command.lots)


def _is_plain(command: PlaceOrder) -> bool:
    """Whether an order has no term but a price and flags: most are through at once."""
    return (
        command.trigger_ticks is None
        and command.trigger_on is None
        and command.trail_ticks is None
        and command.trail_ppm is None
        and command.activation_ticks is None
        and command.limit_offset_ticks is None
        and command.display_lots is None
        and command.expires_ns is None
        and command.time_in_force is not GTD
        and command.protection_ppm is None
        and command.exits is None
    )


def _check_all(market: Market, command: PlaceOrder, terms: Terms, now_ns: int) -> None:
    _check_prices(market, command, terms)
    _check_trigger(command, terms)
    _check_trail(market, command, terms)
    _check_display(market, command, terms)
    _check_expiry(command, now_ns)
    if command.exits is not None:
        _check_exits(market, command)
    _check_protection(command, terms)


def killed(account: Account) -> Refusal:
    """The refusal of new risk while a kill switch is engaged."""
    return Refusal(
        Reason.KILL_SWITCH,
        f"{account.title}'s kill switch is engaged: release it first; until then only reduce-only"
        " orders are taken",
    )


def _check_prices(market: Market, command: PlaceOrder, terms: Terms) -> None:
    if terms.price and command.price_ticks is None:
        raise _price_missing(command)
    if command.price_ticks is not None and not terms.price:
        raise _price_not_allowed(command, terms)
    prices = [command.price_ticks, command.trigger_ticks, command.activation_ticks]
    if command.exits is not None:
        exits = command.exits
        prices += [exits.take_profit_ticks, exits.stop_loss_ticks, exits.stop_limit_ticks]
    for price_ticks in prices:
        if price_ticks is not None:
            check_price(market, price_ticks)


def _price_missing(command: PlaceOrder) -> Refusal:
    return Refusal(Reason.PRICE_MISSING, f"{_name(command)} order needs a price")


def _price_not_allowed(command: PlaceOrder, terms: Terms) -> Refusal:
    name = _name(command)
    advice = "use a limit order"
    if terms.trailing and not terms.offset:
        advice = "use a trailing stop limit order"
    elif terms.offset:
        advice = "its limit follows from its trigger and offset"
    elif terms.trigger:
        advice = f"use {name} limit order"
    return Refusal(Reason.PRICE_NOT_ALLOWED, f"{name} order has no price; {advice}")


def _check_trigger(command: PlaceOrder, terms: Terms) -> None:
    name = _name(command)
    if terms.trigger and command.trigger_ticks is None:
        raise Refusal(Reason.TRIGGER_MISSING, f"{name} order needs the price that triggers it")
    if command.trigger_ticks is not None and not terms.trigger:
        what = "follows the price instead" if terms.trailing else "does not wait"
        raise Refusal(Reason.TRIGGER_NOT_ALLOWED, f"{name} order has no trigger: it {what}")
    if command.trigger_on is not None and not (terms.trigger or terms.trailing):
        raise Refusal(
            Reason.TRIGGER_NOT_ALLOWED, f"{name} order watches no price: it does not wait"
        )
    if command.activation_ticks is not None and not terms.trailing:
        raise Refusal(Reason.TRIGGER_NOT_ALLOWED, "only a trailing stop has an activation price")


def _check_trail(market: Market, command: PlaceOrder, terms: Terms) -> None:
    ticks, ppm, offset = command.trail_ticks, command.trail_ppm, command.limit_offset_ticks
    problem = ""
    if terms.trailing:
        if (ticks is None) is (ppm is None):
            problem = "a trailing stop needs one distance: an amount, or a share of the price"
        elif ticks is not None and not 0 < ticks <= PRICE_TICKS_MAX:
            least, most = (market.scale.price_decimal(t) for t in (1, PRICE_TICKS_MAX))
            problem = f"a trailing stop's distance must lie between {least} and {most}"
        elif ppm is not None and not 0 < ppm < PPM:
            problem = "a trailing stop's distance must lie between 0% and 100%"
    elif ticks is not None or ppm is not None:
        problem = f"{_name(command)} order does not trail; use a trailing stop"
    if not problem and terms.offset and (offset is None or not 0 <= offset <= PRICE_TICKS_MAX):
        most = market.scale.price_decimal(PRICE_TICKS_MAX)
        problem = f"a trailing stop limit order needs an offset from its trigger, 0 to {most}"
    if not problem and offset is not None and not terms.offset:
        problem = f"{_name(command)} order has no offset; a trailing stop limit order has"
    if problem:
        raise Refusal(Reason.TRAIL_INVALID, problem)


def _check_display(market: Market, command: PlaceOrder, terms: Terms) -> None:
    display_lots = command.display_lots
    if terms.display:
        check_slices(market, command.lots, display_lots or 0)
    elif display_lots is not None:
        raise Refusal(
            Reason.DISPLAY_INVALID,
            f"{_name(command)} order shows all of itself; send an iceberg to show a part",
        )


def _check_expiry(command: PlaceOrder, now_ns: int) -> None:
    expires_ns = command.expires_ns
    if command.time_in_force is GTD:
        if expires_ns is None or expires_ns <= now_ns:
            raise Refusal(
                Reason.EXPIRY_INVALID,
                f"an order that is gtd needs a time later than {time_text(now_ns)}, which is now",
            )
    elif expires_ns is not None:
        raise Refusal(
            Reason.EXPIRY_INVALID, "only an order that is gtd has a time at which it ends"
        )


def _check_exits(market: Market, command: PlaceOrder) -> None:
    exits = command.exits
    assert exits is not None, "asked only of brackets"
    profit, stop = exits.take_profit_ticks, exits.stop_loss_ticks
    problem = ""
    if profit is None and stop is None:
        problem = "a bracket needs a take-profit or a stop-loss"
    elif exits.stop_limit_ticks is not None and stop is None:
        problem = "a bracket's stop limit needs a stop-loss"
    if problem:
        raise Refusal(Reason.EXITS_INVALID, problem)
    entry = command.price_ticks if command.price_ticks is not None else command.trigger_ticks
    if entry is None:
        entry = market.book.facing(command.side).best_ticks()
    order = [price for price in (stop, entry, profit) if price is not None]
    if command.side is not BUY:
        order.reverse()
    if any(low >= high for low, high in pairwise(order)):
        below, above = ("stop-loss", "take-profit")
        if command.side is not BUY:
            below, above = above, below
        at = "" if entry is None else f" at {market.scale.price_decimal(entry)}"
        raise Refusal(
            Reason.EXITS_INVALID,
            f"a bracket that begins with a {command.side.value} has its {below} below and its"
            f" {above} above its entry{at}",
        )


def _check_protection(command: PlaceOrder, terms: Terms) -> None:
    ppm = command.protection_ppm
    if ppm is None:
        return
    if not terms.at_market:
        raise Refusal(
            Reason.PROTECTION_INVALID,
            f"{_name(command)} order is protected by its limit; leave the protection out",
        )
    if not 0 <= ppm < PPM:
        raise Refusal(Reason.PROTECTION_INVALID, "a protection lies between 0 and 9,999 bps")


def _check_flags(market: Market, account: Account, command: PlaceOrder, terms: Terms) -> None:
    life = command.time_in_force
    problem = ""
    if life not in terms.lives:
        allowed = ", ".join(kind.value for kind in terms.lives)
        problem = f"{_name(command)} order is one of {allowed}"
    elif command.post_only and (not terms.post_only or life in AT_ONCE):
        problem = (
            "post-only rests and never takes, so it goes with a limit order or an iceberg that is"
            " gtc, gtd or day"
        )
    elif command.slide and not command.post_only:
        problem = "only a post-only order slides"
    elif command.exits is not None:
        if not terms.exits:
            problem = "a trailing stop cannot be the entry of a bracket"
        elif command.reduce_only:
            problem = "a bracket's entry opens a position, so it cannot be reduce-only"
        elif command.side is not BUY and _pays_in_full(market, account):
            problem = "a spot position is never short, so a bracket in spot begins with a buy"
    if problem:
        raise Refusal(Reason.FLAGS_CONFLICT, problem)


def _pays_in_full(market: Market, account: Account) -> bool:
    """Whether an account moves assets here, rather than trading on margin."""
    position = account.positions.get(market.instrument.symbol)
    return market.spot and (position is None or position.mode is CASH)


def _name(command: PlaceOrder) -> str:
    """An order's type with its article, as it stands before `order`."""
    name = command.order_type.value.replace("_", " ")
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"
