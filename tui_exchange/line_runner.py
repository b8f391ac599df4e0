"""Runs command lines: parse, then statement by statement resolve and do, and tell what came of it.

A statement that fails ends its line: what stood before it is done, what stands after it is not run.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from engine.core.commands import Command
from engine.core.events import (
    CommandArrived,
    CommandRejected,
    CommandSent,
    Event,
    OrderRejected,
)
from engine.core.exchange import Exchange
from engine.core.reasons import Reason
from engine.sequencer import SequencerError
from tui_exchange.aliases import Aliases
from tui_exchange.command_line.actions import OrderCommand, Resolved
from tui_exchange.command_line.guards import (
    Doubled,
    PendingLine,
    SentOrder,
    check_duplicate,
    pending_line,
    recent,
)
from tui_exchange.command_line.parser import parse_line
from tui_exchange.command_line.refusals import CommandLineRefusal
from tui_exchange.command_line.render import render_line
from tui_exchange.command_line.resolve import LINE_BEGINS, resolve
from tui_exchange.command_line.statements import Statement
from tui_exchange.labels import OrderLabels
from tui_exchange.line_context import LineContext
from tui_exchange.line_preview import line_previewed
from tui_exchange.order_history import OrderHistory
from tui_exchange.read_models.portfolio import Portfolio
from tui_exchange.risk.advising import Advising
from tui_exchange.sentences import told
from tui_exchange.session_actions import SessionActions
from tui_exchange.settings import Settings
from tui_exchange.views import LineOutcome
from tui_exchange.words import Words


@dataclass(slots=True)
class LineResult:
    """What a line came to.

    Attributes:
        text: In full form; as typed when it was not understood.
        refusal: Empty, or why the line stopped before it was done.
        reason: Why the exchange refused a command of the line, if one was refused.
        messages: Sentences, the refusal included.
        on_the_way: What was sent and has not reached the venue: what it comes to is told later.
    """

    text: str
    ok: bool = True
    refusal: str = ""
    reason: Reason | None = None
    messages: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    on_the_way: list[int] = field(default_factory=list)

    def refuse(self, sentence: str, told: bool = False) -> None:
        """Note that the line stops here; `told` when a message has the sentence already."""
        self.ok = False
        self.refusal = sentence
        if not told:
            self.messages.append(sentence)


class LineRunner:
    """The command line of the current portfolio.

    Args:
        submit: Takes each command of the exchange.
        words: Words that steer the session.
        symbols: What can be traded now.
        now_ns: The session's time.
        orders: What became of each order.
        advising: Judges what is sent before it is.
    """

    def __init__(
        self,
        exchange: Exchange,
        submit: Callable[[Command], tuple[Event, ...]],
        settings: Settings,
        portfolio: Portfolio,
        labels: OrderLabels,
        aliases: Aliases,
        words: Words,
        symbols: Callable[[], Sequence[str]],
        now_ns: Callable[[], int],
        orders: OrderHistory,
        advising: Advising,
    ) -> None:
        self._exchange = exchange
        self._submit = submit
        self._settings = settings
        self._portfolio = portfolio
        self._aliases = aliases
        self._registry = words.registry
        self._symbols = symbols
        self._now_ns = now_ns
        self._advising = advising
        self._sent: tuple[SentOrder, ...] = ()
        self._unanswered: PendingLine | None = None
        self._actions = SessionActions(labels, aliases, words, exchange, portfolio, orders)

    def run(self, text: str, focus: str) -> LineOutcome:
        """Do what a line says; a refusal is an outcome, never an exception."""
        result = self.execute(text, focus)
        return LineOutcome(result.text, result.ok, tuple(result.messages), result.reason)

    def execute(self, text: str, focus: str) -> LineResult:
        """As `run`, with the events."""
        result = LineResult(text)
        try:
            statements = parse_line(text, self._aliases.all(), self._registry)
        except CommandLineRefusal as refusal:
            result.refuse(refusal.sentence)
            return result
        result.text = render_line(statements)
        line = pending_line(text, self._exchange.seq + 1, self._unanswered)
        self._unanswered = line
        self._run_all(statements, self._context(focus, line.client_id_base), result)
        return result

    def preview(self, text: str, focus: str) -> LineOutcome:
        """What a line would do now, in sentences; nothing is done."""
        try:
            statements = parse_line(text, self._aliases.all(), self._registry)
            context = self._context(focus, "preview")
            messages = line_previewed(self._exchange, statements, context, self._advising)
        except CommandLineRefusal as refusal:
            return LineOutcome(text, False, (refusal.sentence,))
        return LineOutcome(render_line(statements) if statements else text, True, messages)

    def _run_all(
        self, statements: Sequence[Statement], context: LineContext, result: LineResult
    ) -> None:
        state = LINE_BEGINS
        before = recent(self._sent, self._now_ns())
        self._sent = before
        for number, statement in enumerate(statements):
            try:
                resolved = resolve(statement, context, state)
                self._check_duplicate(resolved, before)
                self._do_all(resolved, result)
            except CommandLineRefusal as refusal:
                result.refuse(refusal.sentence)
            except SequencerError as error:
                result.refuse(str(error))
                return
            if not result.ok:
                self._tell_rest(statements[number + 1 :], result)
                break
            state = resolved.state
        self._unanswered = None

    def _check_duplicate(self, resolved: Resolved, before: tuple[SentOrder, ...]) -> None:
        """Against the lines before this one: a line may repeat itself on purpose."""
        if self._settings.guards.refuse_duplicates:
            for action in resolved.actions:
                if isinstance(action, Doubled):
                    check_duplicate(action, before, self._now_ns())

    def _do_all(self, resolved: Resolved, result: LineResult) -> None:
        for action in resolved.actions:
            if not isinstance(action, OrderCommand):
                result.messages.extend(self._actions.do(action))
                continue
            self._send(action, result)
            if not result.ok:
                return

    def _send(self, command: OrderCommand, result: LineResult) -> None:
        verdict = self._advising.judge(command)
        if verdict.refusal:
            result.refuse(f"not sent: {verdict.refusal}")
            return
        events = _answer(self._submit(command))
        result.events.extend(events)
        result.messages.extend(told(self._exchange, events, self._portfolio.account))
        result.on_the_way += [one.sent_id for one in events if isinstance(one, CommandSent)]
        rejected = [e for e in events if isinstance(e, OrderRejected | CommandRejected)]
        if rejected:
            result.refuse(rejected[0].text, told=True)
            result.reason = rejected[0].reason
            return
        result.messages.extend(verdict.warnings)
        if isinstance(command, Doubled):
            self._sent = (*self._sent, SentOrder(command, self._now_ns()))

    def arrived(self, events: Sequence[Event], result: LineResult) -> None:
        """What became of commands of a line that were on their way; `OrderNews` tells others."""
        ways = [event for event in result.events if isinstance(event, CommandSent)]
        sent = [text for way in ways for text in told(self._exchange, [way], way.account)]
        result.messages = [text for text in result.messages if text not in sent]
        result.events.extend(events)
        arrival = next((event for event in events if isinstance(event, CommandArrived)), None)
        account = self._portfolio.account if arrival is None else arrival.account
        result.messages.extend(told(self._exchange, events, account))
        for event in events:
            if isinstance(event, OrderRejected | CommandRejected) and result.ok:
                result.refuse(event.text, told=True)
                result.reason = event.reason

    def _tell_rest(self, rest: Sequence[Statement], result: LineResult) -> None:
        if rest:
            result.messages.append(f"not run: `{render_line(rest)}`")

    def _context(self, focus: str, client_id_base: str) -> LineContext:
        return LineContext(
            self._exchange,
            self._portfolio,
            self._settings,
            self._symbols(),
            self._aliases.all(),
            focus or None,
            client_id_base,
            self._now_ns(),
        )


def _answer(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """What a command that was just given led to, without what was due before it and arrived."""
    sent = [n for n, event in enumerate(events) if isinstance(event, CommandSent)]
    if sent:
        return events[sent[0] : sent[0] + 1]
    return events
