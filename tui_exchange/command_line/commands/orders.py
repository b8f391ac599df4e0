"""Commands that send, change and withdraw orders."""

from engine.core.commands import Side
from tui_exchange.command_line.amounts import SIZE_FORMS, is_price, is_symbol, read_size
from tui_exchange.command_line.clauses import Clauses, take_price
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.references import read_order_id, take_order_id
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import (
    AmendStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    PlaceStatement,
    Statement,
)
from tui_exchange.command_line.terms import Money, OffsetPrice, Quantity
from tui_exchange.command_line.vocabulary import SIDE_WORDS

PLACE_ARGUMENTS = "[symbol] <size> [at <price>] [flags]"
PLACE_SLOTS = (Slot.SYMBOL, Slot.SIZE, Slot.PRICE, Slot.FLAGS)
SIDE_KEYWORDS = tuple(
    (word, f"every working {side.value} order") for word, side in SIDE_WORDS.items()
)


@command(
    family="orders",
    short="b",
    arguments=PLACE_ARGUMENTS,
    help="Send a buy order, at market when no price is given.",
    examples=("buy 0.5 BTC-USDT at 62000 po", "b $500", "b 1r@61500 at bid+1t tag=breakout"),
    slots=PLACE_SLOTS,
)
def buy(scanner: Scanner) -> Statement:
    """Read a buy order."""
    return _place(scanner, Side.BUY)


@command(
    family="orders",
    short="s",
    arguments=PLACE_ARGUMENTS,
    help="Send a sell order, at market when no price is given.",
    examples=("sell 0.5 BTC-USDT at 63000", "s 50%pos at ask", "s all ~target reached"),
    slots=PLACE_SLOTS,
)
def sell(scanner: Scanner) -> Statement:
    """Read a sell order."""
    return _place(scanner, Side.SELL)


@command(
    family="orders",
    short="x",
    arguments="#<order> … | [symbol] [bids|asks] | all [bids|asks]",
    help="Withdraw orders: by number, of an instrument, of one side, or all.",
    examples=("cancel #12", "x #12 #13", "x bids", "x BTC-USDT asks", "x all"),
    slots=(Slot.ORDERS, Slot.SYMBOL, Slot.SIDES, Slot.ALL),
    keywords=(*SIDE_KEYWORDS, ("all", "every order of every instrument")),
)
def cancel(scanner: Scanner) -> Statement:
    """Read what to cancel."""
    order_ids: list[int] = []
    scope = _CancelScope(scanner)
    while (token := scanner.take()) is not None:
        if token.kind is TokenKind.WORD and (token.text[0] == "#" or token.text.isdigit()):
            order_id = read_order_id(scanner, token)
            if order_id in order_ids:
                scanner.refuse(token, f"order #{order_id} is named twice; once is enough")
            order_ids.append(order_id)
        else:
            scope.read(token)
    if order_ids and scope.named:
        scanner.refuse_here("cancel takes either order numbers or a symbol and side, not both")
    if order_ids:
        return CancelOrdersStatement(tuple(order_ids))
    if not scope.named:
        scanner.refuse_here("cancel needs to know what: `#12`, a symbol, `bids`, `asks` or `all`")
    return CancelManyStatement(scope.symbol, scope.side, scope.everywhere)


@command(
    family="orders",
    arguments="#<order> to <price> | #<order> <offset>",
    help="Give a working order another price; an offset counts from its own.",
    examples=("move #12 to 62010", "move #12 +2t", "move #12 to best"),
    slots=(Slot.ORDERS, Slot.PRICE),
    keywords=(("to", "the new price follows"),),
)
def move(scanner: Scanner) -> Statement:
    """Read an order and its new price."""
    order_id = take_order_id(scanner, "move")
    token = scanner.peek()
    if token is not None and token.text.lower() in ("to", "at"):
        scanner.take()
    price = take_price(scanner)
    bare = token is not None and token.text.lower() not in ("to", "at")
    if token is not None and bare and not isinstance(price, OffsetPrice):
        suggestion = f"to {token.text}"
        scanner.refuse(token, f"a new price follows `to`{did_you_mean(suggestion)}", suggestion)
    _refuse_more(scanner, "move")
    return AmendStatement(order_id, price=price)


