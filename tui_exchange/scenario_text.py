"""Scenario scripts as text: lines, steps, and rewriting what a script expects.

`#` comment, `>` command, `<` event expected of it, `=` view expected after it. A comment may also
follow a line, after two spaces. A step is a command and the lines up to the next one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from itertools import zip_longest

from engine.core.script import ScriptError

_COMMENT = re.compile(r"\s{2,}#.*$")
_REFUSALS = ("rejected ", "refused ")


class Kind(Enum):
    """What a line is, by the character it begins with."""

    COMMAND = ">"
    EVENT = "<"
    VIEW = "="
    COMMENT = "#"
    BLANK = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script.

    Attributes:
        number: Counted from 1.
        text: What it says, without its first character and its comment.
        column: Where `text` begins, counted from 1.
        raw: The line as it stands in the file.
    """

    number: int
    kind: Kind
    text: str
    column: int
    raw: str

    def rewritten(self, text: str) -> str:
        """The line saying something else, its comment kept."""
        comment = _COMMENT.search(self.raw)
        return f"{self.kind.value} {text}{comment.group() if comment else ''}"


@dataclass(frozen=True, slots=True)
class Step:
    """A command, and the lines that say what should follow from it."""

    command: Line
    lines: tuple[Line, ...]

    @property
    def events(self) -> list[Line]:
        """The events expected, in order."""
        return [line for line in self.lines if line.kind is Kind.EVENT]

    @property
    def views(self) -> list[Line]:
        """The views expected, in order."""
        return [line for line in self.lines if line.kind is Kind.VIEW]


@dataclass(frozen=True, slots=True)
class Script:
    """A whole script: the comments at its head, then its steps."""

    head: tuple[Line, ...]
    steps: tuple[Step, ...]


class ScenarioError(ValueError):
    """A script that cannot be read.

    Attributes:
        line: Counted from 1.
        column: Counted from 1.
    """

    def __init__(self, text: str, line: int, column: int) -> None:
        super().__init__(text)
        self.line = line
        self.column = column


def located(error: ScriptError, line: Line) -> ScenarioError:
    """An error in the text of a line, with its place in the script."""
    return ScenarioError(str(error), line.number, line.column + error.column - 1)


def read_script(text: str) -> Script:
    """The steps of a script.

    Raises:
        ScenarioError: A line begins with no known character, or expects something of no command.
    """
    head: list[Line] = []
    steps: list[Step] = []
    rest: list[Line] = []
    for number, raw in enumerate(text.splitlines(), start=1):
        line = _line(number, raw)
        if line.kind is Kind.COMMAND:
            rest = []
            steps.append(Step(line, ()))
        elif not steps and line.kind in (Kind.EVENT, Kind.VIEW):
            raise ScenarioError("nothing can follow before the first command: write >", number, 1)
        if not steps:
            head.append(line)
        elif line is not steps[-1].command:
            rest.append(line)
            steps[-1] = Step(steps[-1].command, tuple(rest))
    return Script(tuple(head), tuple(steps))


def _line(number: int, raw: str) -> Line:
    body = raw.lstrip()
    start = len(raw) - len(body)
    if not body or body[0] == Kind.COMMENT.value:
        return Line(number, Kind.COMMENT if body else Kind.BLANK, "", start + 1, raw)
    if body[0] not in "><=":
        allowed = "a line begins with > command, < event, = view or # comment"
        raise ScenarioError(f"{body.split()[0]!r} begins no line: {allowed}", number, start + 1)
    said = _COMMENT.sub("", body[1:])
    text = said.strip()
    return Line(number, Kind(body[0]), text, start + 2 + len(said) - len(said.lstrip()), raw)


def agrees(expected: str, got: str) -> bool:
    """Whether an event is what was expected; a refusal may be expected by its code alone."""
    if expected == got:
        return True
    return expected.startswith(_REFUSALS) and ":" not in expected and got.startswith(f"{expected}:")


def same_events(expected: list[Line], got: list[str]) -> bool:
    """Whether all events are there, in order, and no others."""
    return len(expected) == len(got) and all(
        agrees(line.text, text) for line, text in zip(expected, got, strict=True)
    )


def compared(expected: list[str], got: list[str]) -> Iterator[str]:
    """Both as one list: `-` stands before what was expected only, `+` before what was got only."""
    for tag, i, i_end, j, j_end in _matched(expected, got):
        if tag == "equal":
            yield from (f"  {text}" for text in expected[i:i_end])
            continue
        for old, new in zip_longest(expected[i:i_end], got[j:j_end]):
            if old is not None:
                yield f"- {old}"
            if new is not None:
                yield f"+ {new}"


def rewrite(step: Step, events: list[str], answers: dict[int, str]) -> list[str]:
    """The lines of a step, expecting what happened; comments and what agrees stay as they are.

    Args:
        answers: What each view should say, by its line number.
    """
    fresh = _changed_events(step, events)
    lines = [step.command.raw, *fresh.pop(step.command.number, [])]
    for line in step.lines:
        if line.kind is Kind.EVENT:
            lines += fresh[line.number]
        elif line.kind is Kind.VIEW and line.text != answers[line.number]:
            lines.append(line.rewritten(answers[line.number]))
        else:
            lines.append(line.raw)
    return lines


def _changed_events(step: Step, events: list[str]) -> dict[int, list[str]]:
    """By line number, what stands in place of each expected event; new ones follow their
    predecessor, or the command."""
    old = step.events
    place: dict[int, list[str]] = {line.number: [] for line in old}
    place[step.command.number] = []
    wanted = _as_expected(old, events)
    for tag, i, i_end, j, j_end in _matched([line.text for line in old], wanted):
        if tag == "equal":
            for line in old[i:i_end]:
                place[line.number].append(line.raw)
        else:
            anchor = old[i] if i < i_end else (old[i - 1] if i else step.command)
            place[anchor.number] += [f"{Kind.EVENT.value} {text}" for text in events[j:j_end]]
    return place


def _as_expected(old: list[Line], events: list[str]) -> list[str]:
    """The events, each in the words that were expected of it where these agree with it."""
    said = dict.fromkeys(line.text for line in old)
    codes = [text for text in said if text.startswith(_REFUSALS)]
    return [
        text if text in said else next((code for code in codes if agrees(code, text)), text)
        for text in events
    ]


def _matched(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
