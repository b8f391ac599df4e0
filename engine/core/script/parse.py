"""Reading commands: one line of text to one command and the time at which it applies.

A line is a verb and what it is about; the verbs stand with the commands that they read to in
`venue_text`, `portfolio_text`, `margin_text`, `pricing_text`, `trading_text`, `sending_text` and
`mirroring_text`. `time CLOCK` and `wait DURATION` read to AdvanceTime at a later time.
"""

from collections.abc import Callable

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
from engine.core.script.numbers import clock_of, duration_of
from engine.core.script.words import ScriptError, Words

_READERS: dict[str, Callable[[Words, Glossary], Command]] = {
    **venue_text.READERS,
    **portfolio_text.READERS,
    **margin_text.READERS,
    **pricing_text.READERS,
    **trading_text.READERS,
    **sending_text.READERS,
    **mirroring_text.READERS,
}
VERBS = (*_READERS, "time", "wait")


def parse_command(text: str, glossary: Glossary, now_ns: int) -> tuple[Command, int]:
    """The command that a line states and the time at which it applies, which only `time` and `wait`
    move on from `now_ns`.

    Raises:
        ScriptError: The line is no command; names the word, its column and what is allowed.
    """
    words = Words(text)
    verb = words.take(", ".join(VERBS))
    if verb.quoted or verb.text not in VERBS:
        raise verb.wrong(", ".join(VERBS))
    if verb.text in ("time", "wait"):
        return AdvanceTime(), _moved_clock(verb.text, words, now_ns)
    command = _READERS[verb.text](words, glossary)
    words.finish()
    return command, now_ns


def _moved_clock(verb: str, words: Words, now_ns: int) -> int:
    word = words.take("a time" if verb == "time" else "a duration")
    moved = clock_of(word) if verb == "time" else now_ns + duration_of(word)
    if moved < now_ns:
        raise ScriptError("time never goes back; write a later time", word.column)
    words.finish()
    return moved
