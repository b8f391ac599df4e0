"""Running scenario scripts: each command through a new exchange, each expectation compared.

`tui-exchange scenario FILE` and the golden tests use this runner. Events are compared whole: every
line must be there, in order, and no other. Invariants are checked after each command.
"""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.core.exchange import Exchange
from engine.core.invariants import InvariantError, check
from engine.core.script import Glossary, ScriptError, answer, parse_command, render_event
from tui_exchange.scenario_text import (
    Line,
    ScenarioError,
    Step,
    compared,
    located,
    read_script,
    rewrite,
    same_events,
)

EXIT_AS_WRITTEN = 0
EXIT_DIFFERENT = 1
EXIT_UNREADABLE = 2


@dataclass(frozen=True, slots=True)
class Difference:
    """An expectation that did not come true.

    Attributes:
        line: Of the command or view, counted from 1.
        said: The command or view.
        diff: Lines that begin with `-` where expected, `+` where got instead.
    """

    line: int
    said: str
    diff: tuple[str, ...]


@dataclass(slots=True)
class Outcome:
    """What came of a script.

    Attributes:
        commands: How many were applied.
        broken: Invariants that did not hold; no script may expect that.
        rewritten: The script expecting what happened.
    """

    commands: int = 0
    broken: list[Difference] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    rewritten: str = ""


def run_script(text: str) -> Outcome:
    """Run a script in an exchange of its own.

    Raises:
        ScenarioError: A line cannot be read; names line, column and what is allowed.
    """
    script = read_script(text)
    run = _Run()
    lines = [line.raw for line in script.head]
    for step in script.steps:
        lines += run.step(step)
    run.outcome.rewritten = "\n".join(lines) + "\n" if lines else ""
    return run.outcome


class _Run:
    """One script's exchange, and what has been found so far."""

    def __init__(self) -> None:
        self.exchange = Exchange()
        self.glossary = Glossary()
        self.now_ns = 0
        self.outcome = Outcome()

    def step(self, step: Step) -> list[str]:
        """Apply a step's command, compare what it expects, and return its rewritten lines."""
        events = self._apply(step.command)
        expected = step.events
        if not same_events(expected, events):
            written = [f"< {line.text}" for line in expected]
            self._differs(step.command, written, [f"< {text}" for text in events])
        answers = {line.number: self._view(line) for line in step.views}
        return rewrite(step, events, answers)

    def _apply(self, line: Line) -> list[str]:
        try:
            command, self.now_ns = parse_command(line.text, self.glossary, self.now_ns)
        except ScriptError as error:
            raise located(error, line) from error
        events = self.exchange.apply(command, self.now_ns)
        self.outcome.commands += 1
        self._check(line)
        texts = []
        for event in events:
            self.glossary.learn(event)
            texts.append(render_event(event, self.glossary))
        return texts

    def _check(self, line: Line) -> None:
        try:
            check(self.exchange)
        except InvariantError as error:
            found = Difference(line.number, line.raw.strip(), (f"+ broken invariant: {error}",))
            self.outcome.broken.append(found)

    def _view(self, line: Line) -> str:
        question = f"{line.text} ".partition(": ")[0].rstrip()
        try:
            text = f"{question}: {answer(question, self.exchange)}"
        except ScriptError as error:
            raise located(error, line) from error
        if text != line.text:
            self._differs(line, [f"= {line.text}"], [f"= {text}"])
        return text

    def _differs(self, line: Line, expected: list[str], got: list[str]) -> None:
        diff = tuple(compared(expected, got))
        self.outcome.differences.append(Difference(line.number, line.raw.strip(), diff))


def run_files(paths: Sequence[Path], *, update: bool, write: Callable[[str], object]) -> int:
    """Run scripts and say what came of them.

    Args:
        update: Rewrite what each script expects to what happened.
        write: Takes each piece of the report, newlines included.

    Returns:
        0: all went as written (or is written so now). 1: some expectation did not come true.
        2: some file cannot be read or written.
    """
    return max((_run_file(path, update, write) for path in paths), default=EXIT_AS_WRITTEN)


def _run_file(path: Path, update: bool, write: Callable[[str], object]) -> int:
    try:
        text = path.read_text(encoding="utf-8")
        outcome = run_script(text)
        if update and not outcome.broken and outcome.rewritten != text:
            _replace(path, outcome.rewritten)
            write(f"{path}: rewritten, {_count(outcome)}\n")
            return EXIT_AS_WRITTEN
    except ScenarioError as error:
        write(f"{path}:{error.line}:{error.column}: {error}\n")
        return EXIT_UNREADABLE
    except UnicodeDecodeError as error:
        write(f"{path}: byte {error.start} is not UTF-8; save the script as UTF-8 text\n")
        return EXIT_UNREADABLE
    except OSError as error:
        write(f"{path}: {error.strerror or error}; name a script that can be read\n")
        return EXIT_UNREADABLE
    found = sorted(outcome.broken + outcome.differences, key=lambda one: one.line)
    for difference in found:
        write(f"{path}:{difference.line}: {difference.said}\n")
        write("".join(f"    {text}\n" for text in difference.diff))
    count = len(found)
    verdict = f"{count} not as written" if count else "as written"
    write(f"{path}: {verdict}, {_count(outcome)}\n")
    return EXIT_DIFFERENT if count else EXIT_AS_WRITTEN


def _count(outcome: Outcome) -> str:
    return "1 command" if outcome.commands == 1 else f"{outcome.commands} commands"


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(path.stat().st_mode)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
