"""The command that reckons a size from what may be lost."""

from tui_exchange.command_line.amounts import clip, is_price, is_symbol, read_price, read_size
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.registry import Slot, command
from tui_exchange.command_line.scanner import Scanner, Token, TokenKind
from tui_exchange.command_line.statements import SizeStatement, Statement
from tui_exchange.command_line.terms import BuyingPowerShare, EquityShare, Money, Price
from tui_exchange.command_line.vocabulary import ORDER_SIDES

LEADS = {
    "entry": "entry",
    "at": "entry",
    "stop": "stop",
    "sl": "stop",
    "tp": "tp",
    "risk": "risk",
}
"""The words that a value follows, after `=` or a space, and what each means."""
EXAMPLE = "size entry=64000 stop=62500"


@command(
    family="margin",
    arguments="[buy|sell] [symbol] [entry=<price>] stop=<price> [tp=<price>] [risk=2%|$500]",
    help="Reckon how much to trade so that the stop loses no more than the risk; sends nothing.",
    examples=(EXAMPLE, "size BTC-USDT-PERP entry=64000 stop=62500 tp=67000 risk=1%", "size sl -2%"),
    slots=(Slot.ORDER_SIDES, Slot.SYMBOL),
    keywords=(
        ("entry=", "the price to get in at; without it, at market"),
        ("stop=", "where the loss is taken"),
        ("tp=", "where the profit is taken"),
        ("risk=", "what the stop may lose: `2%` of equity, or `$500`"),
    ),
)
def size(scanner: Scanner) -> Statement:
    """Read prices and the risk, in any order."""
    return _Reading(scanner).statement()


class _Reading:
    """What was read of one statement so far, each part at most once."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._prices: dict[str, Price] = {}
        self._risk: EquityShare | Money | None = None
        self._words: dict[str, str] = {}

    def statement(self) -> SizeStatement:
        """Read to the end."""
        while (token := self._scanner.take()) is not None:
            lead, equals, value = token.text.partition("=")
            meaning = LEADS.get(lead.lower())
            if token.kind is TokenKind.WORD and meaning is not None:
                self._set(token, meaning, value if equals else self._next(token))
            else:
                self._take_word(token)
        if "stop" not in self._prices:
            self._scanner.refuse_here(f"size needs a stop, as in `{EXAMPLE}`", "stop=")
        side = self._words.get("side")
        return SizeStatement(
            stop=self._prices["stop"],
            entry=self._prices.get("entry"),
            take_profit=self._prices.get("tp"),
            risk=self._risk,
            side=None if side is None else ORDER_SIDES[side],
            symbol=self._words.get("symbol"),
        )

    def _set(self, token: Token, meaning: str, value: str) -> None:
        if meaning in self._prices or (meaning == "risk" and self._risk is not None):
            self._scanner.refuse(token, f"`{meaning}` is given twice; keep one")
        try:
            if meaning == "risk":
                self._risk = read_risk(value)
            else:
                self._prices[meaning] = read_price(value)
        except CommandLineRefusal as refusal:
            self._scanner.refuse(token, refusal.sentence, refusal.suggestion)

    def _next(self, lead: Token) -> str:
        token = self._scanner.take()
        if token is None or token.kind is not TokenKind.WORD:
            self._scanner.refuse(lead, f"`{lead.text}` needs its value, as in `{EXAMPLE}`")
        return token.text

    def _take_word(self, token: Token) -> None:
        word = token.text.lower()
        plain = token.kind is TokenKind.WORD
        if plain and word in ORDER_SIDES and "side" not in self._words:
            self._words["side"] = word
        elif plain and is_symbol(word) and not is_price(word) and "symbol" not in self._words:
            self._words["symbol"] = token.text.upper()
        else:
            suggestion = nearest(word.partition("=")[0], LEADS)
            self._scanner.refuse(
                token,
                f"`{clip(token.text)}` has no place here{did_you_mean(suggestion)}; size reckons"
                f" the quantity from prices: `{EXAMPLE}`",
                suggestion,
            )


def read_risk(text: str) -> EquityShare | Money:
    """What may be lost: a share of equity, or an amount of quote currency.

    Raises:
        CommandLineRefusal: Neither.
    """
    found = read_size(text) if text else None
    if isinstance(found, BuyingPowerShare):
        return EquityShare(found.percent)
    if isinstance(found, Money):
        return found
    raise CommandLineRefusal(
        f"{clip(text)!r} is no risk: write `2%` of equity, or money, as `$500`"
    )
