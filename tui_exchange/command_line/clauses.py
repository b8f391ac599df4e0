"""The clauses that orders share: symbol, size, `at` price, flags; in any order after the verb."""

from typing import NoReturn

from engine.core.commands import TimeInForce
from tui_exchange.command_line.amounts import (
    SIZE_FORMS,
    clip,
    is_price,
    is_symbol,
    read_price,
    read_size,
)
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.render import render_price
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import Flags
from tui_exchange.command_line.terms import Price, Size
from tui_exchange.command_line.vocabulary import (
    FLAG_HELP,
    POST_ONLY,
    SAID_OTHERWISE,
    TAG_PREFIX,
    TIME_IN_FORCE_WORDS,
    UNBUILT_FLAGS,
)

TAG_CHARS_MAX = 32
TAG_PUNCTUATION = "_-.:/"


class Clauses:
    """Collects a statement's clauses, each at most once, and refuses what does not fit.

    Attributes:
        verb: The statement's verb, for sentences.
    """

    def __init__(self, scanner: Scanner, verb: str) -> None:
        self.scanner = scanner
        self.verb = verb
        self.symbol: str | None = None
        self.size: Size | None = None
        self.price: Price | None = None
        self.time_in_force: TimeInForce | None = None
        self.post_only = False
        self.tag = ""
        self.note = ""

    def read(self, *, priced: bool = True) -> "Clauses":
        """Read the statement to its end.

        Args:
            priced: Whether this verb may have a price, and so flags that need one.
        """
        while (token := self.scanner.take()) is not None:
            if token.kind is TokenKind.NOTE:
                self._set_note(token)
            elif token.kind is TokenKind.QUOTED:
                self.scanner.refuse(
                    token, "a quoted text has no place here; a note begins with `~`"
                )
            else:
                self._read_word(token)
        if priced:
            self._check_flags()
        return self

    def flags(self) -> Flags:
        """The flags that were read."""
        return Flags(self.time_in_force or TimeInForce.GTC, self.post_only, self.tag, self.note)

    def refuse_missing_size(self) -> NoReturn:
        """Refuse the statement because it has no size.

        Raises:
            GrammarRefusal: Always.
        """
        hint = _glued_size(self.symbol or "")
        self.scanner.refuse_here(
            f"{self.verb} needs a size: {SIZE_FORMS}{did_you_mean(hint)}", hint
        )

    def refuse_if_present(self, **reasons: str) -> None:
        """Refuse a clause that this verb has no use for.

        Args:
            reasons: By clause (`size`, `price`, `order_flags`), the sentence.
        """
        present = {
            "size": self.size is not None,
            "price": self.price is not None,
            "order_flags": self.post_only or self.time_in_force is not None,
        }
        for clause, sentence in reasons.items():
            if present[clause]:
                self.scanner.refuse_here(sentence)

    def _read_word(self, token: Token) -> None:
        word = token.text.lower()
        if word == "at":
            self._set_price(token)
        elif word in TIME_IN_FORCE_WORDS:
            self._set_time_in_force(token, TIME_IN_FORCE_WORDS[word])
        elif word == POST_ONLY:
            self._refuse_twice(token, self.post_only, "`po`")
            self.post_only = True
        elif word.startswith(TAG_PREFIX):
            self._refuse_twice(token, bool(self.tag), "a tag")
            self.tag = read_tag(self.scanner, token, token.text[len(TAG_PREFIX) :])
        elif word.partition("=")[0] in UNBUILT_FLAGS:
            self._refuse_unbuilt(token, word.partition("=")[0])
        else:
            self._read_size_or_symbol(token)

    def _read_size_or_symbol(self, token: Token) -> None:
        text = token.text
        size = None if self._is_said_otherwise(text) else self._size(token)
        if size is not None:
            self._refuse_second_size(token)
            self.size = size
        elif is_price(text) or self._is_said_otherwise(text) or not is_symbol(text):
            self._refuse_stray(token)
        elif self.symbol is not None:
            self._refuse_second_symbol(token)
        else:
            self.symbol = text.upper()

    def _size(self, token: Token) -> Size | None:
        try:
            return read_size(token.text)
        except CommandLineRefusal as refusal:
            if self.size is not None and is_price(token.text):
                self._refuse_second_size(token)
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)

    def _set_price(self, at: Token) -> None:
        self._refuse_twice(at, self.price is not None, "a price")
        self.price = take_price(self.scanner)

    def _set_time_in_force(self, token: Token, time_in_force: TimeInForce) -> None:
        already = self.time_in_force
        if already is not None and already is not time_in_force:
            self.scanner.refuse(
                token, f"`{already.value}` and `{token.text}` exclude each other; keep one"
            )
        self._refuse_twice(token, already is not None, f"`{token.text}`")
        self.time_in_force = time_in_force

    def _set_note(self, token: Token) -> None:
        self._refuse_twice(token, bool(self.note), "a note")
        self.note = token.text

    def _refuse_twice(self, token: Token, again: bool, what: str) -> None:
        if again:
            self.scanner.refuse(token, f"{what} is given twice; keep one")

    def _refuse_second_size(self, token: Token) -> None:
        if self.size is None:
            return
        text = token.text
        following = self.scanner.peek()
        priced = self.price is not None or (following is not None and following.text == "at")
        if not priced and is_price(text):
            suggestion = f"at {text}"
            self.scanner.refuse(
                token,
                f"`{clip(text)}` is a second number after the size{did_you_mean(suggestion)}",
                suggestion,
            )
        self.scanner.refuse(token, f"`{clip(text)}` is a second size; keep one")

    def _refuse_second_symbol(self, token: Token) -> None:
        flags = ", ".join(f"`{flag}`" for flag in FLAG_HELP)
        self.scanner.refuse(
            token,
            f"`{self.symbol}` and `{clip(token.text)}` cannot both be the symbol; keep one"
            f" (flags are {flags})",
        )

    def _refuse_unbuilt(self, token: Token, flag: str) -> None:
        self.scanner.refuse(
            token,
            f"the flag `{flag}` is known but not available in this version; {UNBUILT_FLAGS[flag]}",
        )

    @staticmethod
    def _is_said_otherwise(text: str) -> bool:
        return text.lower() in SAID_OTHERWISE

    def _refuse_stray(self, token: Token) -> None:
        text = token.text
        if self._is_said_otherwise(text):
            self.scanner.refuse(
                token, f"`{text}` is not a word here: {SAID_OTHERWISE[text.lower()]}"
            )
        if text[0] in "+-" and self.size is None:
            self.scanner.refuse(
                token, f"`{clip(text)}`: a size has no sign; `buy` and `sell` say which way"
            )
        suggestion = self._meant(text)
        self.scanner.refuse(
            token, f"`{clip(text)}` has no place here{did_you_mean(suggestion)}", suggestion
        )

    def _meant(self, text: str) -> str:
        if self.price is not None and text[0] in "+-":
            joined = render_price(self.price) + text
            return f"at {joined}" if is_price(joined) else ""
        price = text.removeprefix("@")
        if self.price is None and price and is_price(price):
            return f"at {price}"
        return nearest(text.lower(), ["at", *FLAG_HELP])

    def _check_flags(self) -> None:
        if not self.post_only:
            if self.time_in_force is TimeInForce.GTC and self.price is None:
                self.scanner.refuse_here(
                    "`gtc` needs a price to wait at: add `at <price>`; an order at market"
                    " never rests"
                )
            return
        if self.time_in_force in (TimeInForce.IOC, TimeInForce.FOK):
            self.scanner.refuse_here(
                f"`po` and `{self.time_in_force.value}` exclude each other: one only rests, the"
                " other never does; keep one"
            )
        if self.price is None:
            self.scanner.refuse_here(
                "`po` needs a price to rest at: add `at best` to join the own side"
            )


