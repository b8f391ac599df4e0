"""Writing commands: one command to the line that `parse_command` reads back to the same command."""

from collections.abc import Callable
from typing import Any

from engine.core.commands import AdvanceTime, Command
from engine.core.script import (
    margin_text,
    mirroring_text,
    portfolio_text,
    pricing_text,
    sending_text,
    trading_text,
    venue_text,
)
from engine.core.script.glossary import Glossary
from engine.core.script.numbers import clock_text

_WRITERS: dict[type, Callable[[Any, Glossary], str]] = {
    **venue_text.WRITERS,
    **portfolio_text.WRITERS,
    **margin_text.WRITERS,
    **pricing_text.WRITERS,
    **trading_text.WRITERS,
    **sending_text.WRITERS,
    **mirroring_text.WRITERS,
}


def render_command(command: Command, glossary: Glossary, ts_ns: int) -> str:
    """The line of a command that was applied at `ts_ns`, which only `time` writes."""
    if isinstance(command, AdvanceTime):
        return f"time {clock_text(ts_ns)}"
    return _WRITERS[type(command)](command, glossary)
