"""The scenario runner, over scripts that are varied from the golden ones.

Whatever stands in a script, the runner ends with an outcome or with a `ScenarioError` that points
into the text. No invariant breaks. Each command that is read can be written and read back. The
script rewritten to what happened goes as written, line for line.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import msgspec

from engine.core.commands import ListInstrument, OrderType
from engine.core.events import InstrumentListed
from engine.core.script import Glossary, ScriptError, parse_command
from engine.core.script.order_text import FLAGS
from engine.core.script.parse import VERBS
from engine.core.script.terms import FIELDS
from engine.core.script.views import VIEWS
from engine.core.script.words import dashed
from tests.fuzz.mutation import changed_lines, changed_words
from tests.fuzz.target import Target, Wrong
from tui_exchange.scenario import Outcome, run_script
from tui_exchange.scenario_text import ScenarioError

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SEED_BYTES_MAX = 4_000
BYTES_MAX = 6_000
ODD_NAMES = (
    '"a\\nb"',
    '"a  \\u0023b"',
    '"\\ud800"',
    '"a b"',
    '"buy"',
    '""',
    "ann",
    "é",
    "٣",
    "market",
)
TRIES = 4
"""To change a line so that it can still be read: a script ends at the first that cannot."""
FINE = Decimal("0.000001")


def attempt(data: bytes) -> None:
    """Run a script, and what it was rewritten to."""
    text = data.decode("utf-8", "replace")
    outcome = _outcome(text)
    if outcome is None:
        return
    _whole(outcome)
    again = run_script(outcome.rewritten)
    _whole(again)
    if again.differences:
        said = "\n".join(again.differences[0].diff)
        raise Wrong(f"a rewritten script differs from what happens\n{said}\n{outcome.rewritten}")
    if again.rewritten != outcome.rewritten:
        raise Wrong(f"a rewritten script is rewritten again\n{outcome.rewritten}")


def _outcome(text: str) -> Outcome | None:
    try:
        return run_script(text)
    except ScenarioError as error:
        lines = text.splitlines()
        if not 1 <= error.line <= len(lines) or not str(error):
            raise Wrong("an error points at no line") from error
        if not 1 <= error.column <= len(lines[error.line - 1]) + 1:
            raise Wrong("an error points beside its line") from error
    return None


def _whole(outcome: Outcome) -> None:
    for broken in outcome.broken:
        raise Wrong(f"{broken.diff[0]}\n{broken.line}: {broken.said}")


@cache
def golden() -> tuple[tuple[str, ...], ...]:
    """The golden scripts that are not long, line for line, without comments and blank lines."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.rglob("*.scenario"))]
    return tuple(
        tuple(line for line in text.splitlines() if line[:1] in "><=" and line)
        for text in texts
        if len(text) <= SEED_BYTES_MAX
    )


@cache
def pool() -> tuple[str, ...]:
    """Every command and view of the golden scripts, once."""
    return tuple(dict.fromkeys(line for script in golden() for line in script if line[0] != "<"))


@cache
def vocabulary() -> tuple[str, ...]:
    """Every word of a script, those of the golden ones more than once where they are frequent."""
    own = (*VERBS, *ODD_NAMES, *FIELDS, *FLAGS, *VIEWS, *(dashed(kind) for kind in OrderType))
    return (*own, *(word for line in pool() for word in line.split()[1:]))


def seeds() -> Iterator[bytes]:
    """The golden scripts, without the events that they expect."""
    for script in golden():
        yield "\n".join(line for line in script if line[0] != "<").encode()


def mutate(data: bytes, dice: Random, size: int) -> bytes:
    """A script with some of its lines and their words changed."""

    def change(line: str) -> str:
        for _ in range(TRIES):
            found = " ".join(changed_words(line.split(" "), vocabulary(), dice))
            if _reads(found):
                return found
        return found

    lines = changed_lines(data.decode("utf-8", "replace").splitlines(), pool(), dice, change)
    return "\n".join(lines).encode()[:size]


def _reads(line: str) -> bool:
    """Whether a line is a command as far as can be told without the script: any size is a step."""
    if not line.startswith(">"):
        return True
    try:
        parse_command(line[1:], _fine_scales(), 0)
    except ScriptError:
        return False
    return True


@cache
def _fine_scales() -> Glossary:
    glossary = Glossary()
    for line in pool():
        if line.startswith("> instrument"):
            command, _ = parse_command(line[1:], glossary, 0)
            assert isinstance(command, ListInstrument)
            terms = msgspec.structs.replace(command.instrument, tick_size=FINE, lot_size=FINE)
            glossary.learn(InstrumentListed(seq=0, ts_ns=0, instrument=terms))
    return glossary


def split(data: bytes) -> list[bytes]:
    return data.splitlines()


def join(pieces: Sequence[bytes]) -> bytes:
    return b"\n".join(pieces)


def told(data: bytes) -> str:
    return data.decode("utf-8", "replace")


TARGET = Target(BYTES_MAX, seeds, mutate, attempt, split, join, told)