def take_price(scanner: Scanner) -> Price:
    """The price that must come next.

    Raises:
        GrammarRefusal: Nothing comes, or no price.
    """
    token = scanner.take()
    if token is None:
        scanner.refuse_here("a price is missing: a number, or `bid`, `ask`, `mid`, `last`", "bid")
    if token.kind is not TokenKind.WORD:
        scanner.refuse(token, "a price is missing before this text")
    try:
        return read_price(token.text)
    except CommandLineRefusal as refusal:
        scanner.refuse(token, refusal.sentence, refusal.suggestion)


def read_tag(scanner: Scanner, token: Token, text: str) -> str:
    """A label of one word.

    Raises:
        GrammarRefusal: Empty, too long, or with other characters.
    """
    fits = 0 < len(text) <= TAG_CHARS_MAX and text.isascii()
    if not fits or not all(char.isalnum() or char in TAG_PUNCTUATION for char in text):
        scanner.refuse(
            token,
            f"a tag is 1 to {TAG_CHARS_MAX} letters, digits or any of {TAG_PUNCTUATION},"
            f" as in `tag=breakout`",
        )
    return text


def _glued_size(text: str) -> str:
    """`0.5 BTC` for `0.5BTC`; empty for a word that does not begin with a number."""
    digits = len(text) - len(text.lstrip("0123456789."))
    return f"{text[:digits]} {text[digits:]}" if 0 < digits < len(text) else ""
