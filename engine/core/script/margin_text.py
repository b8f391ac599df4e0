"""Reading and writing what a trader states about margin.

| line | command |
|---|---|
| `mode NAME SYMBOL cash\\|cross\\|isolated` | SetMarginMode |
| `leverage NAME SYMBOL TIMES` | SetLeverage |
| `margin NAME SYMBOL AMOUNT` | ChangeMargin |

The amount is `+500` or `-20`: put behind the position, or taken back.
"""

from collections.abc import Callable
from typing import Any

from engine.core.commands import ChangeMargin, Command, SetLeverage, SetMarginMode
from engine.core.margin_terms import MarginMode
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import integer_of, quanta_of, signed_text
from engine.core.script.words import Words, dashed, name


def _read_mode(words: Words, _glossary: Glossary) -> Command:
    account, symbol = words.account(), words.symbol()
    return SetMarginMode(account=account, symbol=symbol, mode=words.member(MarginMode))


def _mode(command: SetMarginMode, _glossary: Glossary) -> str:
    return f"mode {name(command.account)} {name(command.symbol)} {dashed(command.mode)}"


def _read_leverage(words: Words, _glossary: Glossary) -> Command:
    account, symbol = words.account(), words.symbol()
    leverage = integer_of(words.take("a leverage such as 10"), "a leverage such as 10")
    return SetLeverage(account=account, symbol=symbol, leverage=leverage)


def _leverage(command: SetLeverage, _glossary: Glossary) -> str:
    return f"leverage {name(command.account)} {name(command.symbol)} {command.leverage}"


def _read_margin(words: Words, _glossary: Glossary) -> Command:
    account, symbol = words.account(), words.symbol()
    amount = quanta_of(words.take("an amount such as +500 or -20"))
    return ChangeMargin(account=account, symbol=symbol, amount_quanta=amount)


def _margin(command: ChangeMargin, _glossary: Glossary) -> str:
    amount = signed_text(command.amount_quanta)
    return f"margin {name(command.account)} {name(command.symbol)} {amount}"


READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    "mode": _read_mode,
    "leverage": _read_leverage,
    "margin": _read_margin,
}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    SetMarginMode: _mode,
    SetLeverage: _leverage,
    ChangeMargin: _margin,
}
