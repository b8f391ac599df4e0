"""What an order must satisfy before it may trade, in order of precedence."""

from engine.core.accounts import Account
from engine.core.commands import MARKET_ORDER, PlaceOrder, Side, TimeInForce
from engine.core.market import Market
from engine.core.mirror.mirror import DOWN
from engine.core.reasons import Reason, Refusal
from engine.core.units import decimal_text, money_text

PRICE_TICKS_MAX = 10**15
IMMEDIATE = (TimeInForce.IOC, TimeInForce.FOK)


def check_terms(market: Market, account: Account, command: PlaceOrder) -> None:
    """Everything that can be said of an order without looking at the book.

    Raises:
        Refusal: The first reason that applies.
    """
    if command.client_id and command.client_id in account.client_ids:
        raise Refusal(
            Reason.DUPLICATE_CLIENT_ID,
            f"an order with id {command.client_id} was sent before; it is order"
            f" {account.client_ids[command.client_id]}",
        )
    price_ticks = command.price_ticks
    if command.order_type is MARKET_ORDER:
        if price_ticks is not None:
            raise Refusal(
                Reason.PRICE_NOT_ALLOWED, "a market order has no price; use a limit order"
            )
    elif price_ticks is None:
        raise Refusal(Reason.PRICE_MISSING, "a limit order needs a price")
    elif not 0 < price_ticks <= PRICE_TICKS_MAX:
        raise _price_out_of_range(market)
    if command.post_only and (
        command.order_type is MARKET_ORDER or command.time_in_force in IMMEDIATE
    ):
        raise Refusal(
            Reason.FLAGS_CONFLICT,
            "post-only rests and never takes, so it goes with a limit order that is gtc",
        )
    if not market.instrument.lots_min <= command.lots <= market.instrument.lots_max:
        raise _lots_out_of_range(market, command.lots)


def check_price(market: Market, price_ticks: int) -> None:
    """A limit must be a price that can exist.

    Raises:
        Refusal: Not positive, or beyond all range.
    """
    if not 0 < price_ticks <= PRICE_TICKS_MAX:
        raise _price_out_of_range(market)


def check_lots(market: Market, lots: int) -> None:
    """A quantity must lie between the instrument's bounds.

    Raises:
        Refusal: Too small or too large; names the bound.
    """
    if not market.instrument.lots_min <= lots <= market.instrument.lots_max:
        raise _lots_out_of_range(market, lots)


def check_notional(market: Market, lots: int, price_ticks: int) -> None:
    """An order must be worth enough.

    Raises:
        Refusal: Names the value needed and the quantity that has it.
    """
    minimum = market.instrument.notional_min_quanta
    if not minimum:
        return
    value = market.scale.notional_quanta(price_ticks, lots)
    if value < minimum:
        per_lot = market.scale.notional_quanta(price_ticks, 1)
        enough = market.scale.size_decimal(-(-minimum // per_lot))
        currency = market.instrument.quote
        raise Refusal(
            Reason.NOTIONAL_TOO_SMALL,
            f"worth {money_text(value, currency)}, the least is {money_text(minimum, currency)}:"
            f" send {decimal_text(enough)} or more",
        )


def check_live(market: Market) -> None:
    """Nothing trades against a market whose depth is not known.

    Raises:
        Refusal: The mirrored venue is down.
    """
    if market.mirror.state is DOWN:
        raise Refusal(
            Reason.MARKET_STALE,
            f"{market.instrument.symbol} has no live prices now;"
            " orders are taken again when its feed is back, cancels are taken at any time",
        )


def check_post_only(market: Market, side: Side, price_ticks: int) -> None:
    """A post-only order must not trade on arrival.

    Raises:
        Refusal: It would; names the price that would rest.
    """
    if not market.book.crosses(side, price_ticks):
        return
    facing = market.book.facing(side)
    best_ticks = facing.best_ticks()
    assert best_ticks is not None, "a side that is crossed has a best price"
    resting_ticks = best_ticks + facing.sign
    scale = market.scale
    raise Refusal(
        Reason.POST_ONLY_WOULD_TAKE,
        f"{side.value} at {scale.price_decimal(price_ticks)} would trade with"
        f" {scale.price_decimal(best_ticks)}: {scale.price_decimal(resting_ticks)} rests",
    )


def check_fill_or_kill(market: Market, side: Side, lots: int, limit_ticks: int | None) -> None:
    """A fill-or-kill order must find its whole quantity at once.

    Raises:
        Refusal: It would not; names what is there.
    """
    found, _ = market.book.available(side, lots, limit_ticks)
    if found < lots:
        scale = market.scale
        where = "" if limit_ticks is None else f" within {scale.price_decimal(limit_ticks)}"
        raise Refusal(
            Reason.FOK_NOT_FILLABLE,
            f"{scale.size_decimal(found)} of {scale.size_decimal(lots)} is there{where}:"
            " send less, or use ioc",
        )


def _price_out_of_range(market: Market) -> Refusal:
    return Refusal(
        Reason.PRICE_OUT_OF_RANGE,
        f"a price must lie between {market.scale.price_decimal(1)} and"
        f" {market.scale.price_decimal(PRICE_TICKS_MAX)}",
    )


def _lots_out_of_range(market: Market, lots: int) -> Refusal:
    instrument = market.instrument
    if lots < instrument.lots_min:
        bound = market.scale.size_decimal(instrument.lots_min)
        return Refusal(
            Reason.QUANTITY_TOO_SMALL, f"the smallest {instrument.symbol} order is {bound}"
        )
    bound = market.scale.size_decimal(instrument.lots_max)
    return Refusal(Reason.QUANTITY_TOO_LARGE, f"the largest {instrument.symbol} order is {bound}")
