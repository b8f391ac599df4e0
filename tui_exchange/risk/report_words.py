"""`risk`, `stress` and `liquidations`: what a portfolio may lose, would lose, and has lost.

risk                  exposure, value at risk, drawdown, limits: one screenful
stress                what it would have after each price shock and each day that markets remember
stress -20%           after all prices move so much
stress 2020-03-12     after that day
liquidations          what was closed without its owner's wish, newest first
"""

from collections.abc import Callable, Sequence
from decimal import Decimal

from engine.core.exchange import Exchange
from engine.monitor import RiskReport
from tui_exchange.command_line.amounts import clip, read_number
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal, ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.read_models.reductions import Reductions
from tui_exchange.risk.outcomes import after_move, days_of, outcome_of
from tui_exchange.risk.reduction_lines import LINES_MAX, reduction_lines
from tui_exchange.risk.report_lines import (
    outcome_line,
    risk_lines,
    stress_lines,
    summary_line,
    worst_line,
)
from tui_exchange.risk.view import RiskView

WHERE = "the risk pane has it all"
RISE_MAX = Decimal(1000)
"""Per cent; what rises more is a mistake."""
_WORDS = ("risk", "stress", "liquidations")


class ReportWords:
    """The words that tell of risk and set nothing.

    Args:
        current: Whose risk it is.
        measure: Figures of this moment: an order of the moment before has to be in them.
        reductions: What was closed without its owner's wish.
    """

    words = (
        application_word(
            "risk",
            "",
            "Show what the portfolio may lose: exposure, value at risk, drawdown, limits.",
            ("risk",),
        ),
        application_word(
            "stress",
            "[<percent> | <day>]",
            "Show what the portfolio would have after a move of all prices, or on a day that was.",
            ("stress", "stress -20%", "stress 2020-03-12"),
        ),
        application_word(
            "liquidations",
            "",
            "Show what was liquidated, taken over or deleveraged, and who took it.",
            ("liquidations",),
        ),
    )

    def __init__(
        self,
        exchange: Exchange,
        current: CurrentPortfolio,
        measure: Callable[[str], RiskView],
        reductions: Reductions,
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._measure = measure
        self._reductions = reductions

    def knows(self, word: str) -> bool:
        """These three."""
        return word in _WORDS

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Show.

        Raises:
            ResolutionRefusal: The arguments mean nothing here, or there are no figures yet.
        """
        if word == "stress":
            return self._stress(arguments)
        if arguments:
            raise ResolutionRefusal(f"{clip(arguments[0])!r} is one word too many; `{word}`")
        return self._liquidations() if word == "liquidations" else self._told()

    def _told(self) -> tuple[str, ...]:
        view = self._measure(self._current.account)
        report = self._report(view)
        # The screen keeps the last sentence in sight; the others stand in its log.
        return (*risk_lines(view, report), f"{summary_line(view, report)}; {WHERE}")

    def _stress(self, arguments: Sequence[str]) -> tuple[str, ...]:
        view = self._measure(self._current.account)
        report = self._report(view)
        if not arguments:
            return (*stress_lines(view, report), f"{worst_line(view, report)}; {WHERE}")
        if len(arguments) > 1:
            raise ResolutionRefusal(f"{clip(arguments[1])!r} is one word too many; `stress -20%`")
        text = arguments[0].replace("−", "-")
        by_name = {result.name: result for result in days_of(report)}
        if text in by_name:
            outcome = outcome_of(by_name[text])
        elif text.endswith("%") or text[:1] in "+-":
            outcome = after_move(view, report, _share(text))
        else:
            suggestion = nearest(text, by_name)
            raise ResolutionRefusal(
                f"{clip(text)!r} is no scenario: give a move such as -20%, or one of"
                f" {', '.join(by_name)}{did_you_mean(suggestion)}",
                suggestion,
            )
        return (outcome_line(outcome, view, report),)

    def _liquidations(self) -> tuple[str, ...]:
        found = self._reductions.of(self._current.account)
        lines = reduction_lines(self._exchange, found[:LINES_MAX])
        if len(found) > LINES_MAX:
            lines.append(f"… and {len(found) - LINES_MAX} older ones")
        return tuple(lines) or ("nothing of this portfolio was liquidated or deleveraged",)

    def _report(self, view: RiskView) -> RiskReport:
        if view.report is None or view.problem:
            raise ResolutionRefusal(view.problem)
        return view.report


def _share(text: str) -> Decimal:
    """`-20%`, `+5%` or `-20` as a share.

    Raises:
        ResolutionRefusal: No number, or a price below zero.
    """
    digits = text.rstrip("%")
    sign = -1 if digits.startswith("-") else 1
    try:
        percent = sign * read_number(digits.lstrip("+-"))
    except CommandLineRefusal as refusal:
        raise ResolutionRefusal(f"{refusal.sentence}; a move is such as `stress -20%`") from None
    if not -100 <= percent <= RISE_MAX:
        raise ResolutionRefusal(
            f"{clip(text)} is no move of prices: give -100% to +{RISE_MAX}%, such as `stress -20%`"
        )
    return percent / 100
