"""Statements back into text: one spelling each, which parses to the same statement.

This is the form that the journal stores and that a line is shown in after it ran.
"""

from collections.abc import Callable, Iterable
from typing import Any

from engine.core.commands import OrderType, SelfTrade, Side, TimeInForce
from engine.core.units import decimal_text
from tui_exchange.command_line.moments import render_expiry
from tui_exchange.command_line.render_terms import (
    note_text,
    render_distance,
    render_exits,
    render_leg,
    render_price,
    render_protection,
    render_size,
    side_word,
)
from tui_exchange.command_line.scanner import QUOTE, SEPARATOR, quote
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
from tui_exchange.command_line.terms import (
    EquityShare,
    Everything,
    Money,
    Off,
    OffsetPrice,
    Price,
    Size,
)
from tui_exchange.command_line.vocabulary import (
    EXPIRY_PREFIX,
    NOTE_MARK,
    POST_ONLY,
    PROTECT_PREFIX,
    REDUCE,
    SELF_TRADE_PREFIX,
    SHOW_PREFIX,
    SLIDE,
    SOURCE_PREFIX,
    STOPS,
    TAG_PREFIX,
)


def render(statement: Statement) -> str:
    """The one text of a statement."""
    return " ".join(filter(None, _RENDERERS[type(statement)](statement)))


def render_line(statements: Iterable[Statement]) -> str:
    """The one text of a line."""
    return f"{SEPARATOR} ".join(render(statement) for statement in statements)


def _price(lead: str, price: Price | None) -> str:
    return f"{lead} {render_price(price)}" if price is not None else ""


def _flags(flags: Flags) -> list[str]:
    exits = [] if flags.exits is None else render_exits(flags.exits)
    return [
        *_life(flags),
        REDUCE if flags.reduce_only else "",
        SHOW_PREFIX + render_size(flags.display) if flags.display else "",
        _self_trade(flags.self_trade),
        PROTECT_PREFIX + render_protection(flags.protection_ppm) if flags.protection_ppm else "",
        *exits,
        SOURCE_PREFIX + flags.trigger_on.value if flags.trigger_on else "",
        TAG_PREFIX + flags.tag if flags.tag else "",
        NOTE_MARK + note_text(flags.note) if flags.note else "",
    ]


def _life(flags: Flags) -> list[str]:
    posted = SLIDE if flags.slide else POST_ONLY
    if flags.expires is not None:
        lasting = EXPIRY_PREFIX + render_expiry(flags.expires)
    else:
        lasting = "" if flags.time_in_force is TimeInForce.GTC else flags.time_in_force.value
    return [posted if flags.post_only else "", lasting]


def _self_trade(mode: SelfTrade) -> str:
    return "" if mode is SelfTrade.CANCEL_RESTING else SELF_TRADE_PREFIX + mode.value


def _place(statement: PlaceStatement) -> list[str]:
    symbol, size = statement.symbol or "", render_size(statement.size)
    at = _price("at", statement.price)
    return [statement.side.value, symbol, size, at, *_flags(statement.flags)]


def _close(statement: CloseStatement) -> list[str]:
    size, symbol = _part(statement.size, None), statement.symbol or ""
    return ["close", symbol, size, _price("at", statement.price), *_flags(statement.flags)]


def _stop(statement: StopStatement) -> list[str]:
    verb = "stop" if statement.order_type is OrderType.STOP else "tp"
    return [
        verb,
        "" if statement.side is None else statement.side.value,
        statement.symbol or "",
        render_size(statement.size),
        _price("at", statement.trigger),
        _price("limit", statement.limit),
        *_flags(statement.flags),
    ]


def _trail(statement: TrailStatement) -> list[str]:
    limit = "" if statement.limit is None else f"limit {render_distance(statement.limit)}"
    return [
        "trail",
        "" if statement.side is None else statement.side.value,
        statement.symbol or "",
        _part(statement.size, statement.side),
        f"by {render_distance(statement.distance)}",
        _price("from", statement.activation),
        limit,
        *_flags(statement.flags),
    ]


def _oco(statement: OcoStatement) -> list[str]:
    return [
        "oco",
        "" if statement.side is None else statement.side.value,
        statement.symbol or "",
        _part(statement.size, statement.side),
        _price("at", statement.price),
        _price("stop", statement.stop),
        _price("limit", statement.stop_limit),
        *_flags(statement.flags),
    ]


def _part(size: Size, side: Side | None) -> str:
    """The size; nothing where it is the whole of a position."""
    return "" if isinstance(size, Everything) and side is None else render_size(size)


def _basket(statement: BasketStatement) -> list[str]:
    sides = {leg.side for leg in statement.legs}
    common = sides.pop() if len(sides) == 1 else None
    return [
        "basket",
        "" if common is None else common.value,
        "" if statement.budget is None else render_size(statement.budget),
        *(render_leg(leg, signed=common is None) for leg in statement.legs),
        "" if statement.all_or_none else "share",
        *_flags(statement.flags),
    ]


