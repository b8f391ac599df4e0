"""Commands that take positions back."""

from tui_exchange.command_line.amounts import clip, is_price, is_symbol
from tui_exchange.command_line.clauses import Clauses
from tui_exchange.command_line.flag_words import OrderShape
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, TokenKind
from tui_exchange.command_line.statements import (
    CloseStatement,
    FlattenStatement,
    ReverseStatement,
    Statement,
)
from tui_exchange.command_line.terms import BuyingPowerShare, Everything, PositionShare, RiskUnits
from tui_exchange.command_line.vocabulary import FLAG_HELP

NOT_FOR_REVERSE = ("at", *FLAG_HELP)


@command(
    family="positions",
    short="c",
    arguments="[symbol] [size] [at <price>] [flags]",
    help="Close a position, or the part that the size names; 25% is of the position.",
    examples=("close", "c 25%", "c BTC-USDT 50%pos at ask po", "c 0.2 at entry+0.5%"),
    slots=(Slot.SYMBOL, Slot.SIZE, Slot.PRICE, Slot.PLAIN_FLAGS),
)
def close(scanner: Scanner) -> CloseStatement:
    """Read what to close."""
    clauses = Clauses(scanner, "close").read()
    priced = clauses.price is not None
    flags = clauses.words.check(
        OrderShape(priced=priced, at_market=not priced, opens=False), "close"
    )
    size = clauses.size or Everything()
    if isinstance(size, BuyingPowerShare):
        size = PositionShare(size.percent)
    if isinstance(size, PositionShare) and size.percent > 100:
        scanner.refuse_here("close takes at most 100% of the position; `reverse` turns it round")
    if isinstance(size, RiskUnits):
        scanner.refuse_here("close takes a quantity, money, a percentage or `all`, no risk units")
    return CloseStatement(clauses.symbol, size, clauses.price, flags)


@command(
    family="positions",
    arguments="[symbol] | all",
    help="Cancel every order, then close at market; of one instrument, or of all.",
    examples=("flatten", "flatten BTC-USDT", "flatten all"),
    slots=(Slot.SYMBOL, Slot.ALL),
    keywords=(("all", "every instrument"),),
)
def flatten(scanner: Scanner) -> Statement:
    """Read what to flatten."""
    token = scanner.take()
    if token is None:
        return FlattenStatement()
    more = scanner.take()
    if more is not None:
        scanner.refuse(more, "flatten takes one symbol, or `all`, and nothing else")
    word = token.text.lower()
    if token.kind is TokenKind.WORD and word == "all":
        return FlattenStatement(everywhere=True)
    if token.kind is not TokenKind.WORD or not is_symbol(word) or is_price(word):
        suggestion = nearest(word, ["all"])
        scanner.refuse(
            token,
            f"{clip(token.text)!r} is nothing to flatten: give a symbol or `all`"
            f"{did_you_mean(suggestion)}",
            suggestion,
        )
    return FlattenStatement(token.text.upper())


@command(
    family="positions",
    arguments="[symbol]",
    help="Cancel an instrument's orders, then turn its position into its opposite at market.",
    examples=("reverse", "reverse BTC-USDT-PERP"),
    slots=(Slot.SYMBOL,),
)
def reverse(scanner: Scanner) -> Statement:
    """Read what to reverse."""
    token = scanner.take()
    if token is None:
        return ReverseStatement()
    more, word = scanner.take(), token.text.lower()
    wrong = token.kind is not TokenKind.WORD or not is_symbol(word) or is_price(word)
    if wrong or word in NOT_FOR_REVERSE or more is not None:
        scanner.refuse(
            token if more is None or wrong or word in NOT_FOR_REVERSE else more,
            "reverse turns the whole position at market: it takes a symbol and nothing else; use"
            " `buy` or `sell` for a part, a price or a flag",
        )
    return ReverseStatement(token.text.upper())
