"""Commands that write about an order for the journal."""

from tui_exchange.command_line.flag_words import read_tag
from tui_exchange.command_line.references import take_order_id
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, TokenKind
from tui_exchange.command_line.statements import NoteStatement, Statement, TagStatement


@command(
    family="labels",
    arguments="#<order> <text>",
    help="Write a note to an order; the text runs to the end of the statement.",
    examples=("note #12 too early, volume was thin", 'note #12 "first; then second"'),
    slots=(Slot.ORDERS,),
)
def note(scanner: Scanner) -> Statement:
    """Read an order and a text."""
    order_id = take_order_id(scanner, "note")
    token = scanner.peek()
    marked = token is not None and token.kind is TokenKind.NOTE
    text = scanner.take() if marked else scanner.take_text()
    if text is None:
        scanner.refuse_here(f"the note's text is missing: write it after `#{order_id}`")
    more = scanner.take()
    if more is not None:
        scanner.refuse(more, "the note ended at its closing quote; put all of it in the quotes")
    return NoteStatement(order_id, text.text)


@command(
    family="labels",
    arguments="#<order> <word>",
    help="Label an order with one word.",
    examples=("tag #12 breakout",),
    slots=(Slot.ORDERS,),
)
def tag(scanner: Scanner) -> Statement:
    """Read an order and a label."""
    order_id = take_order_id(scanner, "tag")
    token = scanner.take()
    if token is None:
        scanner.refuse_here(f"the tag is missing: one word after `#{order_id}`")
    label = read_tag(scanner, token, token.text)
    more = scanner.take()
    if more is not None:
        scanner.refuse(more, "a tag is one word; join words with `-`")
    return TagStatement(order_id, label)
