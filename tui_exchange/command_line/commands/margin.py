"""Commands about margin: the leverage, the mode, the money behind an isolated position."""

from collections.abc import Callable
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
    arguments="[symbol] <leverage>",
    help="Choose the leverage of an instrument: `lev 20` holds a twentieth of its value.",
    examples=("lev 20", "lev BTC-USDT-PERP 5", "lev 10x"),
    slots=(Slot.SYMBOL,),
)
def lev(scanner: Scanner) -> Statement:
    """Read a leverage and an instrument."""
    named, token = _named_first(scanner, is_leverage)
    if token is None:
        scanner.refuse_here("lev needs a whole number from 1 on, as in `lev 20`")
    digits = token.text.lower().removesuffix("x")
    if not is_leverage(token) or len(digits) > 9 or not 1 <= int(digits) <= LEVERAGE_MAX:
        scanner.refuse(
            token,
            f"{clip(token.text)!r} is no leverage: a whole number from 1 to {LEVERAGE_MAX}, as in"
            " `lev 20`",
        )
    return LeverageStatement(int(digits), _symbol(scanner, "lev", named))


@command(
    family="margin",
    arguments="[symbol] cash|cross|isolated",
    help="Choose how an instrument is paid for, while there is no position and no order in it.",
    examples=("mode isolated", "mode BTC-USDT-PERP cross", "mode BTC-USDT cash"),
    slots=(Slot.SYMBOL,),
    keywords=tuple(MARGIN_MODES.items()),
)
def mode(scanner: Scanner) -> Statement:
    """Read a mode and an instrument."""
    named, token = _named_first(scanner, is_mode)
    if token is None:
        scanner.refuse_here("mode needs `cash`, `cross` or `isolated`")
    word = token.text.lower()
    if not is_mode(token):
        suggestion = nearest(word, MARGIN_MODES)
        scanner.refuse(
            token,
            f"{clip(token.text)!r} is no margin mode: `cash`, `cross` or `isolated`"
            f"{did_you_mean(suggestion)}",
            suggestion,
        )
    return MarginModeStatement(MarginMode(word), _symbol(scanner, "mode", named))


@command(
    family="margin",
    arguments="[symbol] +<money>|-<money>",
    help="Put money behind an isolated position, or take back what it does not need.",
    examples=("margin +500", "margin BTC-USDT-PERP -200"),
    slots=(Slot.SYMBOL,),
)
def margin(scanner: Scanner) -> Statement:
    """Read a signed amount and an instrument."""
    named, token = _named_first(scanner, is_signed)
    if token is None:
        scanner.refuse_here("margin needs an amount with its sign: `margin +500`, `margin -200`")
    sign, digits = token.text[:1], token.text[1:]
    if not is_signed(token):
        _refuse_unsigned(scanner, token)
    try:
        amount = read_number(digits.lower())
    except CommandLineRefusal as refusal:
        scanner.refuse(token, refusal.sentence, refusal.suggestion)
    signed = -amount if sign == "-" else amount
    return ChangeMarginStatement(Decimal(signed), _symbol(scanner, "margin", named))


def _refuse_unsigned(scanner: Scanner, token: Token) -> NoReturn:
    suggestion = f"+{token.text}" if token.text[:1].isdigit() else ""
    scanner.refuse(
        token,
        f"{clip(token.text)!r} needs a sign: `+` puts money behind the position, `-` takes it back"
        f"{did_you_mean(suggestion)}",
        suggestion,
    )


def is_leverage(token: Token) -> bool:
    """Digits, perhaps with an `x` behind them."""
    digits = token.text.lower().removesuffix("x")
    return token.kind is TokenKind.WORD and digits.isascii() and digits.isdigit()


def is_mode(token: Token) -> bool:
    """One of the modes."""
    return token.kind is TokenKind.WORD and token.text.lower() in MARGIN_MODES


def is_signed(token: Token) -> bool:
    """Begins with a sign."""
    return token.kind is TokenKind.WORD and token.text[:1] in ("+", "-")


def _named_first(
    scanner: Scanner, is_value: Callable[[Token], bool]
) -> tuple[str | None, Token | None]:
    """The instrument, where it stands before the value as it does in an order; and the value."""
    token = scanner.take()
    if token is None or is_value(token) or scanner.peek() is None:
        return None, token
    if not _is_instrument(token):
        return None, token
    return token.text.upper(), scanner.take()


def _is_instrument(token: Token) -> bool:
    word = token.text.lower()
    return token.kind is TokenKind.WORD and is_symbol(word) and not is_price(word)


def _symbol(scanner: Scanner, verb: str, named: str | None) -> str | None:
    """The instrument at the end, if it was not named before."""
    token = scanner.take()
    if token is None:
        return named
    more = scanner.take()
    wrong = not _is_instrument(token) or named is not None
    if wrong or more is not None:
        scanner.refuse(
            token if wrong or more is None else more,
            f"{verb} takes one symbol, and nothing else behind it",
        )
    return token.text.upper()
