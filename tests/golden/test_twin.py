"""What the scripts expect is what the slow twin of the engine does: each event, the final state.

The twin knows all but accounts that pool their currencies: scripts of those are left out.
"""

from pathlib import Path

import pytest

from engine.core.commands import Collateral, Command, ConfigurePortfolio
from engine.core.events import CommandRejected, Event
from engine.core.exchange import Exchange
from engine.core.reasons import Reason
from engine.core.script import Glossary, parse_command
from tests.reference.agreement import Pair
from tui_exchange.scenario_text import read_script

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.rglob("*.scenario"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(HERE)))
def test_the_twin_agrees_with_a_golden_script(path: Path) -> None:
    alone, pair, glossary, now_ns = Exchange(), Pair(), Glossary(), 0
    for step in read_script(path.read_text(encoding="utf-8")).steps:
        command, now_ns = parse_command(step.command.text, glossary, now_ns)
        events = alone.apply(command, now_ns)
        if _beyond(command):
            pytest.skip(f"beyond the twin: {step.command.text}")
        for event in events:
            glossary.learn(event)
        if not _unsound(events):
            pair.apply(command, now_ns)
    pair.same_views()


def _beyond(command: Command) -> bool:
    """Whether the twin has no rules for what follows."""
    pooled = Collateral.MULTI
    return isinstance(command, ConfigurePortfolio) and command.profile.collateral is pooled


def _unsound(events: tuple[Event, ...]) -> bool:
    """Terms that cannot be computed with: the twin does not check these."""
    return any(
        isinstance(event, CommandRejected) and event.reason is Reason.INVALID_TERMS
        for event in events
    )
