"""Commands about the command line itself: aliases and help."""

import re

from tui_exchange.command_line.amounts import clip
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, TokenKind, quote
from tui_exchange.command_line.statements import (
    AliasListStatement,
    AliasStatement,
    HelpStatement,
    Statement,
    UnaliasStatement,
)

ALIAS_NAME = re.compile(r"[a-z][a-z0-9_]{0,23}", re.ASCII)


@command(
    family="shortcuts",
    arguments='[<name> "<text>"]',
    help="Give a piece of text a name; alone, list the names.",
    examples=('alias scalp "b 0.1 at bid po; s 0.1 at +20 po"', "alias"),
)
def alias(scanner: Scanner) -> Statement:
    """Read a name and the text that it stands for."""
    if scanner.at_statement_end():
        return AliasListStatement()
    name = _take_name(scanner)
    start = scanner.position
    text = scanner.take()
    if text is None:
        scanner.refuse_here(f'the alias needs its text in quotes: alias {name} "…"')
    if text.kind is not TokenKind.QUOTED:
        rest = scanner.line[start:].strip()
        suggestion = f"alias {name} {quote(rest)}"
        scanner.refuse(text, f"the alias's text stands in quotes: {clip(quote(rest))}", suggestion)
    if not text.text.strip():
        scanner.refuse(text, "the alias stands for nothing; `unalias` forgets one")
    _refuse_more(scanner)
    return AliasStatement(name, text.text)


@command(
    family="shortcuts",
    arguments="<name>",
    help="Forget an alias.",
    examples=("unalias scalp",),
    slots=(Slot.ALIASES,),
)
def unalias(scanner: Scanner) -> Statement:
    """Read the name of an alias."""
    name = _take_name(scanner)
    _refuse_more(scanner)
    return UnaliasStatement(name)


@command(
    family="shortcuts",
    arguments="[<command>]",
    help="Explain a command, or list all.",
    examples=("help", "help buy"),
    slots=(Slot.COMMANDS,),
)
def help(scanner: Scanner) -> Statement:
    """Read the command to explain."""
    token = scanner.take()
    if token is not None and token.kind is not TokenKind.WORD:
        scanner.refuse(token, "help explains a command by its name, as in `help buy`")
    _refuse_more(scanner)
    return HelpStatement(None if token is None else token.text.lower())


def _take_name(scanner: Scanner) -> str:
    token = scanner.take()
    if token is None:
        scanner.refuse_here("the alias's name is missing")
    if token.kind is not TokenKind.WORD or ALIAS_NAME.fullmatch(token.text.lower()) is None:
        scanner.refuse(token, "an alias's name is a letter, then up to 23 letters, digits or `_`")
    return token.text.lower()


def _refuse_more(scanner: Scanner) -> None:
    token = scanner.take()
    if token is not None:
        scanner.refuse(token, f"{clip(token.text)!r} has no place here; leave it out")
