"""Statements in words, before a market gives them numbers.

`order_words.describe_order` says the same of what will be sent.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import OrderType, Side, TimeInForce
from engine.core.units import decimal_text
from tui_exchange.command_line.order_words import (
    SELF_TRADE_WORDS,
    TIME_IN_FORCE_WORDS,
    label_words,
    percent_words,
    source_words,
)
from tui_exchange.command_line.render_terms import render_leg
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    AmendStatement,
    BasketStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    ChangeMarginStatement,
    CloseStatement,
    FeesStatement,
    Flags,
    FlattenStatement,
    HaltStatement,
    HelpStatement,
    KillStatement,
    LeverageStatement,
    MarginModeStatement,
    NoteStatement,
    OcoStatement,
    OrderStatement,
    PlaceStatement,
    ProtectStatement,
    ReleaseStatement,
    ReplaceStatement,
    ResumeStatement,
    ReverseStatement,
    SizeStatement,
    Statement,
    StopStatement,
    TagStatement,
    TrailStatement,
    UnaliasStatement,
    WordStatement,
)
from tui_exchange.command_line.term_words import (
    FOCUSED,
    LINE_OR_TOUCH,
    LINE_OR_WATCHED,
    distance_words,
    expiry_words,
    grouped,
    price_words,
    size_words,
)
from tui_exchange.command_line.terms import (
    AbsolutePrice,
    EquityShare,
    Everything,
    ExitPrices,
    Money,
    Off,
    Price,
    Quantity,
    Size,
)
from tui_exchange.command_line.vocabulary import MARGIN_MODES


def describe(statement: Statement) -> str:
    """A statement in words: `buy 0.5 BTC-USDT limit 62,000 good till cancelled, post only`."""
    return _DESCRIBERS[type(statement)](statement)


def _order_words(what: str, price: str | None, flags: Flags) -> str:
    market = price is None
    head = [what, "at market" if price is None else price]
    if not market or flags.time_in_force is not TimeInForce.GTC:
        head.append(_lasting(flags))
    return ", ".join([" ".join(head), *_conditions(flags)])


def _waiting_words(what: str, flags: Flags) -> str:
    return ", ".join([f"{what} {_lasting(flags)}", *_conditions(flags)])


def _lasting(flags: Flags) -> str:
    if flags.expires is not None:
        return expiry_words(flags.expires)
    return TIME_IN_FORCE_WORDS[flags.time_in_force]


def _conditions(flags: Flags) -> list[str]:
    said = []
    if flags.display is not None:
        said.append(f"showing {grouped(flags.display.value)} at a time")
    if flags.post_only:
        said.append("post only, sliding" if flags.slide else "post only")
    if flags.reduce_only:
        said.append("reduce only")
    if flags.protection_ppm is not None:
        said.append(f"no further than {percent_words(flags.protection_ppm)} from the touch")
    if SELF_TRADE_WORDS[flags.self_trade]:
        said.append(SELF_TRADE_WORDS[flags.self_trade])
    if flags.exits is not None:
        said.append(_exit_words(flags.exits, flags))
    return said + label_words(flags.tag, flags.note)


def _exit_words(exits: ExitPrices, flags: Flags) -> str:
    said, entry = [], "its price"
    if exits.take_profit is not None:
        said.append(f"profit at {price_words(exits.take_profit, entry)}")
    if exits.stop_loss is not None:
        limit = exits.stop_limit
        then = "" if limit is None else f" with limit {price_words(limit, 'the stop')}"
        source = source_words(flags.trigger_on)
        said.append(f"stop at {price_words(exits.stop_loss, entry)}{source}{then}")
    return f"exits: {' or '.join(said)}"


def _limit(price: Price | None) -> str | None:
    if price is None:
        return None
    return f"limit {'' if isinstance(price, AbsolutePrice) else 'at '}{price_words(price)}"


def _place(statement: PlaceStatement) -> str:
    what = f"{statement.side.value} {size_words(statement.size, _named(statement.symbol))}"
    return _order_words(what, _limit(statement.price), statement.flags)


def _close(statement: CloseStatement) -> str:
    what = f"close {_part(statement.size, statement.symbol)}"
    return _order_words(what, _limit(statement.price), statement.flags)


def _stop(statement: StopStatement) -> str:
    what = _sided(statement.side, statement.size, statement.symbol)
    kind = "stop" if statement.order_type is OrderType.STOP else "take-profit"
    source = source_words(statement.flags.trigger_on)
    words = f"{what} {kind} at {price_words(statement.trigger, LINE_OR_WATCHED)}{source}"
    if statement.limit is not None:
        words += f", then limit {price_words(statement.limit, 'its trigger')}"
    return _waiting_words(words, statement.flags)


def _trail(statement: TrailStatement) -> str:
    what = _sided(statement.side, statement.size, statement.symbol)
    source = source_words(statement.flags.trigger_on)
    words = f"{what} trailing stop by {distance_words(statement.distance)}{source}"
    if statement.activation is not None:
        words += f" from {price_words(statement.activation, 'the price that it watches')}"
    if statement.limit is not None:
        words += f", then limit {distance_words(statement.limit)} beyond"
    return _waiting_words(words, statement.flags)


def _oco(statement: OcoStatement) -> str:
    what = _sided(statement.side, statement.size, statement.symbol)
    source = source_words(statement.flags.trigger_on)
    stop = f"stop at {price_words(statement.stop, LINE_OR_WATCHED)}{source}"
    if statement.stop_limit is not None:
        stop += f" with limit {price_words(statement.stop_limit, 'its trigger')}"
    words = f"{what} limit {price_words(statement.price, LINE_OR_TOUCH)} or {stop}, one of the two,"
    return _waiting_words(words, statement.flags)


def _basket(statement: BasketStatement) -> str:
    legs = ", ".join(f"{leg.side.value} {render_leg(leg, signed=False)}" for leg in statement.legs)
    budget = "" if statement.budget is None else f" of {grouped(statement.budget.value)}"
    mode = "all or nothing" if statement.all_or_none else "by the scarcest leg's share"
    return ", ".join([f"basket{budget}: {legs}", mode, *_conditions(statement.flags)])


def _protect(statement: ProtectStatement) -> str:
    exits = (("take-profit", statement.take_profit), ("stop", statement.stop_loss))
    words = [_attached(name, price) for name, price in exits if price is not None]
    source = source_words(statement.trigger_on)
    return f"position in {_named(statement.symbol)}: {', '.join(words)}{source}"


def _attached(name: str, price: Price | Off) -> str:
    return (
        f"no {name}" if isinstance(price, Off) else f"{name} at {price_words(price, 'its entry')}"
    )


def _reverse(statement: ReverseStatement) -> str:
    return f"cancel the orders{_in(statement.symbol)} and reverse its position at market"


def _flatten(statement: FlattenStatement) -> str:
    if statement.everywhere:
        return "cancel every order and close every position at market"
    return f"cancel every order and close the position{_in(statement.symbol)} at market"


def _cancel_many(statement: CancelManyStatement) -> str:
    side = {None: "", Side.BUY: " buy", Side.SELL: " sell"}[statement.side]
    where = "" if statement.everywhere else _in(statement.symbol)
    waits = " that waits for its trigger" if statement.stops else ""
    tagged = f" tagged {statement.tag}" if statement.tag else ""
    return f"cancel every{side} order{where}{waits}{tagged}"


def _cancel_orders(statement: CancelOrdersStatement) -> str:
    numbers = ", ".join(f"#{order_id}" for order_id in statement.order_ids)
    return f"cancel order{'' if len(statement.order_ids) == 1 else 's'} {numbers}"


def _amend(statement: AmendStatement) -> str:
    order, price = f"order #{statement.order_id}", statement.price
    words = []
    if statement.size is not None:
        words.append(f"resize {order} to {_total(statement.size)} in all")
    if price is not None:
        words.append(f"move {order} to {price_words(price, 'its own price')}")
    if statement.trigger is not None:
        words.append(f"let {order} fire at {price_words(statement.trigger, 'its own trigger')}")
    if statement.display is not None:
        words.append(f"let {order} show {grouped(statement.display.value)} at a time")
    if statement.expires is not None:
        words.append(f"let {order} last {expiry_words(statement.expires)}")
    return " and ".join([words[0], *(one.replace(order, "it", 1) for one in words[1:])])


def _kill(statement: KillStatement) -> str:
    also = ", close every position at market" if statement.close else ""
    return f"cancel every order{also} and refuse new risk until `release`"


def _halt(statement: HaltStatement) -> str:
    until = "until it is resumed" if statement.until is None else expiry_words(statement.until)
    also = ", its orders cancelled" if statement.cancel else ""
    return f"halt {_named(statement.symbol)} {until}{also}"


def _resume(statement: ResumeStatement) -> str:
    if statement.symbol is None:
        return "let a market that was paused run on"
    return f"end the halt of {statement.symbol}"


def _fees(statement: FeesStatement) -> str:
    if statement.preset:
        return f"charge fills{_in(statement.symbol)} by {statement.preset} from now on"
    return f"show the fees{_in(statement.symbol)}"


def _mode(statement: MarginModeStatement) -> str:
    means = MARGIN_MODES[statement.mode.value]
    return f"trade {_named(statement.symbol)} in {statement.mode.value} mode, {means}"


def _margin(statement: ChangeMarginStatement) -> str:
    amount = grouped(abs(statement.amount))
    position = f"the isolated position{_in(statement.symbol)}"
    if statement.amount < 0:
        return f"take {amount} of margin back from {position}"
    return f"put {amount} more margin behind {position}"


def _size(statement: SizeStatement) -> str:
    way = f"to {statement.side.value} " if statement.side else "of "
    entry = "at market" if statement.entry is None else f"at {price_words(statement.entry)}"
    profit = statement.take_profit
    target = "" if profit is None else f" and a target at {price_words(profit, 'its price')}"
    return (
        f"reckon the size {way}{_named(statement.symbol)} {entry} that loses"
        f" {_risk(statement.risk)} with a stop at {price_words(statement.stop, 'its price')}"
        f"{target}"
    )


def _risk(risk: EquityShare | Money | None) -> str:
    if isinstance(risk, EquityShare):
        return f"{decimal_text(risk.percent)}% of equity"
    return "one risk unit" if risk is None else grouped(risk.value)


def _labelled(statement: NoteStatement | TagStatement) -> str:
    if statement.symbol is None:
        return f"order #{statement.order_id}"
    return f"the position in {statement.symbol}"


def _word(statement: WordStatement) -> str:
    return " ".join([statement.word, *statement.arguments])


def _help(statement: HelpStatement) -> str:
    return f"explain {statement.topic}" if statement.topic else "list the commands"


def _total(size: Quantity | Money) -> str:
    return grouped(size.value) + (" worth" if isinstance(size, Money) else "")


def _sided(side: Side | None, size: Size, symbol: str | None) -> str:
    if side is None:
        return f"leave {_part(size, symbol)} by"
    return f"{side.value} {size_words(size, _named(symbol))}"


def _part(size: Size, symbol: str | None) -> str:
    named = _named(symbol)
    return f"the position in {named}" if isinstance(size, Everything) else size_words(size, named)


def _named(symbol: str | None) -> str:
    return symbol or FOCUSED


def _in(symbol: str | None) -> str:
    return f" in {_named(symbol)}"


_DESCRIBERS: dict[type, Callable[[Any], str]] = {
    PlaceStatement: _place,
    CloseStatement: _close,
    StopStatement: _stop,
    TrailStatement: _trail,
    OcoStatement: _oco,
    BasketStatement: _basket,
    ProtectStatement: _protect,
    ReverseStatement: _reverse,
    FlattenStatement: _flatten,
    CancelOrdersStatement: _cancel_orders,
    CancelManyStatement: _cancel_many,
    AmendStatement: _amend,
    ReplaceStatement: lambda one: f"replace order #{one.order_id} with: {describe(one.order)}",
    KillStatement: _kill,
    ReleaseStatement: lambda _: "release the kill switch",
    HaltStatement: _halt,
    ResumeStatement: _resume,
    FeesStatement: _fees,
    LeverageStatement: lambda one: f"trade {_named(one.symbol)} with {one.leverage}x leverage",
    MarginModeStatement: _mode,
    ChangeMarginStatement: _margin,
    SizeStatement: _size,
    OrderStatement: lambda one: f"show the life of order #{one.order_id}",
    NoteStatement: lambda one: f"note on {_labelled(one)}: “{one.text}”",
    TagStatement: lambda one: f"tag {_labelled(one)} {one.tag}",
    AliasStatement: lambda one: f"let {one.name} stand for: {one.text}",
    AliasListStatement: lambda _: "list the aliases",
    UnaliasStatement: lambda one: f"forget the alias {one.name}",
    HelpStatement: _help,
    WordStatement: _word,
}
