"""`advise`: the advisory limits of the current portfolio, shown and set.

advise                                      what is set, what it may be, and where it stands
advise position-size 25 block               hold back what would break it
advise daily-loss=5 block action=halt       and stop all openings when it is broken
advise trade-risk off                       neither warn nor hold back
advise reset                                everything at its default
advise resume                               lift a halt
"""

from decimal import Decimal
from enum import Enum
from typing import TypeVar

from engine.core.exchange import Exchange
from engine.monitor import (
    LIMITS,
    WATCHED,
    Action,
    LimitError,
    LimitName,
    LimitSetting,
    LimitSpec,
    Response,
    default_limits,
    present,
)
from engine.monitor.limits import shown
from tui_exchange.command_line.amounts import clip, read_number
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal, ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.portfolio_sentences import title_of
from tui_exchange.risk.desk import RiskDesk

RESET = "reset"
RESUME = "resume"
ACTION = "action"
_NAMES = tuple(name.value for name in LimitName)
Choice = TypeVar("Choice", bound=Enum)


class AdviseWords:
    """The word about advisory limits.

    Args:
        current: Whose limits they are.
        desk: Where they are kept and watched.
    """

    words = (
        application_word(
            "advise",
            "[<limit> [<value>] [warn|block|off] [action=alert|reduce|cancel|halt]]"
            " | reset | resume",
            "Show or set the limits that warn of an order, hold it back, or act when broken.",
            (
                "advise",
                "advise position-size 25 block",
                "advise daily-loss=5 block action=halt",
                "advise resume",
            ),
        ),
    )

    def __init__(self, exchange: Exchange, current: CurrentPortfolio, desk: RiskDesk) -> None:
        self._exchange = exchange
        self._current = current
        self._desk = desk

    def knows(self, word: str) -> bool:
        """Only this one."""
        return word == "advise"

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Show or set.

        Raises:
            ResolutionRefusal: The arguments mean nothing here.
        """
        del word
        first = arguments[0].lower() if arguments else ""
        if first in (RESET, RESUME):
            if len(arguments) > 1:
                raise ResolutionRefusal(f"advise {first} takes nothing more: `advise {first}`")
            return self._reset() if first == RESET else self._resume()
        if arguments:
            return self._with_problem(self._set(arguments))
        return self._with_problem(self._shown())

    def _reset(self) -> tuple[str, ...]:
        self._desk.limits.set(self._current.account, default_limits())
        return self._with_problem(self._shown())

    def _resume(self) -> tuple[str, ...]:
        account = self._current.account
        title = title_of(self._exchange, account)
        if not self._desk.limits.halted(account):
            return (f"openings of portfolio {title} are not halted",)
        broken = self._desk.resume(account)
        names = ", ".join(name.value for name in broken)
        still = f"; still broken: {names}, which halts again once it held" if broken else ""
        return self._with_problem((f"portfolio {title} may open positions again{still}",))

    def _set(self, arguments: tuple[str, ...]) -> tuple[str, ...]:
        account = self._current.account
        name, rest = _named(arguments)
        value: Decimal | None = None
        response: Response | None = None
        action: Action | None = None
        for text in rest:
            key, equals, choice = text.lower().partition("=")
            if equals and key == ACTION:
                action = _one_of(Action, choice)
            elif key in [one.value for one in Response]:
                response = Response(key)
            elif value is None:
                value = _number(name, text)
            else:
                raise ResolutionRefusal(f"advise {name.value}: {clip(text)!r} is a second value")
        if not rest:
            return (self._line(name),)
        if action is not None and name not in WATCHED:
            acting = ", ".join(one.value for one in WATCHED)
            raise ResolutionRefusal(
                f"{name.value} is judged before an order and has no action; {acting} have one"
            )
        try:
            limits = self._desk.limits.of(account).with_setting(name, value, response, action)
        except LimitError as error:
            raise ResolutionRefusal(str(error)) from error
        self._desk.limits.set(account, limits)
        return (self._line(name),)

    def _shown(self) -> tuple[str, ...]:
        account = self._current.account
        lines = [f"advisory limits of portfolio {title_of(self._exchange, account)}"]
        lines += [self._line(name) for name in LIMITS]
        halted = self._desk.limits.halted(account)
        if halted:
            lines.append(f"openings are halted until `advise resume`: {halted}")
        return tuple(lines)

    def _line(self, name: LimitName) -> str:
        """`position-size 25%, warns, alert; now 12.4% (1 to 100%, default 25%): value …`."""
        account, spec = self._current.account, LIMITS[name]
        setting = self._desk.limits.of(account)[name]
        default = shown(spec.default, spec.unit)
        return (
            f"{name.value} {setting_words(spec, setting)}; {self._now(spec)}"
            f" ({spec.range_text}, default {default}): {spec.text}"
        )

    def _now(self, spec: LimitSpec) -> str:
        if spec.name is LimitName.RISK_PER_TRADE:
            return "judged at each order with a stop"
        if spec.name is LimitName.CORRELATION:
            return self._strongest(spec)
        facts = self._desk.advising.standing(self._current.account).facts
        value = present(facts)[spec.name]
        return "now not known" if value is None else f"now {shown(value, spec.unit)}"

    def _strongest(self, spec: LimitSpec) -> str:
        view = self._desk.newest(self._current.account)
        if view.report is None:
            return "not measured yet"
        if not view.pairs:
            return "no two positions are over it now"
        pair = view.pairs[0]
        value = shown(Decimal(f"{pair.correlation:.2f}"), spec.unit)
        return f"now {value}, {pair.symbol} with {pair.other}"

    def _with_problem(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        problem = self._desk.limits.problem
        return (*lines, problem) if problem else lines


def setting_words(spec: LimitSpec, setting: LimitSetting) -> str:
    """`25%, warns, alert`."""
    does = {Response.OFF: "off", Response.WARN: "warns", Response.BLOCK: "blocks"}
    told = f"{shown(setting.value, spec.unit)}, {does[setting.response]}"
    acts = setting.response is not Response.OFF and spec.name in WATCHED
    return f"{told}, {setting.action.value}" if acts else told


def _named(arguments: tuple[str, ...]) -> tuple[LimitName, tuple[str, ...]]:
    """The limit, and what is said of it; `daily-loss=5` is the limit and its value."""
    word, equals, value = arguments[0].lower().partition("=")
    try:
        name = LimitName(word)
    except ValueError:
        suggestion = nearest(word, (*_NAMES, RESET, RESUME))
        raise ResolutionRefusal(
            f"{clip(arguments[0])!r} is no advisory limit{did_you_mean(suggestion)}; there are"
            f" {', '.join(_NAMES)}",
            suggestion,
        ) from None
    return name, ((value,) if equals else ()) + arguments[1:]


def _number(name: LimitName, text: str) -> Decimal:
    spec = LIMITS[name]
    try:
        return read_number(text.lower().removesuffix("%"))
    except CommandLineRefusal as refusal:
        raise ResolutionRefusal(
            f"{clip(text)!r} is neither a value of {name.value}, {spec.range_text}, nor warn,"
            " block, off or action=…"
        ) from refusal


def _one_of(choices: type[Choice], text: str) -> Choice:
    known = [str(one.value) for one in choices]
    if text not in known:
        suggestion = nearest(text, known)
        raise ResolutionRefusal(
            f"{clip(text)!r} is no action{did_you_mean(suggestion)}; there are {', '.join(known)}",
            suggestion,
        )
    return choices(text)
