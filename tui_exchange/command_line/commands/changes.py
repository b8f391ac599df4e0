"""Commands that withdraw and change live orders."""

from typing import Any

import msgspec

from tui_exchange.command_line.amounts import SIZE_FORMS, is_price, is_symbol, read_price, read_size
from tui_exchange.command_line.clauses import take_price
from tui_exchange.command_line.commands.orders import buy, sell
from tui_exchange.command_line.commands.positions import close
from tui_exchange.command_line.commands.stops import stop, tp, trail
from tui_exchange.command_line.flag_words import FlagWords, read_tag
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.references import read_order_id, take_order_id
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Registry, Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import (
    AmendStatement,
    CancelManyStatement,
    CancelOrdersStatement,
    CloseStatement,
    PlaceStatement,
    ReplaceStatement,
    Statement,
    StopStatement,
    TrailStatement,
)
from tui_exchange.command_line.terms import Money, OffsetPrice, Price, Quantity
from tui_exchange.command_line.vocabulary import (
    EXPIRY_PREFIX,
    SHOW_PREFIX,
    SIDE_WORDS,
    STOPS,
    TAG_PREFIX,
)

SIDE_KEYWORDS = tuple(
    (word, f"every working {side.value} order") for word, side in SIDE_WORDS.items()
)
AMEND_CLAUSES = "[size <size>] [at <price>] [trigger <price>] [show=<size>] [gtd=<time>]"
AMEND_KEYWORDS = (
    ("trigger", "the new price that fires it follows"),
    (SHOW_PREFIX, "what an iceberg shows from its next slice on"),
    (EXPIRY_PREFIX, "when it is gone: 15m from now, 14:30"),
)
PLACING = Registry((buy, sell, close, stop, tp, trail))
"""What can stand behind `replace #12 with`."""


