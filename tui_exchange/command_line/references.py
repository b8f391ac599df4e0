"""Words that refer to an order: `#12`."""

from tui_exchange.command_line.amounts import is_price, is_symbol
from tui_exchange.command_line.nearest import did_you_mean
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind

ORDER_DIGITS_MAX = 18


def read_order_id(scanner: Scanner, token: Token) -> int:
    """The order that a word names.

    Raises:
        GrammarRefusal: Not `#` and digits.
    """
    digits = token.text.removeprefix("#")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= ORDER_DIGITS_MAX
    if token.kind is not TokenKind.WORD or not is_number or int(digits) == 0:
        scanner.refuse(token, f"{token.text[:24]!r} is not an order; its number follows `#`: `#12`")
    if not token.text.startswith("#"):
        suggestion = f"#{digits}"
        scanner.refuse(
            token, f"an order's number follows `#`{did_you_mean(suggestion)}", suggestion
        )
    return int(digits)


def take_labelled(scanner: Scanner, verb: str) -> tuple[int | None, str | None]:
    """What a label is for, which must come next: (order, None), or (None, symbol of a position).

    Raises:
        GrammarRefusal: Nothing comes, or neither.
    """
    token = scanner.peek()
    if token is None:
        scanner.refuse_here(
            f"{verb} needs an order or the symbol of a position, as in `{verb} #12` or"
            f" `{verb} BTC-USDT-PERP`"
        )
    word = token.text.lower()
    if token.kind is TokenKind.WORD and is_symbol(word) and not is_price(word):
        scanner.take()
        return None, token.text.upper()
    return take_order_id(scanner, verb), None


def take_order_id(scanner: Scanner, verb: str) -> int:
    """The order that must come next.

    Raises:
        GrammarRefusal: Nothing comes, or no order.
    """
    token = scanner.take()
    if token is None:
        scanner.refuse_here(f"{verb} needs an order by its number, as in `{verb} #12`")
    return read_order_id(scanner, token)
