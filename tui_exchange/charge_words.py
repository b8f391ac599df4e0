"""`funding` and `insurance`: what perpetuals pay and when, what they have paid, and who insures.

funding                      every perpetual: the rate, when it is paid next, what a position pays
funding history [symbol …]   what was paid, newest first, borrow fees too
insurance                    what the insurance fund has, and how it came to that
"""

from collections.abc import Sequence

from engine.core.exchange import Exchange
from tui_exchange.charges_report import LINES_MAX, funding_lines, insurance_lines
from tui_exchange.command_line.refusals import ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.margin_sentences import rate_words
from tui_exchange.number_text import left_text, money_text
from tui_exchange.read_models.charges import Charges

HISTORY = "history"


class ChargeWords:
    """The words about funding and the insurance fund.

    Args:
        current: Whose positions pay.
        charges: What was paid.
    """

    words = (
        application_word(
            "funding",
            "[history] [symbol …]",
            "Show funding: the rate, when it is paid next, what the position will pay; or what it"
            " has paid.",
            ("funding", "funding BTC-USDT-PERP", "funding history"),
        ),
        application_word(
            "insurance",
            "",
            "Show what the insurance fund has, which pays for liquidations, and how it came to it.",
            ("insurance",),
        ),
    )

    def __init__(self, exchange: Exchange, current: CurrentPortfolio, charges: Charges) -> None:
        self._exchange = exchange
        self._current = current
        self._charges = charges

    def knows(self, word: str) -> bool:
        """These two."""
        return word in ("funding", "insurance")

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Show.

        Raises:
            ResolutionRefusal: The arguments mean nothing here.
        """
        if word == "insurance":
            if arguments:
                raise ResolutionRefusal(f"`insurance` stands alone, without {arguments[0]!r}")
            lines = insurance_lines(self._exchange, self._charges.fund())
            return tuple(lines[:LINES_MAX])
        if arguments and arguments[0].lower() == HISTORY:
            return self._history(self._symbols(arguments[1:]))
        return self._next(self._symbols(arguments))

    def _symbols(self, arguments: Sequence[str]) -> Sequence[str]:
        """Those that are named; all of them without a name."""
        listed = self._exchange.symbols()
        return [find_symbol(text, listed) for text in arguments] or listed

    def _history(self, symbols: Sequence[str]) -> tuple[str, ...]:
        asked = frozenset(symbols)
        charges = self._charges.paid(self._current.account, asked)
        lines = funding_lines(self._exchange, charges, self._charges.settled(asked))
        return tuple(lines[:LINES_MAX]) or ("no funding was paid here yet",)

    def _next(self, symbols: Sequence[str]) -> tuple[str, ...]:
        told = tuple(filter(None, map(self._next_line, symbols)))
        return told or ("nothing here pays funding",)

    def _next_line(self, symbol: str) -> str:
        exchange = self._exchange
        standing = exchange.funding(symbol)
        if standing is None:
            return ""
        rate = "not known yet" if standing.rate_ppb is None else rate_words(standing.rate_ppb)
        line = (
            f"{symbol}: rate {rate} ({standing.model.value}), paid in"
            f" {left_text(standing.next_ns - exchange.now_ns)}, every"
            f" {left_text(standing.interval_ns)}"
        )
        expected = exchange.funding_expected(self._current.account, symbol)
        if not expected:
            return line
        currency = exchange.instrument(symbol).settlement
        verb = "pays" if expected > 0 else "gets"
        return f"{line}; your position {verb} {money_text(abs(expected))} {currency}"
