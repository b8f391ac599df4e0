"""Commands about the account and the exchange as a whole, and the life of an order."""

from engine.core.fees.presets import PRESETS
from tui_exchange.command_line.amounts import clip, is_price, is_symbol
from tui_exchange.command_line.moments import read_expiry
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.references import take_order_id
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import (
    FeesStatement,
    HaltStatement,
    KillStatement,
    OrderStatement,
    ReleaseStatement,
    ResumeStatement,
    Statement,
)
from tui_exchange.command_line.terms import Expiry


@command(
    family="switches",
    arguments="[close]",
    help="Cancel every order and refuse new risk until `release`; `close` also closes positions.",
    examples=("kill", "kill close"),
    keywords=(("close", "also close every position at market"),),
)
def kill(scanner: Scanner) -> Statement:
    """Read whether positions are closed too."""
    token = scanner.take()
    if token is not None and not _is_word(token, "close"):
        scanner.refuse(token, "kill takes `close` and nothing else", "close")
    _refuse_more(scanner, "kill")
    return KillStatement(close=token is not None)


@command(
    family="switches",
    arguments="",
    help="Release the kill switch: the account may trade again.",
    examples=("release",),
)
def release(scanner: Scanner) -> Statement:
    """Read nothing."""
    _refuse_more(scanner, "release")
    return ReleaseStatement()


@command(
    family="switches",
    arguments="[symbol] [<time>] [cancel]",
    help="Stop trading in an instrument, for a time or until `resume`; `cancel` its orders too.",
    examples=("halt BTC-USDT", "halt BTC-USDT 15m cancel", "halt 14:30"),
    slots=(Slot.SYMBOL,),
    keywords=(("15m", "for so long"), ("cancel", "also cancel every order of it")),
)
def halt(scanner: Scanner) -> Statement:
    """Read what to halt, and for how long."""
    symbol: str | None = None
    until: Expiry | None = None
    cancel = False
    while (token := scanner.take()) is not None:
        word = token.text.lower()
        if token.kind is TokenKind.WORD and word == "cancel" and not cancel:
            cancel = True
        elif until is None and (until := _time(token)) is not None:
            continue
        elif _is_symbol(token) and symbol is None:
            symbol = token.text.upper()
        else:
            scanner.refuse(
                token,
                f"`{clip(token.text)}` has no place here: `halt BTC-USDT 15m cancel`, or `14:30`"
                " for the time of day",
            )
    return HaltStatement(symbol, until, cancel)


@command(
    family="switches",
    arguments="[symbol]",
    help="End a halt; without a symbol, let a replay or simulation that was paused run on.",
    examples=("resume BTC-USDT", "resume"),
    slots=(Slot.SYMBOL,),
)
def resume(scanner: Scanner) -> Statement:
    """Read what to resume."""
    token = scanner.take()
    if token is None:
        return ResumeStatement()
    if not _is_symbol(token):
        scanner.refuse(token, f"{clip(token.text)!r} is no symbol to resume")
    _refuse_more(scanner, "resume")
    return ResumeStatement(token.text.upper())


@command(
    family="switches",
    arguments="[symbol] [<preset>]",
    help="Show tier, volume, uptime and the distance to the next tier, or set a fee schedule.",
    examples=("fees", "fees BTC-USDT", "fees BTC-USDT market-maker"),
    slots=(Slot.SYMBOL,),
    keywords=tuple((name, "charge by this schedule from now on") for name in PRESETS),
)
def fees(scanner: Scanner) -> Statement:
    """Read an instrument and the name of a schedule."""
    symbol, preset = None, ""
    while (token := scanner.take()) is not None:
        word = token.text.lower()
        if token.kind is TokenKind.WORD and word in PRESETS and not preset:
            preset = word
        elif _is_symbol(token) and symbol is None and not preset:
            symbol = token.text.upper()
        else:
            suggestion = nearest(word, PRESETS)
            known = ", ".join(PRESETS)
            scanner.refuse(
                token,
                f"there is no fee preset {clip(token.text)!r}{did_you_mean(suggestion)}"
                f" (presets: {known})",
                suggestion,
            )
    return FeesStatement(symbol, preset)


@command(
    family="labels",
    arguments="#<order>",
    help="Show the whole life of an order, working or done.",
    examples=("order #12",),
    slots=(Slot.ORDERS,),
)
def order(scanner: Scanner) -> Statement:
    """Read the order to show."""
    order_id = take_order_id(scanner, "order")
    _refuse_more(scanner, "order")
    return OrderStatement(order_id)


def _time(token: Token) -> Expiry | None:
    """The time that a word says; None for a word that is not meant as one."""
    if token.kind is not TokenKind.WORD or not token.text[0].isdigit():
        return None
    try:
        return read_expiry(token.text)
    except CommandLineRefusal:
        return None


def _is_word(token: Token, word: str) -> bool:
    return token.kind is TokenKind.WORD and token.text.lower() == word


def _is_symbol(token: Token) -> bool:
    word = token.text.lower()
    return token.kind is TokenKind.WORD and is_symbol(word) and not is_price(word)


def _refuse_more(scanner: Scanner, verb: str) -> None:
    token = scanner.take()
    if token is not None:
        scanner.refuse(token, f"{verb} ends before {token.text[:24]!r}; leave it out")
