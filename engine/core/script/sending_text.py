"""Reading and writing commands that take time to arrive.

| line | command |
|---|---|
| `send NAME DURATION COMMAND` | SendCommand |

COMMAND is a line of `engine.core.script.trading_text`, other than of the kill switch.
"""

from collections.abc import Callable
from typing import Any, cast

from engine.core.commands import Command, Sendable, SendCommand
from engine.core.script import trading_text
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import duration_of, duration_text
from engine.core.script.words import Words, name

_AT_ONCE = ("kill", "release")
SENT_VERBS = tuple(verb for verb in trading_text.READERS if verb not in _AT_ONCE)


def _read_send(words: Words, glossary: Glossary) -> Command:
    account = words.account()
    delay_ns = duration_of(words.take("a duration"))
    verb = words.choose(*SENT_VERBS)
    command = cast(Sendable, trading_text.READERS[verb](words, glossary))
    return SendCommand(account=account, command=command, delay_ns=delay_ns)


def _send(command: SendCommand, glossary: Glossary) -> str:
    sent = trading_text.WRITERS[type(command.command)](command.command, glossary)
    return f"send {name(command.account)} {duration_text(command.delay_ns)} {sent}"


READERS: dict[str, Callable[[Words, Glossary], Command]] = {"send": _read_send}
WRITERS: dict[type, Callable[[Any, Glossary], str]] = {SendCommand: _send}
