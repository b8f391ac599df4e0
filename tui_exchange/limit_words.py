"""`limits`: what a portfolio may do at most.

limits                                    what is set
limits order=100000 rate=10               of one order, in the base currency; orders a second
limits position=250000 positions=20       of one position; how many may be open
limits leverage=3                         gross notional over equity
limits BTC-USDT-PERP notional=50000 leverage=5
limits order=off                          no limit any more; `limits off` drops all
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec

from engine.core.commands import Command, SetLimits
from engine.core.events import CommandRejected, Event
from engine.core.exchange import Exchange
from engine.core.margin_terms import InstrumentLimit, Limits
from engine.core.units import PPM, quanta_exact
from tui_exchange.command_line.amounts import clip, read_number
from tui_exchange.command_line.nearest import did_you_mean, nearest
from tui_exchange.command_line.refusals import CommandLineRefusal, ResolutionRefusal
from tui_exchange.command_line.registry import application_word
from tui_exchange.command_line.symbols import find_symbol
from tui_exchange.current_portfolio import CurrentPortfolio
from tui_exchange.number_text import money_text

OFF = "off"


class LimitWords:
    """The word about limits.

    Args:
        current: Whose limits they are.
        submit: Takes each command.
    """

    words = (
        application_word(
            "limits",
            "[symbol] [<limit>=<value>|off …] | off",
            "Show or set what the portfolio may do at most; an order beyond it is refused.",
            (
                "limits order=100000 rate=10",
                "limits leverage=3 positions=20",
                "limits BTC-USDT-PERP notional=50000 leverage=5",
                "limits off",
            ),
        ),
    )

    def __init__(
        self,
        exchange: Exchange,
        current: CurrentPortfolio,
        submit: Callable[[Command], tuple[Event, ...]],
    ) -> None:
        self._exchange = exchange
        self._current = current
        self._submit = submit

    def knows(self, word: str) -> bool:
        """This one."""
        return word == "limits"

    def do(self, word: str, arguments: tuple[str, ...]) -> tuple[str, ...]:
        """Show or set.

        Raises:
            ResolutionRefusal: The arguments mean nothing here.
        """
        del word
        if arguments:
            self._set(arguments)
        return limits_told(self._exchange.limits(self._current.account))

    def _set(self, arguments: tuple[str, ...]) -> None:
        account = self._current.account
        limits = self._exchange.limits(account)
        if arguments == (OFF,):
            limits = Limits()
        elif "=" in arguments[0]:
            limits = msgspec.structs.replace(limits, **_changes(arguments, _OF_ALL))
        else:
            symbol = find_symbol(arguments[0], self._exchange.symbols())
            limits = self._of_symbol(limits, symbol, arguments[1:])
        for event in self._submit(SetLimits(account=account, limits=limits)):
            if isinstance(event, CommandRejected):
                raise ResolutionRefusal(event.text)

    def _of_symbol(self, limits: Limits, symbol: str, arguments: tuple[str, ...]) -> Limits:
        if not arguments:
            raise ResolutionRefusal(f"limits {symbol} needs what: `limits {symbol} leverage=5`")
        by_symbol = {name: one for name, one in limits.by_symbol.items() if name != symbol}
        if arguments != (OFF,):
            before = limits.by_symbol.get(symbol, InstrumentLimit())
            changes = _changes(arguments, _OF_ONE)
            by_symbol[symbol] = msgspec.structs.replace(before, **changes)
        return msgspec.structs.replace(limits, by_symbol=by_symbol)


def limits_told(limits: Limits) -> tuple[str, ...]:
    """Every limit that is set, in sentences."""
    parts = [
        _part("an order up to {}", limits.order_notional_max_quanta, money_text),
        _part("{} orders a second", limits.orders_per_second_max, str),
        _part("a position up to {}", limits.position_notional_max_quanta, money_text),
        _part("{} positions", limits.positions_max, str),
        _part("leverage {}x", limits.leverage_max_ppm, _times),
    ]
    lines = [", ".join(filter(None, parts))]
    for symbol, one in limits.by_symbol.items():
        own = (
            _part("{} lots", one.lots_max, str),
            _part("a position up to {}", one.notional_max_quanta, money_text),
            _part("leverage {}x", one.leverage_max, str),
        )
        lines.append(f"{symbol}: {', '.join(filter(None, own))}")
    return tuple(f"at most {line}" for line in filter(None, lines)) or ("no limit is set",)


def _part(words: str, value: int | None, shown: Callable[[int], str]) -> str:
    return "" if value is None else words.format(shown(value))


def _times(ppm: int) -> str:
    return f"{(Decimal(ppm) / PPM).normalize():f}"


def _changes(
    arguments: tuple[str, ...], readers: dict[str, tuple[str, Callable[[str], int]]]
) -> dict[str, Any]:
    """The fields that `name=value` words change."""
    changes: dict[str, Any] = {}
    for text in arguments:
        name, equals, value = text.lower().partition("=")
        if name not in readers or not equals:
            suggestion = nearest(name, readers)
            raise ResolutionRefusal(
                f"{clip(text)!r} is no limit{did_you_mean(suggestion)}; there are"
                f" {', '.join(f'{each}=' for each in readers)} each a number or `off`",
                suggestion,
            )
        field, read = readers[name]
        changes[field] = None if value == OFF else read(value)
    return changes


def _number(text: str) -> Decimal:
    try:
        return read_number(text)
    except CommandLineRefusal as refusal:
        raise ResolutionRefusal(refusal.sentence) from refusal


def _count(text: str) -> int:
    number = _number(text)
    if number != number.to_integral_value():
        raise ResolutionRefusal(f"{clip(text)} is no whole number")
    return int(number)


def _money(text: str) -> int:
    return quanta_exact(_number(text))


def _millionths(text: str) -> int:
    return int(_number(text) * PPM)


_OF_ALL: dict[str, tuple[str, Callable[[str], int]]] = {
    "order": ("order_notional_max_quanta", _money),
    "rate": ("orders_per_second_max", _count),
    "position": ("position_notional_max_quanta", _money),
    "positions": ("positions_max", _count),
    "leverage": ("leverage_max_ppm", _millionths),
}
_OF_ONE: dict[str, tuple[str, Callable[[str], int]]] = {
    "lots": ("lots_max", _count),
    "notional": ("notional_max_quanta", _money),
    "leverage": ("leverage_max", _count),
}