@command(
    family="orders",
    short="x",
    arguments="#<order> … | [symbol|all] [bids|asks] [stops] [tag=<word>]",
    help="Withdraw orders: by number, of an instrument, a side or a label, or all.",
    examples=("cancel #12", "x #12 #13", "x bids", "x BTC-USDT asks", "x all", "x all stops"),
    slots=(Slot.ORDERS, Slot.SYMBOL, Slot.SIDES, Slot.ALL),
    keywords=(
        *SIDE_KEYWORDS,
        (STOPS, "those that wait for their trigger"),
        (TAG_PREFIX, "those with this label"),
        ("all", "every order of every instrument"),
    ),
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
    return scope.found


@command(
    family="orders",
    arguments="#<order> to <price> | #<order> <offset> | #<order> <changes, as amend>",
    help="Give an order another price; an offset counts from its own.",
    examples=("move #12 to 62010", "move #12 +2t", "move #14 trigger 61500", "move #12 gtd=15m"),
    slots=(Slot.ORDERS, Slot.PRICE),
    keywords=(("to", "the new price follows"), *AMEND_KEYWORDS),
)
def move(scanner: Scanner) -> Statement:
    """Read an order and its new price, or what else changes."""
    return _Amendment(scanner, "move").read()


@command(
    family="orders",
    arguments=f"#<order> {AMEND_CLAUSES}",
    help="Change a live order: size, what is filled included, price, trigger, slice or end.",
    examples=("amend #12 size 0.4", "amend #12 size $500 at bid", "amend #12 show=0.1"),
    slots=(Slot.ORDERS, Slot.SIZE, Slot.PRICE),
    keywords=(("size", "the new total follows"), *AMEND_KEYWORDS),
)
def amend(scanner: Scanner) -> Statement:
    """Read an order and what changes."""
    return _Amendment(scanner, "amend").read()


@command(
    family="orders",
    arguments="#<order> with <order>",
    help="Cancel an order and send another one: both happen, or the first stays as it was.",
    examples=("replace #12 with buy 0.4 at 61950 po", "replace #14 with trail sell 0.5 by 1%"),
    slots=(Slot.ORDERS, Slot.PLACING),
    keywords=(("with", "the new order follows"),),
)
def replace(scanner: Scanner) -> Statement:
    """Read an order and the one that takes its place."""
    order_id = take_order_id(scanner, "replace")
    lead, verb = scanner.take(), scanner.take()
    led = lead is not None and lead.kind is TokenKind.WORD and lead.text.lower() == "with"
    if not led or verb is None:
        scanner.refuse_here(f"replace needs the new order: `replace #{order_id} with buy 0.5`")
    found = PLACING.find(verb.text) if verb.kind is TokenKind.WORD else None
    if found is None:
        words = ", ".join(f"`{one.name}`" for one in PLACING)
        scanner.refuse(verb, f"the new order begins with one of {words}")
    order = found.parse(scanner)
    if not isinstance(order, PlaceStatement | CloseStatement | StopStatement | TrailStatement):
        scanner.refuse(verb, "an order is replaced by an order: give a size")
    return ReplaceStatement(order_id, order)


class _CancelScope:
    """Which orders a cancel without numbers means."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.found = CancelManyStatement()

    @property
    def named(self) -> bool:
        """Whether anything was said."""
        return self.found != CancelManyStatement()

    def read(self, token: Token) -> None:
        """Take one word of the scope."""
        word, found = token.text.lower(), self.found
        if token.kind is not TokenKind.WORD:
            self.scanner.refuse(token, "cancel takes no text and no note")
        if word in SIDE_WORDS:
            self._refuse_twice(token, found.side is not None, "a side")
            self._set(side=SIDE_WORDS[word])
        elif word == STOPS:
            self._refuse_twice(token, found.stops, "`stops`")
            self._set(stops=True)
        elif word.startswith(TAG_PREFIX):
            self._refuse_twice(token, bool(found.tag), "a tag")
            self._set(tag=read_tag(self.scanner, token, token.text[len(TAG_PREFIX) :]))
        elif word == "all":
            self._refuse_twice(token, found.everywhere, "`all`")
            self._set(everywhere=True)
        elif is_symbol(word) and not is_price(word):
            self._refuse_twice(token, found.symbol is not None, "a symbol")
            self._set(symbol=token.text.upper())
        else:
            self._refuse_unknown(token)
        if self.found.everywhere and self.found.symbol is not None:
            self.scanner.refuse(token, "`all` means every instrument; leave out it or the symbol")

    def _set(self, **changed: Any) -> None:
        self.found = msgspec.structs.replace(self.found, **changed)

    def _refuse_twice(self, token: Token, again: bool, what: str) -> None:
        if again:
            self.scanner.refuse(token, f"{what} is given twice; keep one")

    def _refuse_unknown(self, token: Token) -> None:
        suggestion = nearest(token.text.lower(), [*SIDE_WORDS, STOPS, "all"])
        self.scanner.refuse(
            token,
            f"{token.text[:24]!r} names nothing to cancel: give `#12`, a symbol, `bids`, `asks`,"
            f" `stops`, `tag=…` or `all`{did_you_mean(suggestion)}",
            suggestion,
        )


class _Amendment:
    """What `move` and `amend` change; they differ in what may stand without a word before it."""

    def __init__(self, scanner: Scanner, verb: str) -> None:
        self.scanner = scanner
        self.verb = verb
        self.size: Quantity | Money | None = None
        self.prices: dict[str, Price] = {}
        self.words = FlagWords(scanner)

    def read(self) -> AmendStatement:
        """Read the statement to its end."""
        order_id = take_order_id(self.scanner, self.verb)
        while (token := self.scanner.take()) is not None:
            self._read_word(token)
        flags = self.words.flags
        if self.size is None and not self.prices and not self.words.given:
            if self.verb == "move":
                take_price(self.scanner)
            self.scanner.refuse_here("amend needs what changes: `size 0.4`, `at 62010` or both")
        at, trigger = self.prices.get("at"), self.prices.get("trigger")
        return AmendStatement(order_id, self.size, at, trigger, flags.display, flags.expires)

    def _read_word(self, token: Token) -> None:
        word = token.text.lower() if token.kind is TokenKind.WORD else ""
        if word in ("at", "to", "trigger"):
            self._set_price(token, "trigger" if word == "trigger" else "at")
        elif word == "size":
            self._once(token, self.size is not None, "size")
            self.size = _take_amended_size(self.scanner)
        elif word.startswith((SHOW_PREFIX, EXPIRY_PREFIX)):
            self.words.read(token)
        elif self.verb == "move" and not self.prices and word and is_price(word):
            self._set_bare(token, word)
        else:
            self._refuse(token)

    def _set_price(self, token: Token, lead: str) -> None:
        self._once(token, lead in self.prices, token.text)
        self.prices[lead] = take_price(self.scanner)

    def _set_bare(self, token: Token, word: str) -> None:
        price = read_price(word)
        if not isinstance(price, OffsetPrice):
            suggestion = f"to {token.text}"
            self.scanner.refuse(
                token, f"the new price follows `to`{did_you_mean(suggestion)}", suggestion
            )
        self.prices["at"] = price

    def _once(self, token: Token, again: bool, what: str) -> None:
        if again:
            self.scanner.refuse(token, f"`{what}` is given twice; keep one")

    def _refuse(self, token: Token) -> None:
        if self.verb == "move" and (self.prices or self.size or self.words.given):
            self.scanner.refuse(token, f"move ends before {token.text[:24]!r}; leave it out")
        if self.verb == "move" and token.kind is TokenKind.WORD:
            try:
                read_price(token.text)
            except CommandLineRefusal as refusal:
                self.scanner.refuse(token, refusal.sentence, refusal.suggestion)
        suggestion = ""
        if token.kind is TokenKind.WORD and is_price(token.text):
            suggestion = f"size {token.text}" if token.text[0].isdigit() else f"at {token.text}"
        self.scanner.refuse(
            token,
            f"{self.verb} takes `size <size>`, `at <price>`, `trigger <price>`, `show=` and `gtd=`"
            f"{did_you_mean(suggestion)}",
            suggestion,
        )


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
