"""Commands about margin: the leverage, the mode, the money behind an isolated position."""

from decimal import Decimal
from typing import NoReturn

from engine.core.margin_terms import MarginMode
from tui_exchange.command_line.amounts import clip, is_price, is_symbol, read_number
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import (
    ChangeMarginStatement,
    LeverageStatement,
    MarginModeStatement,
    Statement,
)
from tui_exchange.command_line.vocabulary import MARGIN_MODES

LEVERAGE_MAX = 1_000
"""What can be typed; what an instrument allows, its margin tiers say."""


@command(
    family="margin",
    arguments="<leverage> [symbol]",
    help="Choose the leverage of an instrument: `lev 20` holds a twentieth of its value.",
    examples=("lev 20", "lev 5 BTC-USDT-PERP", "lev 10x"),
    slots=(Slot.SYMBOL,),
)
def lev(scanner: Scanner) -> Statement:
    """Read a leverage and an instrument."""
    token = scanner.take()
    if token is None:
        scanner.refuse_here("lev needs a whole number from 1 on, as in `lev 20`")
    digits = token.text.lower().removesuffix("x")
    plain = token.kind is TokenKind.WORD and digits.isascii() and digits.isdigit()
    if not plain or len(digits) > 9 or not 1 <= int(digits) <= LEVERAGE_MAX:
        scanner.refuse(
            token,
            f"{clip(token.text)!r} is no leverage: a whole number from 1 to {LEVERAGE_MAX}, as in"
            " `lev 20`",
        )
    return LeverageStatement(int(digits), _symbol(scanner, "lev"))


@command(
    family="margin",
    arguments="cash|cross|isolated [symbol]",
    help="Choose how an instrument is paid for, while there is no position and no order in it.",
    examples=("mode isolated", "mode cross BTC-USDT-PERP", "mode cash BTC-USDT"),
    slots=(Slot.SYMBOL,),
    keywords=tuple(MARGIN_MODES.items()),
)
def mode(scanner: Scanner) -> Statement:
    """Read a mode and an instrument."""
    token = scanner.take()
    if token is None:
        scanner.refuse_here("mode needs `cash`, `cross` or `isolated`")
    word = token.text.lower()
    if token.kind is not TokenKind.WORD or word not in MARGIN_MODES:
        suggestion = nearest(word, MARGIN_MODES)
        scanner.refuse(
            token,
            f"{clip(token.text)!r} is no margin mode: `cash`, `cross` or `isolated`"
            f"{did_you_mean(suggestion)}",
            suggestion,
        )
    return MarginModeStatement(MarginMode(word), _symbol(scanner, "mode"))


@command(
    family="margin",
    arguments="+<money>|-<money> [symbol]",
    help="Put money behind an isolated position, or take back what it does not need.",
    examples=("margin +500", "margin -200 BTC-USDT-PERP"),
    slots=(Slot.SYMBOL,),
)
def margin(scanner: Scanner) -> Statement:
    """Read a signed amount and an instrument."""
    token = scanner.take()
    if token is None:
        scanner.refuse_here("margin needs an amount with its sign: `margin +500`, `margin -200`")
    sign, digits = token.text[:1], token.text[1:]
    if token.kind is not TokenKind.WORD or sign not in ("+", "-"):
        _refuse_unsigned(scanner, token)
    try:
        amount = read_number(digits.lower())
    except CommandLineRefusal as refusal:
        scanner.refuse(token, refusal.sentence, refusal.suggestion)
    signed = -amount if sign == "-" else amount
    return ChangeMarginStatement(Decimal(signed), _symbol(scanner, "margin"))


def _refuse_unsigned(scanner: Scanner, token: Token) -> NoReturn:
    suggestion = f"+{token.text}" if token.text[:1].isdigit() else ""
    scanner.refuse(
        token,
        f"{clip(token.text)!r} needs a sign: `+` puts money behind the position, `-` takes it back"
        f"{did_you_mean(suggestion)}",
        suggestion,
    )


def _symbol(scanner: Scanner, verb: str) -> str | None:
    """The instrument at the end, if one is named."""
    token = scanner.take()
    if token is None:
        return None
    word, more = token.text.lower(), scanner.take()
    wrong = token.kind is not TokenKind.WORD or not is_symbol(word) or is_price(word)
    if wrong or more is not None:
        scanner.refuse(
            token if wrong or more is None else more,
            f"{verb} ends with a symbol and takes nothing else",
        )
    return token.text.upper()