@command(
    family="orders",
    arguments="#<order> [size <size>] [at <price>]",
    help="Change a working order's size, what is filled included, or price, or both.",
    examples=("amend #12 size 0.4", "amend #12 size 0.4 at 62010", "amend #12 at bid-1t"),
    slots=(Slot.ORDERS, Slot.PRICE),
    keywords=(("size", "the new total size follows"), ("at", "the new price follows")),
)
def amend(scanner: Scanner) -> Statement:
    """Read an order and what changes."""
    order_id = take_order_id(scanner, "amend")
    size: Quantity | Money | None = None
    price = None
    while (token := scanner.take()) is not None:
        word = token.text.lower()
        if token.kind is TokenKind.WORD and word == "size" and size is None:
            size = _take_amended_size(scanner)
        elif token.kind is TokenKind.WORD and word in ("at", "to") and price is None:
            price = take_price(scanner)
        else:
            _refuse_in_amend(scanner, token)
    if size is None and price is None:
        scanner.refuse_here("amend needs what changes: `size 0.4`, `at 62010` or both")
    return AmendStatement(order_id, size, price)


def _place(scanner: Scanner, side: Side) -> Statement:
    clauses = Clauses(scanner, side.value).read()
    if clauses.size is None:
        clauses.refuse_missing_size()
    return PlaceStatement(side, clauses.size, clauses.symbol, clauses.price, clauses.flags())


class _CancelScope:
    """Which orders a cancel without numbers means."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.symbol: str | None = None
        self.side: Side | None = None
        self.everywhere = False

    @property
    def named(self) -> bool:
        """Whether anything was said."""
        return self.everywhere or self.symbol is not None or self.side is not None

    def read(self, token: Token) -> None:
        """Take one word of the scope."""
        word = token.text.lower()
        if token.kind is not TokenKind.WORD:
            self.scanner.refuse(token, "cancel takes no text and no note")
        if word in SIDE_WORDS:
            self._refuse_twice(token, self.side is not None, "a side")
            self.side = SIDE_WORDS[word]
        elif word == "all":
            self._refuse_twice(token, self.everywhere, "`all`")
            self.everywhere = True
        elif is_symbol(word) and not is_price(word):
            self._refuse_twice(token, self.symbol is not None, "a symbol")
            self.symbol = token.text.upper()
        else:
            suggestion = nearest(word, [*SIDE_WORDS, "all"])
            self.scanner.refuse(
                token,
                f"{token.text[:24]!r} names nothing to cancel: give `#12`, a symbol, `bids`,"
                f" `asks` or `all`{did_you_mean(suggestion)}",
                suggestion,
            )
        if self.everywhere and self.symbol is not None:
            self.scanner.refuse(token, "`all` means every instrument; leave out it or the symbol")

    def _refuse_twice(self, token: Token, again: bool, what: str) -> None:
        if again:
            self.scanner.refuse(token, f"{what} is given twice; keep one")


def _take_amended_size(scanner: Scanner) -> Quantity | Money:
    token = scanner.take()
    if token is None:
        scanner.refuse_here("the new size is missing: write `size 0.4`")
    try:
        size = read_size(token.text) if token.kind is TokenKind.WORD else None
    except CommandLineRefusal as refusal:
        scanner.refuse(token, refusal.sentence, refusal.suggestion)
    if size is None:
        scanner.refuse(token, f"{token.text[:24]!r} is not a size; write {SIZE_FORMS}")
    if not isinstance(size, Quantity | Money):
        scanner.refuse(token, "an order's new size is a quantity (`0.4`) or money (`$500`)")
    return size


def _refuse_in_amend(scanner: Scanner, token: Token) -> None:
    if token.kind is TokenKind.WORD and token.text.lower() in ("size", "at", "to"):
        scanner.refuse(token, f"`{token.text}` is given twice; keep one")
    suggestion = ""
    if token.kind is TokenKind.WORD and is_price(token.text):
        suggestion = f"size {token.text}" if token.text[0].isdigit() else f"at {token.text}"
    scanner.refuse(
        token,
        f"amend takes `size <size>` and `at <price>`{did_you_mean(suggestion)}",
        suggestion,
    )


def _refuse_more(scanner: Scanner, verb: str) -> None:
    token = scanner.take()
    if token is not None:
        scanner.refuse(token, f"{verb} ends before {token.text[:24]!r}; leave it out")