def _protect(statement: ProtectStatement) -> list[str]:
    source = statement.trigger_on
    return [
        "protect",
        statement.symbol or "",
        _exit("tp", statement.take_profit),
        _exit("sl", statement.stop_loss),
        "" if source is None else SOURCE_PREFIX + source.value,
    ]


def _exit(lead: str, price: Price | Off | None) -> str:
    return f"{lead} off" if isinstance(price, Off) else _price(lead, price)


def _cancel_many(statement: CancelManyStatement) -> list[str]:
    return [
        "cancel",
        "all" if statement.everywhere else statement.symbol or "",
        side_word(statement.side),
        STOPS if statement.stops else "",
        TAG_PREFIX + statement.tag if statement.tag else "",
    ]


def _amend(statement: AmendStatement) -> list[str]:
    order, price = f"#{statement.order_id}", statement.price
    if price is not None and statement == AmendStatement(statement.order_id, price=price):
        lead = "" if isinstance(price, OffsetPrice) else "to"
        return ["move", order, lead, render_price(price)]
    return [
        "amend",
        order,
        "" if statement.size is None else f"size {render_size(statement.size)}",
        _price("at", price),
        _price("trigger", statement.trigger),
        SHOW_PREFIX + render_size(statement.display) if statement.display else "",
        EXPIRY_PREFIX + render_expiry(statement.expires) if statement.expires is not None else "",
    ]


def _halt(statement: HaltStatement) -> list[str]:
    until = "" if statement.until is None else render_expiry(statement.until)
    return ["halt", statement.symbol or "", until, "cancel" if statement.cancel else ""]


def _size(statement: SizeStatement) -> list[str]:
    entry, profit = statement.entry, statement.take_profit
    return [
        "size",
        "" if statement.side is None else statement.side.value,
        statement.symbol or "",
        "" if entry is None else f"entry={render_price(entry)}",
        f"stop={render_price(statement.stop)}",
        "" if profit is None else f"tp={render_price(profit)}",
        _risk(statement.risk),
    ]


def _risk(risk: EquityShare | Money | None) -> str:
    if isinstance(risk, EquityShare):
        return f"risk={decimal_text(risk.percent)}%"
    return "" if risk is None else f"risk={render_size(risk)}"


def _labelled(statement: NoteStatement | TagStatement) -> list[str]:
    what = statement.symbol or f"#{statement.order_id}"
    if isinstance(statement, TagStatement):
        return ["tag", what, statement.tag]
    return ["note", what, note_text(statement.text)]


def _word(statement: WordStatement) -> list[str]:
    return [statement.word, *(_argument(text) for text in statement.arguments)]


def _argument(text: str) -> str:
    plain = text and text[0] not in (QUOTE, NOTE_MARK) and SEPARATOR not in text
    return text if plain and not any(char.isspace() for char in text) else quote(text)


_RENDERERS: dict[type, Callable[[Any], list[str]]] = {
    PlaceStatement: _place,
    CloseStatement: _close,
    StopStatement: _stop,
    TrailStatement: _trail,
    OcoStatement: _oco,
    BasketStatement: _basket,
    ProtectStatement: _protect,
    ReverseStatement: lambda one: ["reverse", one.symbol or ""],
    FlattenStatement: lambda one: ["flatten", "all" if one.everywhere else one.symbol or ""],
    CancelOrdersStatement: lambda one: ["cancel", *(f"#{each}" for each in one.order_ids)],
    CancelManyStatement: _cancel_many,
    AmendStatement: _amend,
    ReplaceStatement: lambda one: ["replace", f"#{one.order_id}", "with", render(one.order)],
    KillStatement: lambda one: ["kill", "close" if one.close else ""],
    ReleaseStatement: lambda _: ["release"],
    HaltStatement: _halt,
    ResumeStatement: lambda one: ["resume", one.symbol or ""],
    FeesStatement: lambda one: ["fees", one.symbol or "", one.preset],
    LeverageStatement: lambda one: ["lev", one.symbol or "", str(one.leverage)],
    MarginModeStatement: lambda one: ["mode", one.mode.value, one.symbol or ""],
    ChangeMarginStatement: lambda one: ["margin", one.symbol or "", f"{one.amount:+f}"],
    SizeStatement: _size,
    OrderStatement: lambda one: ["order", f"#{one.order_id}"],
    NoteStatement: _labelled,
    TagStatement: _labelled,
    AliasListStatement: lambda _: ["alias"],
    AliasStatement: lambda one: ["alias", one.name, quote(one.text)],
    UnaliasStatement: lambda one: ["unalias", one.name],
    HelpStatement: lambda one: ["help", one.topic or ""],
    WordStatement: _word,
}
