"""Commands that write about an order or an open position for the journal."""

from tui_exchange.command_line.flag_words import read_tag
from tui_exchange.command_line.references import take_labelled
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, TokenKind
from tui_exchange.command_line.statements import NoteStatement, Statement, TagStatement


@command(
    family="labels",
    arguments="#<order>|<symbol> <text>",
    help="Write a note to an order or an open position; the text runs to the statement's end.",
    examples=(
        "note #12 too early, volume was thin",
        'note #12 "first; then second"',
        "note BTC-USDT-PERP above the range, out below it",
    ),
    slots=(Slot.ORDERS, Slot.SYMBOL),
)
def note(scanner: Scanner) -> Statement:
    """Read an order or a symbol, and a text."""
    order_id, symbol = take_labelled(scanner, "note")
    token = scanner.peek()
    marked = token is not None and token.kind is TokenKind.NOTE
    text = scanner.take() if marked else scanner.take_text()
    if text is None:
        scanner.refuse_here(
            f"the note's text is missing: write it after `{_named(order_id, symbol)}`"
        )
    more = scanner.take()
    if more is not None:
        scanner.refuse(more, "the note ended at its closing quote; put all of it in the quotes")
    return NoteStatement(order_id, text.text, symbol)


@command(
    family="labels",
    arguments="#<order>|<symbol> <word>",
    help="Label an order or an open position with one word.",
    examples=("tag #12 breakout", "tag BTC-USDT-PERP swing"),
    slots=(Slot.ORDERS, Slot.SYMBOL),
)
def tag(scanner: Scanner) -> Statement:
    """Read an order or a symbol, and a label."""
    order_id, symbol = take_labelled(scanner, "tag")
    token = scanner.take()
    if token is None:
        scanner.refuse_here(f"the tag is missing: one word after `{_named(order_id, symbol)}`")
    label = read_tag(scanner, token, token.text)
    more = scanner.take()
    if more is not None:
        scanner.refuse(more, "a tag is one word; join words with `-`")
    return TagStatement(order_id, label, symbol)


def _named(order_id: int | None, symbol: str | None) -> str:
    return symbol or f"#{order_id}"
