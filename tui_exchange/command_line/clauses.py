"""The clauses that orders share: symbol, size, prices behind their words, flags; in any order.

A verb names the words that lead a price of its own (`at`, `limit`, `from`); side words are read
only for a verb that does not say its side.
"""

from collections.abc import Sequence
from typing import NoReturn

from engine.core.commands import Side
from tui_exchange.command_line.amounts import (
    SIZE_FORMS,
    clip,
    is_price,
    is_symbol,
    read_distance,
    read_price,
    read_size,
)
from tui_exchange.command_line.flag_words import FlagWords
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.render_terms import render_price
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.terms import Distance, Price, Size
from tui_exchange.command_line.vocabulary import (
    FLAG_HELP,
    ORDER_SIDES,
    SAID_OTHERWISE,
    STOP_LOSS_PREFIX,
    TAKE_PROFIT_PREFIX,
)

AT = "at"
EXIT_LEADS = {"tp": TAKE_PROFIT_PREFIX, "sl": STOP_LOSS_PREFIX}


class Clauses:
    """Collects a statement's clauses, each at most once, and refuses what does not fit.

    Args:
        verb: The statement's verb, for sentences.
        leads: The words that a price follows.
        distances: The words that a distance follows.
        sided: Whether the statement says its side by a word of its own.
        exits: Whether `tp` and `sl` are words too, and not only flags.
    """

    def __init__(
        self,
        scanner: Scanner,
        verb: str,
        leads: Sequence[str] = (AT,),
        distances: Sequence[str] = (),
        sided: bool = False,
        exits: bool = False,
    ) -> None:
        self.scanner = scanner
        self.verb = verb
        self.symbol: str | None = None
        self.size: Size | None = None
        self.side: Side | None = None
        self.prices: dict[str, Price] = {}
        self.distances: dict[str, Distance] = {}
        self.words = FlagWords(scanner)
        self._leads = leads
        self._distance_leads = distances
        self._sided = sided
        self._exit_leads = EXIT_LEADS if exits else {}

    @property
    def price(self) -> Price | None:
        """What follows `at`."""
        return self.prices.get(AT)

    def read(self) -> "Clauses":
        """Read the statement to its end."""
        while (token := self.scanner.take()) is not None:
            if token.kind is TokenKind.NOTE:
                self.words.set_note(token)
            elif token.kind is TokenKind.QUOTED:
                self.scanner.refuse(
                    token, "a quoted text has no place here; a note begins with `~`"
                )
            else:
                self._read_word(token)
        return self

    def need_size(self) -> Size:
        """The size.

        Raises:
            GrammarRefusal: There is none.
        """
        if self.size is None:
            self.refuse_missing_size()
        return self.size

    def need_price(self, lead: str, example: str) -> Price:
        """What follows a word.

        Raises:
            GrammarRefusal: Nothing does.
        """
        if lead not in self.prices:
            self.scanner.refuse_here(f"{self.verb} needs `{lead} <price>`, as in `{example}`")
        return self.prices[lead]

    def refuse_missing_size(self) -> NoReturn:
        """Refuse the statement because it has no size.

        Raises:
            GrammarRefusal: Always.
        """
        hint = _glued_size(self.symbol or "")
        self.scanner.refuse_here(
            f"{self.verb} needs a size: {SIZE_FORMS}{did_you_mean(hint)}", hint
        )

    def _read_word(self, token: Token) -> None:
        word = token.text.lower()
        if word in self._leads:
            self._set_price(token, word)
        elif word in self._distance_leads:
            self._set_distance(token, word)
        elif word in self._exit_leads:
            self._set_exit(token, word)
        elif self._sided and word in ORDER_SIDES:
            self._refuse_twice(token, self.side is not None, "a side")
            self.side = ORDER_SIDES[word]
        elif not self.words.read(token):
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

    def _set_price(self, lead: Token, word: str) -> None:
        what = "a price" if word == AT else f"`{word}`"
        self._refuse_twice(lead, word in self.prices, what)
        self.prices[word] = take_price(self.scanner)

    def _set_distance(self, lead: Token, word: str) -> None:
        self._refuse_twice(lead, word in self.distances, f"`{word}`")
        self.distances[word] = take_distance(self.scanner, word)

    def _set_exit(self, lead: Token, word: str) -> None:
        token = self.scanner.take()
        if token is None or token.kind is not TokenKind.WORD:
            self.scanner.refuse(lead, f"`{word}` needs a price, as in `{word} 61000`")
        self.words.set_exit(token, self._exit_leads[word], token.text)

    def _refuse_twice(self, token: Token, again: bool, what: str) -> None:
        if again:
            self.scanner.refuse(token, f"{what} is given twice; keep one")

    def _refuse_second_size(self, token: Token) -> None:
        if self.size is None:
            return
        text = token.text
        following = self.scanner.peek()
        priced = self.price is not None or (following is not None and following.text == AT)
        if not priced and is_price(text) and AT in self._leads:
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
        if AT in self._leads and self.price is None and price and is_price(price):
            return f"at {price}"
        return nearest(text.lower(), [*self._leads, *self._distance_leads, *FLAG_HELP])


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


def take_distance(scanner: Scanner, lead: str) -> Distance:
    """The distance that must come next.

    Raises:
        GrammarRefusal: Nothing comes, or no distance.
    """
    token = scanner.take()
    if token is None or token.kind is not TokenKind.WORD:
        scanner.refuse_here(f"a distance is missing after `{lead}`: `50`, `20t` or `1%`")
    try:
        return read_distance(token.text)
    except CommandLineRefusal as refusal:
        scanner.refuse(token, refusal.sentence, refusal.suggestion)


def _glued_size(text: str) -> str:
    """`0.5 BTC` for `0.5BTC`; empty for a word that does not begin with a number."""
    digits = len(text) - len(text.lstrip("0123456789."))
    return f"{text[:digits]} {text[digits:]}" if 0 < digits < len(text) else ""
