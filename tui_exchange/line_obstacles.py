"""Why the exchange would refuse an order now, told while it is typed."""

from engine.core.commands import (
    ChangeMargin,
    OrderType,
    PlaceOrder,
    SetLeverage,
    SetMarginMode,
    Side,
)
from engine.core.exchange import Exchange
from engine.core.margin_terms import CASH, ISOLATED
from engine.core.reasons import Reason
from engine.core.units import PPM
from tui_exchange.amount_text import plain_price_text
from tui_exchange.command_line.context import Market
from tui_exchange.command_line.order_words import moment_words
from tui_exchange.command_line.preview import OrderPreview
from tui_exchange.number_text import money_text
from tui_exchange.sentences import refused_words

PROFITS = (OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT)


def obstacle(
    exchange: Exchange, market: Market, found: OrderPreview, *, funded: bool = False
) -> str:
    """The first thing that stands in an order's way, in the exchange's order; empty for none.

    Args:
        market: The instrument of the order.
        funded: Whether what happens before the order may pay for it, so that what is free and
            open now says nothing.
    """
    order = found.order
    return (
        _switch(exchange, order)
        or _hours(exchange, order.symbol)
        or _trigger(exchange, market, found)
        or _band(exchange, market, order)
        or ("" if funded else _refusal(exchange, market, found))
    )


def margin_obstacle(exchange: Exchange, action: SetLeverage | SetMarginMode | ChangeMargin) -> str:
    """Why a choice about margin would be refused now, as far as that is seen; else empty."""
    account, symbol = action.account, action.symbol
    mode = exchange.margin_mode(account, symbol)
    if isinstance(action, SetMarginMode):
        return "" if action.mode is mode else _mode_in_use(exchange, account, symbol)
    if isinstance(action, ChangeMargin):
        if mode is ISOLATED and exchange.stake(account, symbol) is None:
            return f"there is no position in {symbol}"
        return "" if mode is ISOLATED else f"{symbol} has no isolated position: `mode isolated`"
    if mode is CASH:
        return f"{symbol} is paid in full: `mode cross {symbol}` or `mode isolated {symbol}` first"
    highest = exchange.leverage_max(account, symbol)
    if action.leverage > highest:
        return f"{symbol} may have {highest}x at most: `lev {highest}`"
    return ""


def _mode_in_use(exchange: Exchange, account: str, symbol: str) -> str:
    position = exchange.position(account, symbol)
    if position is not None and position.lots:
        return f"there is a position in {symbol}: close it first"
    if exchange.open_orders(account, symbol):
        return f"there are orders in {symbol}: `cancel {symbol}` first"
    return ""


def _switch(exchange: Exchange, order: PlaceOrder) -> str:
    if exchange.killed(order.account) and not order.reduce_only:
        return "the kill switch is engaged: only what reduces a position is taken until `release`"
    return ""


def _hours(exchange: Exchange, symbol: str) -> str:
    if not exchange.is_open(symbol):
        opens_ns = exchange.opens_ns(symbol)
        when = "no session is known" if opens_ns is None else f"it opens {moment_words(opens_ns)}"
        return f"{symbol} is closed; {when}"
    halt = exchange.halt(symbol)
    if halt is None:
        return ""
    if halt.until_ns is None:
        return f"{symbol} is halted until it is resumed"
    return f"{symbol} is halted until {moment_words(halt.until_ns)}"


def _trigger(exchange: Exchange, market: Market, found: OrderPreview) -> str:
    order, watched = found.order, found.watched_ticks
    if order.trigger_ticks is None or watched is None:
        return ""
    upwards = (order.side is Side.BUY) is not (order.order_type in PROFITS)
    reached = watched >= order.trigger_ticks if upwards else watched <= order.trigger_ticks
    if not reached:
        return ""
    price = plain_price_text(exchange, market.symbol, watched)
    other = "stop" if order.order_type in PROFITS else "tp"
    where = "above" if upwards else "below"
    return f"it would fire at once: write a price {where} {price}, or `{other}` for the other way"


def _band(exchange: Exchange, market: Market, order: PlaceOrder) -> str:
    band, reference, price = market.instrument.band_ppm, market.mark_ticks, order.price_ticks
    if band is None or reference is None or price is None:
        return ""
    low, high = -(-reference * (PPM - band) // PPM), reference * (PPM + band) // PPM
    if low <= price <= high:
        return ""
    bounds = (plain_price_text(exchange, market.symbol, bound) for bound in (low, high))
    return f"its price lies outside the band of {market.symbol}, {' to '.join(bounds)}"


def _refusal(exchange: Exchange, market: Market, found: OrderPreview) -> str:
    """What the exchange itself would say: limits, leverage, money, with the size that passes."""
    refusal = exchange.order_refusal(found.order.account, found.order)
    if refusal is None or refusal.reason is Reason.POST_ONLY_WOULD_TAKE:
        return ""
    if refusal.reason is not Reason.INSUFFICIENT_FUNDS or found.hold_quanta is None:
        return refused_words(refusal.text, refusal.reason, market.symbol)
    missing_quanta = found.hold_quanta - market.buying_power_quanta
    if missing_quanta <= 0 or found.hold_currency != market.instrument.settlement:
        return refusal.text
    missing = money_text(missing_quanta, 8).rstrip("0").rstrip(".").replace(",", "")
    return f"{refusal.text}; `portfolio topup {missing} {found.hold_currency}` adds what is missing"
