"""Statements back into text: one spelling each, which parses to the same statement.

This is the form that the journal stores and that a line is shown in after it ran.
"""

from collections.abc import Callable, Iterable
from typing import Any

from engine.core.commands import Side, TimeInForce
from engine.core.units import decimal_text
from tui_exchange.command_line.scanner import QUOTE, SEPARATOR, quote
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
    PositionShare,
    Price,
    Quantity,
    Size,
)
from tui_exchange.command_line.vocabulary import NOTE_MARK, POST_ONLY, SIDE_WORDS, TAG_PREFIX


def render(statement: Statement) -> str:
    """The one text of a statement."""
    return " ".join(filter(None, _RENDERERS[type(statement)](statement)))


def render_line(statements: Iterable[Statement]) -> str:
    """The one text of a line."""
    return f"{SEPARATOR} ".join(render(statement) for statement in statements)


def render_price(price: Price) -> str:
    """A price as it stands after `at`."""
    if isinstance(price, AbsolutePrice):
        return decimal_text(price.value)
    if isinstance(price, OffsetPrice):
        return render_offset(price.offset)
    return price.word.value + (render_offset(price.offset) if price.offset else "")


def render_offset(offset: Offset) -> str:
    """An offset with its sign."""
    sign = "-" if offset.amount < 0 else "+"
    return f"{sign}{decimal_text(abs(offset.amount))}{offset.unit.value}"


def render_size(size: Size) -> str:
    """A size as it stands after the verb."""
    if isinstance(size, Quantity):
        return decimal_text(size.value)
    if isinstance(size, Money):
        return f"${decimal_text(size.value)}"
    if isinstance(size, BuyingPowerShare):
        return f"{decimal_text(size.percent)}%"
    if isinstance(size, PositionShare):
        return f"{decimal_text(size.percent)}%pos"
    if isinstance(size, Everything):
        return "all"
    return f"{decimal_text(size.count)}r@{render_price(size.stop)}"


def side_word(side: Side | None) -> str:
    """The word for one side of the own orders: `bids` or `asks`; empty for both."""
    return next((word for word, named in SIDE_WORDS.items() if named is side), "")


def _at(price: Price | None) -> str:
    return f"at {render_price(price)}" if price is not None else ""


def _flags(flags: Flags) -> list[str]:
    return [
        POST_ONLY if flags.post_only else "",
        flags.time_in_force.value if flags.time_in_force is not TimeInForce.GTC else "",
        TAG_PREFIX + flags.tag if flags.tag else "",
        NOTE_MARK + _note(flags.note) if flags.note else "",
    ]


def _note(text: str) -> str:
    plain = text.strip() == text and SEPARATOR not in text and text[0] not in (QUOTE, NOTE_MARK)
    return text if plain else quote(text)


def _place(statement: PlaceStatement) -> list[str]:
    symbol, size = statement.symbol or "", render_size(statement.size)
    return [statement.side.value, symbol, size, _at(statement.price), *_flags(statement.flags)]


def _close(statement: CloseStatement) -> list[str]:
    size = "" if isinstance(statement.size, Everything) else render_size(statement.size)
    symbol = statement.symbol or ""
    return ["close", symbol, size, _at(statement.price), *_flags(statement.flags)]


def _reverse(statement: ReverseStatement) -> list[str]:
    return ["reverse", statement.symbol or "", *_flags(statement.flags)]


def _flatten(statement: FlattenStatement) -> list[str]:
    return ["flatten", "all" if statement.everywhere else statement.symbol or ""]


def _cancel_orders(statement: CancelOrdersStatement) -> list[str]:
    return ["cancel", *(f"#{order_id}" for order_id in statement.order_ids)]


def _cancel_many(statement: CancelManyStatement) -> list[str]:
    scope = "all" if statement.everywhere else statement.symbol or ""
    return ["cancel", scope, side_word(statement.side)]


def _amend(statement: AmendStatement) -> list[str]:
    order, price = f"#{statement.order_id}", statement.price
    if statement.size is not None:
        return ["amend", order, "size", render_size(statement.size), _at(price)]
    if price is None or isinstance(price, OffsetPrice):
        return ["move", order, "" if price is None else render_price(price)]
    return ["move", order, "to", render_price(price)]


def _labelled(statement: NoteStatement | TagStatement) -> list[str]:
    if isinstance(statement, TagStatement):
        return ["tag", f"#{statement.order_id}", statement.tag]
    return ["note", f"#{statement.order_id}", _note(statement.text)]


def _alias(statement: AliasStatement) -> list[str]:
    return ["alias", statement.name, quote(statement.text)]


def _word(statement: WordStatement) -> list[str]:
    return [statement.word, *(_argument(text) for text in statement.arguments)]


def _argument(text: str) -> str:
    plain = text and text[0] not in (QUOTE, NOTE_MARK) and SEPARATOR not in text
    return text if plain and not any(char.isspace() for char in text) else quote(text)


_RENDERERS: dict[type, Callable[[Any], list[str]]] = {
    PlaceStatement: _place,
    CloseStatement: _close,
    ReverseStatement: _reverse,
    FlattenStatement: _flatten,
    CancelOrdersStatement: _cancel_orders,
    CancelManyStatement: _cancel_many,
    AmendStatement: _amend,
    NoteStatement: _labelled,
    TagStatement: _labelled,
    AliasListStatement: lambda _: ["alias"],
    AliasStatement: _alias,
    UnaliasStatement: lambda statement: ["unalias", statement.name],
    HelpStatement: lambda statement: ["help", statement.topic or ""],
    WordStatement: _word,
}
