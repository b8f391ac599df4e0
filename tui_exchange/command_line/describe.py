"""Statements and orders in words, as a trader reads them back while typing.

`describe` says what was typed, before a market gives it numbers; `describe_order` what will
be sent.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from engine.core.commands import PlaceOrder, Side, TimeInForce
from engine.core.units import Scale, decimal_text
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    AmendStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    CloseStatement,
    Flags,
    FlattenStatement,
    HelpStatement,
    NoteStatement,
    PlaceStatement,
    ReverseStatement,
    Statement,
    TagStatement,
    UnaliasStatement,
    WordStatement,
)
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    BuyingPowerShare,
    Everything,
    Money,
    Offset,
    OffsetPrice,
    OffsetUnit,
    PositionShare,
    Price,
    PriceWord,
    Quantity,
    RiskUnits,
    Size,
)

TIME_IN_FORCE_WORDS = {
    TimeInForce.GTC: "good till cancelled",
    TimeInForce.IOC: "immediate or cancel",
    TimeInForce.FOK: "fill or kill",
}
FOCUSED = "the focused symbol"
PRICE_IN_WORDS = {
    PriceWord.BID: "the bid",
    PriceWord.ASK: "the ask",
    PriceWord.MID: "the mid",
    PriceWord.LAST: "the last trade",
    PriceWord.ENTRY: "the entry",
    PriceWord.BEST: "the own side's touch",
}


def describe(statement: Statement) -> str:
    """A statement in words: `buy 0.5 BTC-USDT limit 62,000 good till cancelled, post only`."""
    return _DESCRIBERS[type(statement)](statement)


def describe_order(order: PlaceOrder, scale: Scale) -> str:
    """An order with its numbers in words, decimals by instrument."""
    price = None
    if order.price_ticks is not None:
        price = f"limit {scale.price_decimal(order.price_ticks):,f}"
    flags = Flags(order.time_in_force, order.post_only, order.tag, order.note)
    size = f"{scale.size_decimal(order.lots):,f}"
    return _order_words(f"{order.side.value} {size} {order.symbol}", price, flags)


def size_words(size: Size, what: str) -> str:
    """A size of something in words: `0.5 BTC-USDT`, `500 worth of BTC-USDT`."""
    if isinstance(size, Quantity):
        of = "of " if what == FOCUSED else ""
        return f"{grouped(size.value)} {of}{what}"
    if isinstance(size, Money):
        return f"{grouped(size.value)} worth of {what}"
    if isinstance(size, BuyingPowerShare):
        return f"{what} with {decimal_text(size.percent)}% of buying power"
    if isinstance(size, PositionShare):
        return f"{decimal_text(size.percent)}% of the position in {what}"
    if isinstance(size, RiskUnits):
        units = f"{decimal_text(size.count)} risk unit{'' if size.count == 1 else 's'}"
        return f"{units} of {what} with a stop at {price_words(size.stop, 'its price')}"
    return f"everything in {what}"


def price_words(price: Price, origin: str = "the line's last order or the own touch") -> str:
    """A price in words.

    Args:
        price: As typed.
        origin: What an offset alone counts from.
    """
    if isinstance(price, AbsolutePrice):
        return grouped(price.value)
    if isinstance(price, OffsetPrice):
        return _shifted(origin, price.offset)
    return _shifted(PRICE_IN_WORDS[price.word], price.offset)


def grouped(value: Decimal) -> str:
    """A number with its thousands grouped: `62,000`."""
    return f"{Decimal(decimal_text(value)):,f}"


def _shifted(origin: str, offset: Offset | None) -> str:
    if offset is None:
        return origin
    sign = "minus" if offset.amount < 0 else "plus"
    amount = abs(offset.amount)
    if offset.unit is OffsetUnit.TICKS:
        return f"{origin} {sign} {grouped(amount)} tick{'' if amount == 1 else 's'}"
    return f"{origin} {sign} {grouped(amount)}{offset.unit.value}"


def _order_words(what: str, price: str | None, flags: Flags) -> str:
    market = price is None
    waits = not market or flags.time_in_force is not TimeInForce.GTC
    head = [what, "at market" if price is None else price]
    if waits:
        head.append(TIME_IN_FORCE_WORDS[flags.time_in_force])
    return ", ".join([" ".join(head), *_labels(flags)])


def _labels(flags: Flags) -> list[str]:
    said = ["post only"] if flags.post_only else []
    said += [f"tagged {flags.tag}"] if flags.tag else []
    return said + ([f"noted “{flags.note}”"] if flags.note else [])


def _limit(price: Price | None) -> str | None:
    if price is None:
        return None
    return f"limit {'' if isinstance(price, AbsolutePrice) else 'at '}{price_words(price)}"


def _place(statement: PlaceStatement) -> str:
    what = f"{statement.side.value} {size_words(statement.size, _named(statement.symbol))}"
    return _order_words(what, _limit(statement.price), statement.flags)


def _close(statement: CloseStatement) -> str:
    size, symbol = statement.size, _named(statement.symbol)
    whole = isinstance(size, Everything)
    part = f"the position in {symbol}" if whole else size_words(size, symbol)
    what = f"close {part}"
    return _order_words(what, _limit(statement.price), statement.flags)


def _reverse(statement: ReverseStatement) -> str:
    what = f"reverse the position{_in(statement.symbol)} at market"
    return ", ".join([what, *_labels(statement.flags)])


def _flatten(statement: FlattenStatement) -> str:
    if statement.everywhere:
        return "cancel every order and close every position at market"
    return f"cancel every order and close the position{_in(statement.symbol)} at market"


def _cancel_many(statement: CancelManyStatement) -> str:
    side = {None: "", Side.BUY: " buy", Side.SELL: " sell"}[statement.side]
    where = "" if statement.everywhere else _in(statement.symbol)
    return f"cancel every{side} order{where}"


def _cancel_orders(statement: CancelOrdersStatement) -> str:
    numbers = ", ".join(f"#{order_id}" for order_id in statement.order_ids)
    return f"cancel order{'' if len(statement.order_ids) == 1 else 's'} {numbers}"


def _amend(statement: AmendStatement) -> str:
    order, price = f"order #{statement.order_id}", statement.price
    to = "" if price is None else f" to {price_words(price, 'its own price')}"
    if statement.size is None:
        return f"move {order}{to}"
    moved = f" and move it{to}" if to else ""
    return f"resize {order} to {_total(statement.size)} in all{moved}"


def _word(statement: WordStatement) -> str:
    return " ".join([statement.word, *statement.arguments])


def _help(statement: HelpStatement) -> str:
    return f"explain {statement.topic}" if statement.topic else "list the commands"


def _total(size: Quantity | Money) -> str:
    return grouped(size.value) + (" worth" if isinstance(size, Money) else "")


def _named(symbol: str | None) -> str:
    return symbol or FOCUSED


def _in(symbol: str | None) -> str:
    return f" in {_named(symbol)}"


_DESCRIBERS: dict[type, Callable[[Any], str]] = {
    PlaceStatement: _place,
    CloseStatement: _close,
    ReverseStatement: _reverse,
    FlattenStatement: _flatten,
    CancelOrdersStatement: _cancel_orders,
    CancelManyStatement: _cancel_many,
    AmendStatement: _amend,
    NoteStatement: lambda one: f"note on order #{one.order_id}: “{one.text}”",
    TagStatement: lambda one: f"tag order #{one.order_id} {one.tag}",
    AliasStatement: lambda one: f"let {one.name} stand for: {one.text}",
    AliasListStatement: lambda _: "list the aliases",
    UnaliasStatement: lambda one: f"forget the alias {one.name}",
    HelpStatement: _help,
    WordStatement: _word,
}
