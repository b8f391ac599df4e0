"""The command that trades several instruments as one order."""

import re

from engine.core.commands import Side
from tui_exchange.command_line.amounts import RISK, clip, is_symbol, read_price, read_size
from tui_exchange.command_line.flag_words import FlagWords, OrderShape
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import BasketLeg, BasketStatement, Statement
from tui_exchange.command_line.terms import (
    BuyingPowerShare,
    Money,
    PositionShare,
    Quantity,
    Weight,
)
from tui_exchange.command_line.vocabulary import ORDER_SIDES

LEGS_MAX = 16
LEG = re.compile(r"([+-]?)([^:@]+):([^:@]+)(?:@(.+))?")
SIGNS = {"+": Side.BUY, "-": Side.SELL}
ALL, SHARE = "all", "share"
LEG_FORMS = "`BTC-USDT:0.1`, `BTC-USDT:$500`, `BTC-USDT:60%` or `-BTC-USDT:0.1@62000`"


@command(
    family="orders",
    arguments="[buy|sell] [$<money>] [+|-]<symbol>:<size>[@<price>] … [all|share] [flags]",
    help="Trade several instruments as one order, by quantity or by weight: all, or by share.",
    examples=(
        "basket buy $1000 BTC-USDT:60% ETH-USDT:40%",
        "basket buy BTC-USDT:0.1 ETH-USDT:2 share",
        "basket +BTC-USDT-PERP:0.1 -ETH-USDT-PERP:2@2500",
    ),
    slots=(Slot.ORDER_SIDES, Slot.LEGS, Slot.PLAIN_FLAGS),
    keywords=(
        (ALL, "every leg whole, or nothing (the default)"),
        (SHARE, "every leg by the share that the scarcest one allows"),
    ),
)
def basket(scanner: Scanner) -> Statement:
    """Read the legs of a basket."""
    return _Basket(scanner).read()


class _Basket:
    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.side: Side | None = None
        self.budget: Money | None = None
        self.mode = ""
        self.legs: list[BasketLeg] = []
        self.tokens: list[Token] = []
        self.words = FlagWords(scanner)

    def read(self) -> BasketStatement:
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
        self.legs = [self._leg(token) for token in self.tokens]
        self._check()
        priced = any(leg.price is not None for leg in self.legs)
        flags = self.words.check(OrderShape(at_market=not priced, opens=False), "basket")
        return BasketStatement(tuple(self.legs), self.budget, self.mode != SHARE, flags)

    def _read_word(self, token: Token) -> None:
        word = token.text.lower()
        if ":" in word and "=" not in word:
            self.tokens.append(token)
        elif word in ORDER_SIDES:
            self._once(token, self.side is not None, "a side")
            self.side = ORDER_SIDES[word]
        elif word in (ALL, SHARE):
            self._once(token, bool(self.mode), "`all` or `share`")
            self.mode = word
        elif word[0] == "$":
            self._once(token, self.budget is not None, "the money")
            self.budget = self._money(token)
        elif not self.words.read(token):
            self.scanner.refuse(
                token, f"`{clip(token.text)}` has no place here; a leg is written {LEG_FORMS}"
            )

    def _once(self, token: Token, again: bool, what: str) -> None:
        if again:
            self.scanner.refuse(token, f"{what} is given twice; keep one")

    def _money(self, token: Token) -> Money:
        try:
            size = read_size(token.text)
        except CommandLineRefusal as refusal:
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)
        if not isinstance(size, Money):
            self.scanner.refuse(token, "the basket's money is an amount such as `$1000`")
        return size

    def _leg(self, token: Token) -> BasketLeg:
        match = LEG.fullmatch(token.text)
        if match is None or not is_symbol(match[2]):
            self.scanner.refuse(token, f"{clip(token.text)!r} is not a leg: write {LEG_FORMS}")
        side = SIGNS.get(match[1], self.side)
        if side is None:
            self.scanner.refuse(
                token, f"`{clip(token.text)}` needs its side: `+` or `-` before it, or `basket buy`"
            )
        try:
            amount = _amount(match[3])
            price = None if match[4] is None else read_price(match[4])
        except CommandLineRefusal as refusal:
            self.scanner.refuse(token, refusal.sentence, refusal.suggestion)
        return BasketLeg(match[2].upper(), side, amount, price)

    def _check(self) -> None:
        symbols = [leg.symbol for leg in self.legs]
        weights = [leg.amount.percent for leg in self.legs if isinstance(leg.amount, Weight)]
        sentence = ""
        if not 2 <= len(symbols) <= LEGS_MAX:
            sentence = f"a basket has 2 to {LEGS_MAX} legs, this one {len(symbols)}: {LEG_FORMS}"
        elif len(set(symbols)) < len(symbols):
            twice = next(symbol for symbol in symbols if symbols.count(symbol) > 1)
            sentence = f"{twice} is named twice; a basket has each instrument once"
        elif weights and self.budget is None:
            sentence = "weights need the money that they are of: `basket buy $1000 …`"
        elif self.budget is not None and not weights:
            sentence = "the money has no use: no leg has a weight such as `BTC-USDT:60%`"
        elif sum(weights) > 100:
            sentence = f"the weights come to {sum(weights):f}%; at most 100%"
        if sentence:
            self.scanner.refuse_here(sentence)


def _amount(text: str) -> Quantity | Money | Weight | PositionShare:
    size = None if RISK.fullmatch(text.lower()) else read_size(text)
    if isinstance(size, BuyingPowerShare):
        return Weight(size.percent)
    if not isinstance(size, Quantity | Money | PositionShare):
        raise CommandLineRefusal(
            f"{clip(text)!r} is no size of a leg: `0.1`, `$500`, `60%` of the money or `50%pos`"
        )
    return size
